"""The contract of a candidate source: a number for every row of the other side, and the best n allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..meeting import Ask

Mask = NDArray[np.bool_]
Slots = NDArray[np.intp]


@dataclass(frozen=True)
class Retriever:
    """A source by name. ``liking`` gives [size]; NaN or −inf: this source does not propose the row."""

    name: str
    liking: Callable[[Ask], NDArray[np.floating]]

    def find(self, ask: Ask, allowed: Mask, n: int) -> Slots:
        """At most n allowed rows, best first; equal ones in the order of their ids' hash."""
        values = np.where(allowed, self.liking(ask), -np.inf)
        return top(values, ask.others.tie, n)


def top(values: NDArray[np.floating], tie: NDArray[np.uint64], n: int) -> Slots:
    """Positions of the n greatest finite values, best first; no order of rows decides between equals."""
    rows = np.flatnonzero(np.isfinite(values))
    if len(rows) > n > 0:
        found = values[rows]
        rows = rows[found >= np.partition(found, len(found) - n)[len(found) - n]]
    return rows[np.lexsort((tie[rows], -values[rows]))][:n]
