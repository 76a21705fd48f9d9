"""Every error that dictate raises on purpose, in one tree.

    DictateError                something asked for could not be done; its message is for people, on one line
     ├─ MediaError              a file could not be read as sound
     │   ├─ NoSpeechError       it was read, and nobody speaks in it
     │   └─ ChangedError        it was read, and is no longer the same file
     ├─ WeightsError            a model's weights are missing, damaged or out of reach
     │   └─ MissingWeightsError they can be had by ``dictate models pull``
     ├─ EngineError             a Whisper engine cannot load or run here
     ├─ SegmenterError          the segmenter cannot load, or a text cannot be segmented
     ├─ StoreError              the database cannot be opened, read or written
     │   ├─ NotFoundError       there is nothing under that id
     │   └─ QueryError          a search or SQL expression that cannot be understood
     ├─ DeviceError             a microphone or loudspeaker cannot be used
     └─ InputError              an argument or an input text that makes no sense

A message says what happened and what to do next. What is not in this tree is a bug, and may show a traceback
with ``--debug``.
"""

from __future__ import annotations


class DictateError(Exception):
    """Root of the tree; ``str(error)`` is one line for people."""


class MediaError(DictateError):
    pass


class NoSpeechError(MediaError):
    pass


class ChangedError(MediaError):
    pass


class WeightsError(DictateError):
    pass


class MissingWeightsError(WeightsError):
    """``model`` names what ``dictate models pull`` would fetch."""

    def __init__(self, model: str, message: str) -> None:
        super().__init__(message)
        self.model = model

    def __reduce__(self) -> tuple[type[MissingWeightsError], tuple[str, str]]:
        return type(self), (self.model, str(self))  # it may come from another process


class EngineError(DictateError):
    pass


class SegmenterError(DictateError):
    pass


class StoreError(DictateError):
    pass


class NotFoundError(StoreError):
    pass


class QueryError(StoreError):
    pass


class DeviceError(DictateError):
    pass


class InputError(DictateError):
    pass
