"""The lists that pairs make: the best k of each person, and how evenly they name the jobs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..kernels.compiled import available
from .edges import F8, I8, Edges


def best_of_rows(edges: Edges, k: int, *, backend: str = "auto") -> I8:
    """Where the best k pairs of each person stand, [n, k]; best first, equal ones by job, -1: no more."""
    k = max(1, min(k, int(np.diff(edges.start).max(initial=1))))
    if backend == "numba" or (backend == "auto" and available()):
        from .loops import best_cells

        return best_cells(edges.start, edges.job, edges.score, k)
    out = np.full((edges.people, k), -1, np.int64)
    order = np.lexsort((edges.job, -edges.score, edges.person))
    place = np.arange(len(order)) - edges.start[:-1][edges.person]
    listed = place < k
    out[edges.person[listed], place[listed]] = order[listed]
    return out


def discount(k: int) -> F8:
    """What a place in a list is worth, [k]: 1 ÷ log2(place + 1)."""
    return np.asarray(1 / np.log2(np.arange(k) + 2))


def gini(listed: I8, wanted: F8) -> float:
    """How uneven the jobs are listed for what they should be: 0 alike, towards 1 all for one."""
    there = wanted > 0
    if not there.any() or not listed[there].any():
        return 0.0
    each = listed[there] / wanted[there]
    order = np.argsort(each)
    people = np.concatenate([[0], np.cumsum(wanted[there][order])])
    seen = np.concatenate([[0], np.cumsum(listed[there][order])])
    lorenz = (np.diff(people) * (seen[1:] + seen[:-1])).sum() / (people[-1] * seen[-1])
    return float(1 - lorenz)


def spread_of(listed: I8, there: NDArray[Any]) -> float:
    """Congestion as ``evaluate.spread`` has it: -1 when all jobs are listed equally often, 0 when one is."""
    share = listed[listed > 0] / max(int(listed.sum()), 1)
    return float((share * np.log(share)).sum() / np.log(max(int(there.sum()), 2)))
