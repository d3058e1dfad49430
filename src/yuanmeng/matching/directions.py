"""Directions of one side, a row (slot) per record: how near a record lies to what somebody chose."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

F4 = NDArray[np.float32]


class Directions:
    """Unit vectors [rows, k] that grow with the table; a row that nobody gave is NaN."""

    def __init__(self, width: int = 0) -> None:
        self.width = width
        self._rows = np.full((0, width), np.nan, np.float32)

    def put(self, slots: Iterable[int], vectors: Iterable[F4 | None]) -> None:
        """Exchange some rows; None: nothing is known."""
        for slot, vector in zip(slots, vectors, strict=True):
            if slot >= len(self._rows):
                more = np.full((max(2 * len(self._rows), slot + 1, 16), self.width), np.nan, np.float32)
                more[: len(self._rows)] = self._rows
                self._rows = more
            self._rows[slot] = np.nan if vector is None or not vector.any() else vector

    def row(self, slot: int) -> F4:
        """[k] of one row, NaN where nothing is known."""
        if slot >= len(self._rows):
            return np.full(self.width, np.nan, np.float32)
        return self._rows[slot]

    def rows(self, chosen: slice | NDArray[np.intp], size: int) -> F4:
        """[n, k] of these of ``size`` rows."""
        if len(self._rows) < size:
            self.put([size - 1], [None])
        return self._rows[:size][chosen]

    def near(self, vector: F4, size: int) -> F4:
        """Cosine of a vector with each of ``size`` rows, 0–1; NaN where either is not known."""
        if not self.width or not np.isfinite(vector).all():
            return np.full(size, np.nan, np.float32)
        return np.asarray(np.clip(self.rows(slice(None), size) @ vector, 0, 1), np.float32)


def nearness(one: F4, other: F4) -> F4:
    """Cosine of n pairs of rows ([n or 1, k] each), 0–1; NaN where either is not known.

    Summed in double precision and row by row: a pair gets the same number alone and among a hundred thousand.
    """
    if not one.shape[1]:
        return np.full(max(len(one), len(other)), np.nan, np.float32)
    both = np.broadcast_arrays(one.astype(np.float64), other.astype(np.float64))
    return np.clip(np.einsum("nk,nk->n", *both), 0, 1).astype(np.float32)
