"""Networks as onnxruntime runs them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def session(path: Path) -> Any:
    """An onnxruntime session on the CPU that keeps its threads quiet between runs."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def by_length(lengths: Sequence[int], pieces_per_batch: int) -> list[list[int]]:
    """Indices of texts of like length together: little is padded, and no batch outgrows the memory set for it."""
    groups: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if groups and (len(groups[-1]) + 1) * lengths[place] <= pieces_per_batch:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups
