"""Who gets which place: an auction in which people bid for jobs with several places each.

    found = auction(edges, capacity, eps=2e-3)
    found.job          # [n], -1: stays without
    found.prices       # [m], 0 where a place stayed free: "asked for by many" in one number
    found.share        # welfare ÷ what no allocation can exceed: measured, not promised

Source: Bertsekas & Castañón, "The auction algorithm for the transportation problem", Annals of Operations
Research 20 (1989). Our people may stay without a place and our jobs with places free; both hold because every
price starts at 0 and only a full job has another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..kernels.compiled import available, need
from .edges import F8, I4, I8, Edges, EdgesRefused, places, row_max

EPS = 2e-3  # of scores from 0 to 1: 99.98 % of the optimum at our sizes


@dataclass(frozen=True)
class Allocation:
    """``job`` [n] of each person (-1: none), ``prices`` [m], the sum of scores and the bound over it."""

    job: I4
    prices: F8
    welfare: float
    bound: float

    @property
    def share(self) -> float:
        """Welfare as a share of the bound, at least 1 - eps × people placed ÷ bound; 1 where nobody asks."""
        return self.welfare / self.bound if self.bound > 0 else 1.0


def auction(edges: Edges, capacity: Any, eps: float = EPS, *, backend: str = "auto") -> Allocation:
    """At most one job for each person, at most ``capacity`` [m] people for each job, sum near greatest.

    1. Whoever is without a place looks at score - price of their jobs; if none is above 0 they stay without.
    2. They bid for the best one: its price, plus what it is better by than their second best, plus ``eps``.
    3. A job keeps its highest bids, as many as it has places; its price is the lowest of them once it is
    full.
    4. Who is outbid bids again. Prices only rise, so it ends.

    The welfare is at most ``eps`` × (people placed) below the optimum. Pairs that score 0 or less are never
    chosen. People bid in the order of their rows; another order may exchange near-equals. ``backend``: auto,
    numba, numpy. Cost: 5 million pairs in about half a second (numba). Raises EdgesRefused, BackendMissing.
    """
    if not eps > 0:
        raise EdgesRefused(f"The step of a bid must be above 0, not {eps}.")
    seats = places(capacity, edges.jobs)
    if backend == "numba":
        need("numba", "fast")
    if backend == "numba" or (backend == "auto" and available()):
        from .loops import bid_one_by_one

        # Seats beyond the askers are never taken; one of them is kept so that the job never counts as full.
        seats = np.minimum(seats, np.bincount(edges.job, minlength=edges.jobs) + 1)
        job, prices = bid_one_by_one(edges.start, edges.job, edges.score, seats, eps)
    else:
        job, prices = _bid_together(edges, seats, eps)
    return _weighed(edges, places(capacity, edges.jobs), job, prices)


def _weighed(edges: Edges, seats: I8, job: I4, prices: F8) -> Allocation:
    """With the welfare, and the bound that these prices prove (the dual of the linear programme)."""
    # A pair that stands twice in the table counts once, with its better score.
    gained = np.where(edges.job == job[edges.person], edges.score, -np.inf)
    welfare = float(np.maximum(row_max(edges, gained, 0.0), 0.0).sum(dtype=np.float64))
    # A job without places has an endless price; it is asked by nobody and adds nothing.
    net = edges.score - np.where(seats > 0, prices, np.inf)[edges.job]
    bound = float((seats * prices).sum() + row_max(edges, np.maximum(net, 0), 0.0).sum(dtype=np.float64))
    return Allocation(job, prices, welfare, bound)


def _bid_together(edges: Edges, seats: I8, eps: float) -> tuple[I4, F8]:
    """The same auction where all who are without a place bid at once, in whole arrays."""
    job, bid = np.full(edges.people, -1, np.int32), np.zeros(edges.people)
    price = np.where(seats > 0, 0.0, np.inf)
    asking = np.flatnonzero(np.diff(edges.start) > 0)
    while len(asking):
        asking, wanted, offer = _offers(edges, asking, price, eps)
        touched = np.zeros(edges.jobs, bool)
        touched[wanted] = True
        holders = np.flatnonzero((job >= 0) & touched[job])
        who = np.concatenate([holders, asking])
        job[asking], bid[asking] = wanted, offer
        who = who[np.lexsort((who, -bid[who], job[who]))]
        first = np.searchsorted(job[who], job[who])
        out = np.arange(len(who)) - first >= seats[job[who]]
        kept = who[~out]
        held = np.bincount(job[kept], minlength=edges.jobs)
        lowest = np.full(edges.jobs, np.inf)
        np.minimum.at(lowest, job[kept], bid[kept])
        full = touched & (held >= seats)
        price[full] = lowest[full]
        job[who[out]] = -1
        asking = np.sort(who[out])
    return job, np.where(seats > 0, price, 0.0)


def _offers(edges: Edges, asking: Any, price: F8, eps: float) -> tuple[Any, I4, F8]:
    """(who bids, job wanted, bid) of those askers to whom one of their jobs is worth something, [b]."""
    lengths = (edges.start[1:] - edges.start[:-1])[asking]
    starts = np.cumsum(lengths) - lengths
    cells = np.repeat(edges.start[asking] - starts, lengths) + np.arange(lengths.sum())
    jobs = edges.job[cells]
    net = edges.score[cells] - price[jobs]
    best = np.maximum.reduceat(net, starts)
    hits = np.flatnonzero(net == np.repeat(best, lengths))
    # The first of equally good cells of each asker.
    at = hits[np.searchsorted(hits, starts)]
    net[at] = 0.0  # staying without is the second best at the least
    second = np.maximum(np.maximum.reduceat(net, starts), 0.0)
    keen, wanted = best > 0, jobs[at]
    return asking[keen], wanted[keen], price[wanted][keen] + (best - second)[keen] + eps
