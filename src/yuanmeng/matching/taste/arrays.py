"""What is known about two sides, as matrices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

F4 = NDArray[np.float32]
Rows = NDArray[np.intp]


class SidesRefused(ValueError):
    """Matrices that do not fit together, or hold what is no number."""


@dataclass(frozen=True)
class Sides:
    """Askers × others.

    ``chosen`` [n, m]: how strongly an asker is known to have chosen another (0: not known, 1: applied, graded
    labels between and above). ``asker`` [n, a] and ``other`` [m, b]: attributes, non-negative, rows of length
    about 1; an empty matrix (no columns) says that nothing is known but the ids.
    """

    chosen: sp.csr_matrix
    asker: sp.csr_matrix
    other: sp.csr_matrix

    def __post_init__(self) -> None:
        n, m = self.chosen.shape
        if self.asker.shape[0] != n or self.other.shape[0] != m:
            raise SidesRefused(
                f"{n} askers and {m} others were chosen among, but attributes are given for "
                f"{self.asker.shape[0]} and {self.other.shape[0]}."
            )
        for name in ("chosen", "asker", "other"):
            data = getattr(self, name).data
            if not np.isfinite(data).all():
                raise SidesRefused(f"{name} holds a value that is no number.")
            if len(data) and data.min() < 0:
                raise SidesRefused(f"{name} holds a negative value; leave refusals out.")

    @classmethod
    def of(cls, chosen: sp.spmatrix, asker: sp.spmatrix | None, other: sp.spmatrix | None) -> Sides:
        """Any sparse matrices, or None where nothing is known of a side."""
        n, m = chosen.shape
        empty = [sp.csr_matrix((size, 0), dtype=np.float32) for size in (n, m)]
        given = (chosen, empty[0] if asker is None else asker, empty[1] if other is None else other)
        return cls(*(matrix.tocsr().astype(np.float32) for matrix in given))

    @property
    def turned(self) -> Sides:
        """The same with the sides exchanged."""
        return Sides(self.chosen.T.tocsr(), self.other, self.asker)

    def told(self, chosen: sp.csr_matrix) -> Sides:
        """The same attributes under other choices."""
        return Sides(chosen, self.asker, self.other)

    @property
    def often(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """How many choices each asker and each other has."""
        return np.diff(self.chosen.indptr), np.bincount(self.chosen.indices, minlength=self.chosen.shape[1])


def standard(scores: F4) -> F4:
    """Each row with mean 0 and deviation 1, so that sources can be added."""
    mean, spread = scores.mean(1, keepdims=True), scores.std(1, keepdims=True)
    return np.asarray((scores - mean) / np.maximum(spread, 1e-9), np.float32)


def unit(rows: F4) -> F4:
    """Each row with length 1; a row of zeros stays."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), np.float32)
