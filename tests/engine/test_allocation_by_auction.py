"""Few places, many people: nobody twice, nothing overbooked, and as good as can be proved."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from yuanmeng.matching import Pair, assign
from yuanmeng.matching.allocation import Edges, EdgesRefused, auction
from yuanmeng.matching.kernels.compiled import available

BACKENDS = ("numpy", "numba") if available("numba") else ("numpy",)
EPS = 1e-3


def market(seed: int, people: int = 30, jobs: int = 8, most: int = 4) -> tuple[Edges, np.ndarray]:
    """Some pairs of some people and jobs, some people without any, some jobs without a place."""
    chance = np.random.default_rng(seed)
    rows = [np.sort(chance.permutation(jobs)[: chance.integers(0, jobs + 1)]) for _ in range(people)]
    start = np.cumsum([0] + [len(row) for row in rows]).astype(np.int64)
    score = chance.random(start[-1]).astype(np.float32)
    return Edges(start, np.concatenate(rows).astype(np.int32), score, jobs), chance.integers(0, most, jobs)


def optimum(edges: Edges, capacity: np.ndarray) -> float:
    seats = np.repeat(np.arange(edges.jobs), capacity)
    worth = np.zeros((edges.people, edges.jobs))
    worth[edges.person, edges.job] = edges.score
    rows, columns = linear_sum_assignment(worth[:, seats], maximize=True)
    return float(worth[:, seats][rows, columns].sum())


@pytest.mark.parametrize("backend", BACKENDS)
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 12), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_nothing_is_overbooked_and_the_bound_proves_the_sum(
    backend: str, seed: int, people: int, jobs: int, most: int
) -> None:
    edges, capacity = market(seed, people, jobs, most)
    found = auction(edges, capacity, EPS, backend=backend)
    placed = found.job >= 0
    assert (np.bincount(found.job[placed], minlength=jobs) <= capacity).all()
    pairs = set(zip(edges.person.tolist(), edges.job.tolist(), strict=True))
    assert all((p, int(found.job[p])) in pairs for p in np.flatnonzero(placed))
    best = optimum(edges, capacity)
    assert best - EPS * placed.sum() - 1e-5 <= found.welfare <= best + 1e-5
    assert best - 1e-5 <= found.bound <= found.welfare + EPS * people + 1e-5


@pytest.mark.parametrize("backend", BACKENDS)
@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_a_place_left_free_has_no_price(backend: str, seed: int) -> None:
    edges, capacity = market(seed)
    found = auction(edges, capacity, EPS, backend=backend)
    taken = np.bincount(found.job[found.job >= 0], minlength=edges.jobs)
    assert (found.prices[taken < capacity] == 0).all()
    assert (found.prices >= 0).all()


@pytest.mark.parametrize("backend", BACKENDS)
def test_the_order_of_people_and_jobs_exchanges_near_equals_only(backend: str) -> None:
    edges, capacity = market(5, 60, 12, 3)
    sums = []
    for seed in range(8):
        chance = np.random.default_rng(seed)
        rows, columns = chance.permutation(edges.people), chance.permutation(edges.jobs)
        table = edges.matrix(edges.score)[rows][:, columns]
        sums.append(auction(Edges.of(table), capacity[columns], EPS, backend=backend).welfare)
    assert max(sums) - min(sums) <= EPS * edges.people


@pytest.mark.parametrize("backend", BACKENDS)
def test_all_want_the_same_and_the_best_two_get_it(backend: str) -> None:
    score = np.array([0.9, 0.8, 0.7, 0.6, 0.5], np.float32)
    edges = Edges(np.arange(6, dtype=np.int64), np.zeros(5, np.int32), score, 1)
    found = auction(edges, [2], backend=backend)
    assert found.job.tolist() == [0, 0, -1, -1, -1]
    assert 0.7 <= found.prices[0] <= 0.8 + 2e-3 + 1e-6
    assert found.share > 0.998


@pytest.mark.parametrize("backend", BACKENDS)
def test_who_is_worth_nothing_or_asks_a_job_without_places_stays_without(backend: str) -> None:
    edges = Edges(
        np.array([0, 1, 2, 2], np.int64), np.array([0, 1], np.int32), np.array([0.0, 0.9], np.float32), 2
    )
    found = auction(edges, [1, 0], backend=backend)
    assert found.job.tolist() == [-1, -1, -1]
    assert found.prices.tolist() == [0, 0]
    assert (found.welfare, found.bound, found.share) == (0, 0, 1)


@pytest.mark.parametrize("backend", BACKENDS)
def test_rows_longer_than_the_kept_few_are_looked_through_again(backend: str) -> None:
    people, jobs = 120, 100
    score = np.sort(np.random.default_rng(3).random((people, jobs)).astype(np.float32), axis=1)
    score += np.random.default_rng(4).random((people, jobs)).astype(np.float32) / 50
    edges = Edges(
        np.arange(people + 1, dtype=np.int64) * jobs,
        np.tile(np.arange(jobs, dtype=np.int32), people),
        score.ravel(),
        jobs,
    )
    found = auction(edges, np.ones(jobs), 1e-3, backend=backend)
    assert (found.job >= 0).sum() == jobs
    assert found.share > 0.998


def test_nobody_and_nothing() -> None:
    none = Edges(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 0)
    assert auction(none, []).welfare == 0
    alone = Edges(np.zeros(3, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 2)
    assert auction(alone, [1, 1], backend="numpy").job.tolist() == [-1, -1]


def test_what_cannot_be_meant_is_refused_in_a_sentence() -> None:
    edges, capacity = market(1)
    with pytest.raises(EdgesRefused, match="step of a bid"):
        auction(edges, capacity, 0)
    with pytest.raises(EdgesRefused, match="below zero"):
        auction(edges, -capacity - 1)
    with pytest.raises(EdgesRefused, match="8 jobs need 8"):
        auction(edges, capacity[:3])
    with pytest.raises(EdgesRefused, match="not a number"):
        edges.with_scores(np.full_like(edges.score, np.nan))
    with pytest.raises(EdgesRefused, match="outside 0 to 7"):
        Edges(edges.start, edges.job + 8, edges.score, 8)
    with pytest.raises(EdgesRefused, match="do not cut up"):
        Edges(edges.start + 1, edges.job, edges.score, 8)


def pairs_of(edges: Edges) -> list[Pair]:
    cells = zip(edges.person.tolist(), edges.job.tolist(), edges.score.tolist(), strict=True)
    return [Pair(f"p{p}", f"j{j}", score) for p, j, score in cells]


def test_the_exact_way_and_the_auction_agree_about_records(monkeypatch: pytest.MonkeyPatch) -> None:
    edges, capacity = market(11, 60, 10, 4)
    pairs, seats = pairs_of(edges), {f"j{j}": int(c) for j, c in enumerate(capacity)}
    exact = assign.allocate(pairs, seats)
    monkeypatch.setattr(assign, "EXACT_CELLS_MAX", 0)
    found = assign.allocate(pairs, seats)
    total, best = (sum(pair.score for pair in chosen) for chosen in (found, exact))
    assert best - len(found) * assign.AUCTION_EPS <= total <= best + 1e-5
    assert found == sorted(found, key=lambda pair: (-pair.score, pair.person, pair.job))
    assert found == assign.allocate(pairs[::-1], seats)


def test_tables_of_a_night_market_are_the_same_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assign, "EXACT_CELLS_MAX", 0)
    asked = [Pair(f"guest{n}", table, 1 - n / 100) for n in range(20) for table in ("by the door", "inside")]
    found = assign.allocate(asked, {"by the door": 3, "inside": 4})
    assert [pair.person for pair in found] == [f"guest{n}" for n in range(7)]
    assert assign.allocate(asked, {}) == []
