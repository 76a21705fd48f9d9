"""How likely texts are each of the questions that are known beforehand, by the known questions' tellings.

Vectors are first turned so that the ways in which tellings of one question differ count least (within-class covariance
normalisation, Hatch and others 2006). Then every known telling speaks for its question, the more the nearer it is,
and what lies near none of them is none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]  # shape = (n_texts, n_dimensions), each of length 1 at most
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scale:
    """What counts how much; chosen on tellings that nothing was learnt from."""

    spread: float  # how fast a telling's voice fades with distance
    none: float  # a text whose known tellings are this similar is as likely none of the known questions
    weight: float  # of the chances in the whole vector
    alone: float  # of the network's vector in one of a text that is surely none of the known questions


@dataclass(frozen=True, slots=True)
class Known:
    tellings: Vectors  # turned
    starts: Ids  # where each question's tellings begin
    middle: Vectors  # shape = (n_hidden,), taken away before turning
    turn: Vectors  # shape = (n_hidden, n_hidden)

    @classmethod
    def learn(cls, vectors: Vectors, starts: Ids, even: float) -> Known:
        """From the network's vectors of tellings; ``even`` is the share of a spread that is alike in all directions."""
        sizes = np.diff(np.append(starts, len(vectors)))
        means = np.add.reduceat(vectors, starts, axis=0) / sizes[:, None]
        # a mean over few tellings lies nearer to each of them than their question does
        nearer = np.sqrt(sizes / np.maximum(1, sizes - 1))
        apart = (vectors - means.repeat(sizes, axis=0)) * nearer.repeat(sizes)[:, None]
        within = apart.T @ apart / len(vectors)
        within = (1 - even) * within + even * np.trace(within) / len(within) * np.eye(len(within))
        values, directions = np.linalg.eigh(within)
        turn = ((directions / np.sqrt(values)) @ directions.T * np.sqrt(values.mean())).astype(np.float32)
        middle = vectors.mean(axis=0)
        return cls(_turned(vectors, middle, turn), starts, middle, turn)

    @classmethod
    def load(cls, path: Path) -> Known:
        with np.load(path) as file:
            parts = [file[name].astype(np.float32) for name in ("tellings", "middle", "turn")]
            return cls(parts[0], file["starts"], parts[1], parts[2])

    def save(self, path: Path) -> None:
        """In half precision, which is plenty."""
        half = {name: getattr(self, name).astype(np.float16) for name in ("tellings", "middle", "turn")}
        np.savez_compressed(path, starts=self.starts, **half)

    def beside(self, vectors: Vectors, scale: Scale) -> Vectors:
        """The network's vectors, turned, and the roots of the chances, shape = (n_texts, n_hidden + n_known).

        Two texts of which nothing is known are no pair for that, but what the network makes of them counts for more.
        None is longer than 1.
        """
        turned = _turned(vectors, self.middle, self.turn)
        chances = self.chances(turned, scale)
        none = 1 - chances.sum(axis=1, keepdims=True)
        own = 1 - scale.weight + (scale.alone + scale.weight - 1) * none
        return np.concatenate((np.sqrt(own) * turned, np.sqrt(scale.weight * chances)), axis=1).astype(np.float32)

    def chances(self, turned: Vectors, scale: Scale) -> Vectors:
        """Of each text to be each of the known questions, shape = (n_texts, n_known)."""
        voices = turned @ (self.tellings / np.float32(scale.spread)).T
        np.exp(voices, out=voices)
        told: Vectors = np.add.reduceat(voices, self.starts, axis=1)
        told **= 2  # so that the likeliest stands out
        told /= told.sum(axis=1, keepdims=True) + np.float32(np.exp(2 * scale.none / scale.spread))
        return told


def _turned(vectors: Vectors, middle: Vectors, turn: Vectors) -> Vectors:
    turned: Vectors = ((vectors - middle) @ turn).astype(np.float32)
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    return turned
