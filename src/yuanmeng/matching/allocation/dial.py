"""Lists that do not all name the same jobs: a dial from "each their best" to "each job seen by its places".

    shared = share(edges, capacity, strength=0.3)
    shared.edges          # the same pairs, adjusted scores
    shared.price          # what it costs and what it brings, before and after
    apply(shared.prices, scores)   # one later question, without solving anything again

The way: unbalanced optimal transport (Chizat et al., "Scaling algorithms for unbalanced optimal transport
problems", Mathematics of Computation 87 (2018)) from people to jobs; its price of a job moves the job up or
down in everybody's list alike. For single places, which are given out once, see ``auction``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .edges import F4, F8, Edges, EdgesRefused, row_max
from .lists import best_of_rows, discount, gini, spread_of

Product = Callable[[F8], NDArray[np.floating[Any]]]

EPS = 0.6  # how soft a person's choice is, in standard deviations of their scores
TURNS_MAX, SETTLED = 100, 1e-3
PRICE_MAX = 50.0  # ÷ eps; what no list can fill is not chased further


@dataclass(frozen=True)
class Price:
    """What the lists of the best k lose and what the jobs gain.

    ``ndcg_lost``: share of the discounted sum of a person's own scores, mean of all people; ``empty``: jobs
    with places that stand in nobody's list; ``gini`` of places in lists per place to fill; ``congestion``: -1
    when all are shown equally often, 0 when one is shown to all.
    """

    ndcg_lost: float
    empty_before: int
    empty_after: int
    gini_before: float
    gini_after: float
    congestion_before: float
    congestion_after: float


@dataclass(frozen=True)
class Shared:
    """Adjusted pairs, the ``prices`` [m] that adjusted them, and how often each job is listed, [m]."""

    edges: Edges
    prices: F4
    price: Price
    listed_before: NDArray[np.int64]
    listed_after: NDArray[np.int64]

    def by_group(self, group: Any) -> dict[Any, tuple[int, int]]:
        """How often each group's jobs are listed: (before, after). ``group`` [m]: a word or number each."""
        labels, at = np.unique(np.asarray(group), return_inverse=True)
        before, after = (
            np.bincount(at, listed, len(labels)) for listed in (self.listed_before, self.listed_after)
        )
        return {
            label.item(): (int(was), int(now)) for label, was, now in zip(labels, before, after, strict=True)
        }


def share(
    scores: Edges | sp.csr_matrix | sp.csr_array,
    capacity: Any,
    strength: float,
    *,
    k: int = 10,
    eps: float = EPS,
    least: float = 0.0,
) -> Shared:
    """Adjust the scores of candidate pairs so that jobs are listed more nearly by their places.

    ``strength`` 0 leaves every score, 1 asks for exact shares; .25 to .5 costs next to nothing on the cases
    we measured. ``capacity`` [m] is what a job's share is proportional to; a job with 0 is listed nowhere
    once ``strength`` is above 0. ``least``: no job with places counts for less than this part of the mean (1:
    an even share for small employers and newcomers). The price of a job is in standard deviations of a
    person's scores.

    Cost: 5 million pairs in one to three seconds, 100 bytes a pair. Raises EdgesRefused.
    """
    edges = scores if isinstance(scores, Edges) else Edges.of(scores)
    wanted = _wanted(capacity, edges.jobs, edges.people, strength, eps, least)
    wide = _deviation(edges)
    prices = np.zeros(edges.jobs, np.float32)
    if strength > 0 and len(edges.job):
        plan = edges.matrix(_plan_of(edges, wide, eps))
        prices = _prices(lambda v: plan @ v, lambda u: plan.T @ u, wanted, strength, eps)
    adjusted = edges.with_scores(edges.score - wide[edges.person] * np.minimum(prices, 1e6)[edges.job])
    return _counted(edges, adjusted, prices, wanted, k)


def share_dense(
    scores: Any, capacity: Any, strength: float, *, eps: float = EPS, least: float = 0.0, known: Any = None
) -> tuple[F4, F4]:
    """The same for whole tables: (adjusted scores [n, m], prices [m]).

    ``known`` (sparse, or a boolean table) are pairs to leave out of the account; they become -inf. Scores of
    -inf are left out, too. Memory: three tables of float32.
    """
    table = np.array(scores, np.float32)
    if np.isnan(table).any() or (table == np.inf).any():
        raise EdgesRefused("A score is not a number, or infinite.")
    if known is not None:
        table[known.nonzero()] = -np.inf
    wanted = _wanted(capacity, table.shape[1], table.shape[0], strength, eps, least)
    wide = _deviation_of_rows(table)
    prices = np.zeros(table.shape[1], np.float32)
    if strength > 0 and table.size:
        top = table.max(axis=1, keepdims=True)
        plan = (table - np.where(np.isfinite(top), top, 0)) / (eps * wide[:, None])
        np.exp(plan, out=plan)
        prices = _prices(
            lambda v: plan @ v.astype(np.float32),
            lambda u: u.astype(np.float32) @ plan,
            wanted,
            strength,
            eps,
        )
    return table - wide[:, None] * np.minimum(prices, 1e6), prices


def apply(prices: F4, scores: Any, jobs: Any = None) -> F4:
    """Scores of later questions, [m] or [n, m], at prices that stand.

    ``jobs``: which jobs the last axis names, where it is not all of them. Scores of -inf stay so.
    """
    table = np.asarray(scores, np.float32)
    wide = _deviation_of_rows(np.atleast_2d(table)).reshape((*table.shape[:-1], 1))
    named = prices if jobs is None else prices[np.asarray(jobs)]
    return np.asarray(table - wide * np.minimum(named, 1e6), np.float32)


def _wanted(capacity: Any, jobs: int, people: int, strength: float, eps: float, least: float) -> F8:
    """How much of all people's attention each job should have, [m]; sums to the number of people."""
    if not 0 <= strength <= 1:
        raise EdgesRefused(f"The strength goes from 0 to 1, not {strength}.")
    if not eps >= 0.05 or not 0 <= least <= 1:
        raise EdgesRefused("eps is at least 0.05 and least goes from 0 to 1.")
    places = np.asarray(capacity, np.float64)
    if places.shape != (jobs,) or not (np.isfinite(places) & (places >= 0)).all():
        raise EdgesRefused(f"{jobs} jobs need {jobs} numbers of places, none below zero.")
    if not places.any():
        return places
    places = np.where(places > 0, np.maximum(places, least * places[places > 0].mean()), 0)
    return np.asarray(places * (people / places.sum()))


def _deviation(edges: Edges) -> F4:
    """Standard deviation of each person's scores, [n]; 1 where they are all the same."""
    count = np.maximum(np.diff(edges.start), 1)
    mean = np.bincount(edges.person, edges.score, edges.people) / count
    apart = edges.score - mean[edges.person]
    return _not_zero(np.sqrt(np.bincount(edges.person, apart * apart, edges.people) / count))


def _deviation_of_rows(table: F4) -> F4:
    """The same for the rows of a table; -inf is nobody's score."""
    there = np.isfinite(table)
    count = np.maximum(there.sum(1), 1)
    mean = np.where(there, table, 0).sum(1, dtype=np.float64) / count
    apart = np.where(there, table - mean[:, None].astype(np.float32), 0)
    return _not_zero(np.sqrt(np.einsum("nm,nm->n", apart, apart, dtype=np.float64) / count))


def _not_zero(wide: F8) -> F4:
    return np.where(wide > 1e-9, wide, 1).astype(np.float32)


def _plan_of(edges: Edges, wide: F4, eps: float) -> F8:
    """exp((score - the person's best) ÷ (eps × deviation)), [e]: the best pair of everybody is 1."""
    best = row_max(edges, edges.score, 0.0)
    return np.exp((edges.score - best[edges.person]).astype(np.float64) / (eps * wide[edges.person]))


def _prices(times: Product, back: Product, wanted: F8, strength: float, eps: float) -> F4:
    """The price of each job, [m], by alternate scaling; the mean over the places is 0, and +inf has no place.

    1. Each person gives out one unit of attention over their pairs at the prices that stand.
    2. A job that received more than its share becomes dearer, by ``strength`` of what would level it; and
    back to 1.
    """
    open_ = wanted > 0
    if not open_.any():
        return np.full(len(wanted), np.inf, np.float32)
    log_wanted = np.log(wanted, where=open_, out=np.full(len(wanted), -np.inf))
    cheap = np.where(open_, 0.0, -np.inf)  # minus price ÷ eps
    for _ in range(TURNS_MAX):
        given = times(np.exp(cheap))
        reached = back(1 / np.maximum(given, 1e-30)) if given.any() else np.zeros(len(wanted))
        level = strength * (log_wanted - np.log(np.maximum(reached, 1e-30)))
        now = np.where(open_, np.clip(level, -PRICE_MAX, PRICE_MAX), -np.inf)
        settled = np.abs(now[open_] - cheap[open_]).max() < SETTLED
        cheap = now
        if settled:
            break
    middle = np.average(cheap[open_], weights=wanted[open_])
    return np.asarray(-eps * (cheap - middle), np.float32)


def _counted(edges: Edges, adjusted: Edges, prices: F4, wanted: F8, k: int) -> Shared:
    """With the lists of the best k before and after, compared."""
    listed, gains = [], []
    floor = np.minimum(-row_max(edges, -edges.score, 0.0), 0)  # a gain is never below zero
    for cells in (best_of_rows(edges, k), best_of_rows(adjusted, k)):
        there = cells >= 0
        listed.append(np.bincount(edges.job[cells[there]], minlength=edges.jobs))
        gain = np.where(there, edges.score[cells] - floor[:, None], 0) if len(edges.job) else np.zeros((1, 1))
        gains.append(gain @ discount(gain.shape[1]))
    told = gains[0] > 0
    lost = 1 - float((gains[1][told] / gains[0][told]).mean()) if told.any() else 0.0
    (even_was, apart_was), (even, apart) = ((gini(n, wanted), spread_of(n, wanted > 0)) for n in listed)
    empty = [int(((wanted > 0) & (n == 0)).sum()) for n in listed]
    price = Price(lost, empty[0], empty[1], even_was, even, apart_was, apart)
    return Shared(adjusted, prices, price, listed[0], listed[1])
