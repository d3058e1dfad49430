"""Who might go where: the candidate pairs of many people as one sparse table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

F4 = NDArray[np.float32]
F8 = NDArray[np.float64]
I4 = NDArray[np.int32]
I8 = NDArray[np.int64]


class EdgesRefused(ValueError):
    """A table of pairs, or of places, that cannot be meant: the sentence says what is wrong with it."""


@dataclass(frozen=True)
class Edges:
    """The pairs of n people and m jobs: those of person p stand at ``start[p]:start[p + 1]``.

    ``start`` [n + 1], ``job`` [e] and ``score`` [e]; the order within a person's row is of no meaning.
    Raises EdgesRefused where a score is NaN or infinite or a job is not one of the m.
    """

    start: I8
    job: I4
    score: F4
    jobs: int

    def __post_init__(self) -> None:
        lengths = np.diff(self.start)
        if len(self.start) == 0 or self.start[0] or (lengths < 0).any() or self.start[-1] != len(self.job):
            raise EdgesRefused("The starts of the rows do not cut up the pairs.")
        if len(self.job) != len(self.score):
            raise EdgesRefused(f"There are {len(self.job)} pairs and {len(self.score)} scores.")
        if len(self.job) and not (self.job.min() >= 0 and self.job.max() < self.jobs):
            raise EdgesRefused(f"A pair names a job outside 0 to {self.jobs - 1}.")
        if not np.isfinite(self.score).all():
            raise EdgesRefused("A score is not a number, or infinite.")

    @classmethod
    def of(cls, scores: sp.csr_matrix | sp.csr_array) -> Edges:
        """The stored cells of a sparse table people × jobs; a stored 0 is a pair that is worth nothing."""
        return cls(
            np.asarray(scores.indptr, np.int64),
            np.asarray(scores.indices, np.int32),
            np.asarray(scores.data, np.float32),
            int(scores.shape[1]),
        )

    @property
    def people(self) -> int:
        return len(self.start) - 1

    @cached_property
    def person(self) -> I4:
        """Whose pair it is, [e]."""
        return np.repeat(np.arange(self.people, dtype=np.int32), np.diff(self.start))

    def with_scores(self, score: F4) -> Edges:
        """The same pairs with other scores, [e]."""
        return Edges(self.start, self.job, score, self.jobs)

    def matrix(self, values: NDArray[Any]) -> sp.csr_array:
        """Values of the pairs as a sparse table people × jobs."""
        return sp.csr_array((values, self.job, self.start), shape=(self.people, self.jobs))


def row_max(edges: Edges, values: NDArray[Any], empty: float) -> NDArray[Any]:
    """The greatest value of each person's pairs, [n]; ``empty`` for people without any."""
    out = np.full(edges.people, empty, values.dtype)
    filled = np.diff(edges.start) > 0
    if filled.any():
        # reduceat takes the next row's value for an empty row, so only filled rows are asked.
        out[filled] = np.maximum.reduceat(values, edges.start[:-1][filled])
    return out


def places(capacity: Any, jobs: int) -> I8:
    """How many people each job takes, [m]; below zero and NaN are refused, fractions are cut off."""
    found = np.asarray(capacity)
    if found.shape != (jobs,):
        raise EdgesRefused(f"{jobs} jobs need {jobs} numbers of places, not {found.shape}.")
    if not (np.isfinite(found).all() and (found >= 0).all()):
        raise EdgesRefused("A number of places is below zero or not a number.")
    return found.astype(np.int64)
