"""The exact best k of many items for many queries, among those that may be shown.

    scores, rows = top_k(people, jobs, 50, gates=Gates(near=Near(homes, shops, within), floors=(...)))

Scores are inner products of float32. Nothing is approximate: the k best of what passes the gates, equal
scores by ``ties``. Back ends are ``numpy`` (always), ``numba`` (``[fast]``: tiles of a matrix product,
selected by machine code) and ``torch`` (``[gpu]``); all answer the same. docs/reference/kernel.md has the
figures.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import Any

import numpy as np

from .kernels.compiled import BackendMissing, available, need
from .kernels.gates import (
    F4,
    I4,
    U8,
    Days,
    Excluded,
    Filter,
    Flags,
    Floor,
    Gates,
    KernelRefused,
    Near,
)

__all__ = [
    "BackendMissing",
    "Days",
    "Excluded",
    "Flags",
    "Floor",
    "Gates",
    "KernelRefused",
    "Near",
    "backends",
    "top_k",
]

Search = Callable[[F4, F4, int, Filter, U8], tuple[F4, I4]]
EXTRAS = {"numba": ("numba", "fast"), "torch": ("torch", "gpu"), "torch_bf16": ("torch", "gpu")}
BACKENDS = ("numpy", *EXTRAS)


def top_k(
    queries: Any, items: Any, k: int, *, gates: Gates | None = None, ties: Any = None, backend: str = "auto"
) -> tuple[F4, I4]:
    """For each query the k items of greatest inner product that pass, best first: (scores, rows) [n, k].

    ``queries`` [n, d] and ``items`` [m, d] are float32; where fewer than k pass, rows are -1 and scores -inf.
    ``ties`` [m] (uint64, smaller first; default: the row) order equal scores. ``backend``: auto, numpy,
    numba, torch, torch_bf16 (half precision first, then exact; a GPU or a CPU with AMX). "auto" is torch
    where there is a GPU, else numba where installed. Raises KernelRefused (NaN, shapes), BackendMissing.
    """
    q, x = _vectors(queries, "queries"), _vectors(items, "items")
    if q.shape[1] != x.shape[1]:
        raise KernelRefused(f"Queries have {q.shape[1]} numbers each, items have {x.shape[1]}.")
    if k < 1:
        raise KernelRefused(f"k must be 1 or more, not {k}.")
    order = np.arange(len(x), dtype=np.uint64) if ties is None else np.asarray(ties, np.uint64)
    if order.shape != (len(x),):
        raise KernelRefused(f"{len(x)} items need {len(x)} ties, not {order.shape}.")
    held = Filter.of(gates or Gates(), len(q), len(x))
    scores, rows = np.full((len(q), k), -np.inf, np.float32), np.full((len(q), k), -1, np.int32)
    most = min(k, len(x))
    if most and len(q):
        scores[:, :most], rows[:, :most] = _search(backend)(q, x, most, held, order)
    return scores, rows


def backends() -> tuple[str, ...]:
    """The names of those that can be used here."""
    return tuple(name for name in BACKENDS if name not in EXTRAS or available(EXTRAS[name][0]))


def _vectors(values: Any, name: str) -> F4:
    found = np.ascontiguousarray(values, np.float32)
    if found.ndim != 2:
        raise KernelRefused(f"The {name} must be a table of vectors, not an array of {found.ndim} axes.")
    if not np.isfinite(found).all():
        raise KernelRefused(f"The {name} hold a number that is NaN or infinite.")
    return found


def _search(backend: str) -> Search:
    if backend == "auto":
        backend = "torch" if _has_gpu() else "numba" if available("numba") else "numpy"
    if backend not in BACKENDS:
        raise KernelRefused(f"There is no back end {backend!r}; there are {', '.join(BACKENDS)}.")
    if backend in EXTRAS:
        need(*EXTRAS[backend])
    if backend == "numba":
        from .kernels import tiles

        return tiles.search
    if backend in ("torch", "torch_bf16"):
        from .kernels import tensors

        return tensors.search if backend == "torch" else tensors.search_bf16
    from .kernels import plain

    return plain.search


def _has_gpu() -> bool:
    """Whether torch is there and sees a GPU; torch, slow to import, is asked only where there is a driver."""
    driver = which("nvidia-smi") or which("rocm-smi") or Path("/proc/driver/nvidia/version").exists()
    if not (driver and available("torch")):
        return False
    import torch

    return bool(torch.cuda.is_available())
