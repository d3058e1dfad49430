"""The dial: 0 changes nothing, more of it shares attention by places; the price says what it costs."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import logsumexp

from yuanmeng.matching.allocation import Edges, EdgesRefused, apply, share, share_dense
from yuanmeng.matching.allocation.lists import best_of_rows, gini
from yuanmeng.matching.evaluate import spread
from yuanmeng.matching.kernels.compiled import available


def crowd(seed: int, people: int = 80, jobs: int = 30) -> tuple[np.ndarray, np.ndarray]:
    """Scores [people, jobs] with a few favourites of everybody, and places [jobs]."""
    chance = np.random.default_rng(seed)
    scores = chance.random((people, jobs)) + 0.5 * chance.gumbel(size=jobs)
    return scores.astype(np.float32), chance.integers(1, 5, jobs)


def table(scores: np.ndarray) -> Edges:
    return Edges.of(sp.csr_array(scores))


def test_at_zero_nothing_moves() -> None:
    scores, places = crowd(0)
    shared = share(table(scores), places, 0)
    assert (shared.edges.score == table(scores).score).all()
    assert not shared.prices.any()
    assert shared.price.ndcg_lost == 0
    assert shared.price.empty_before == shared.price.empty_after
    assert (shared.listed_before == shared.listed_after).all()


@given(st.integers(0, 1_000))
@settings(max_examples=20, deadline=None)
def test_more_of_it_spreads_more_and_costs_more(seed: int) -> None:
    scores, places = crowd(seed)
    prices = [share(table(scores), places, strength, k=3).price for strength in (0, 0.3, 0.9)]
    assert prices[0].gini_after > prices[1].gini_after > prices[2].gini_after
    assert prices[0].ndcg_lost < prices[1].ndcg_lost < prices[2].ndcg_lost < 1
    assert prices[2].empty_after <= prices[2].empty_before


@given(st.integers(0, 1_000), st.sampled_from([0.2, 0.5, 1.0]))
@settings(max_examples=20, deadline=None)
def test_sparse_dense_and_the_textbook_agree(seed: int, strength: float) -> None:
    scores, places = crowd(seed)
    shared = share(table(scores), places, strength)
    dense, prices = share_dense(scores, places, strength)
    assert np.allclose(prices, shared.prices, atol=5e-3)
    assert np.allclose(dense, shared.edges.matrix(shared.edges.score).toarray(), atol=5e-3)
    assert np.allclose(prices, textbook(scores, places, strength), atol=1e-2)


def textbook(scores: np.ndarray, places: np.ndarray, strength: float, eps: float = 0.6) -> np.ndarray:
    z = (scores - scores.mean(1, keepdims=True)) / scores.std(1, keepdims=True) / eps
    wanted, g = places / places.sum() * len(scores), np.zeros(len(places))
    for _ in range(300):
        f = -logsumexp(z + g, axis=1)
        g = strength * (np.log(wanted) - logsumexp(z + f[:, None], axis=0))
    return -eps * (g - np.average(g, weights=places))


def test_prices_answer_a_later_question_as_the_whole_did() -> None:
    scores, places = crowd(3)
    shared = share(table(scores), places, 0.4)
    rows = shared.edges.matrix(shared.edges.score).toarray()
    assert np.allclose(apply(shared.prices, scores[7]), rows[7], atol=1e-5)
    assert np.allclose(apply(shared.prices, scores[:9]), rows[:9], atol=1e-5)
    some = np.array([3, 5, 8])
    assert apply(shared.prices, scores[7, some], some).shape == (3,)
    assert apply(shared.prices, [0.5, -np.inf], [1, 2])[1] == -np.inf


def test_no_order_of_people_and_jobs_decides() -> None:
    scores, places = crowd(4)
    chance = np.random.default_rng(1)
    rows, columns = chance.permutation(len(scores)), chance.permutation(len(places))
    one, other = (
        share(table(scores), places, 0.5),
        share(table(scores[rows][:, columns]), places[columns], 0.5),
    )
    assert np.allclose(one.prices[columns], other.prices, atol=1e-5)
    assert (one.listed_after[columns] == other.listed_after).all()


def test_a_job_without_a_place_is_listed_nowhere_once_the_dial_is_on() -> None:
    scores, places = crowd(5)
    favourite = int(scores.mean(0).argmax())
    places[favourite] = 0
    assert share(table(scores), places, 0, k=3).listed_after[favourite] > 0
    assert share(table(scores), places, 0.01, k=3).listed_after[favourite] == 0
    assert share_dense(scores, places, 0.01)[0][:, favourite].max() < -1e3


def test_a_floor_lifts_small_employers() -> None:
    scores, places = crowd(6)
    places[:] = 20
    places[:10] = 1
    small = np.arange(len(places)) < 10
    plain, lifted = (share(table(scores), places, 0.8, k=3, least=least) for least in (0, 1))
    assert lifted.by_group(small)[True][1] > plain.by_group(small)[True][1]
    assert lifted.by_group(small)[True][0] == plain.by_group(small)[True][0]


def test_known_pairs_are_left_out() -> None:
    scores, places = crowd(7)
    known = sp.csr_array(np.random.default_rng(0).random(scores.shape) < 0.2)
    dense, prices = share_dense(scores, places, 0.5, known=known)
    assert (dense[known.nonzero()] == -np.inf).all()
    assert np.isfinite(dense[~known.toarray()]).all()
    holes = np.where(known.toarray(), -np.inf, scores)
    assert np.allclose(share_dense(holes, places, 0.5)[1], prices)


def test_people_without_pairs_jobs_without_askers_and_nobody_at_all() -> None:
    edges = Edges(np.array([0, 0, 1, 1], np.int64), np.array([1], np.int32), np.array([0.5], np.float32), 3)
    shared = share(edges, [1, 1, 1], 0.7)
    assert np.isfinite(shared.edges.score).all()
    assert np.isfinite(shared.prices).all()
    assert shared.listed_after.tolist() == [0, 1, 0]
    none = Edges(np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32), 0)
    assert share(none, [], 0.5).price.ndcg_lost == 0
    assert share_dense(np.full((2, 3), -np.inf, np.float32), [1, 1, 1], 0.5)[0].max() == -np.inf


@pytest.mark.skipif(not available("numba"), reason="numba is not installed: yuanmeng[fast]")
@given(st.integers(0, 1_000), st.integers(1, 12))
@settings(max_examples=30, deadline=None)
def test_both_ways_to_the_best_of_a_row_agree(seed: int, k: int) -> None:
    chance = np.random.default_rng(seed)
    lengths = chance.integers(0, 9, 20)
    jobs = np.concatenate([chance.permutation(12)[:n] for n in lengths]).astype(np.int32)
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    edges = Edges(start, jobs, chance.integers(0, 4, start[-1]).astype(np.float32), 12)
    one, other = (best_of_rows(edges, k, backend=backend) for backend in ("numpy", "numba"))
    assert (one == other).all()


def test_the_figures_are_those_of_the_evaluation() -> None:
    scores, places = crowd(9)
    places[:] = 2
    shared = share(table(scores), places, 0.4, k=4)
    order = np.argsort(-scores, axis=1)[:, :4]
    figures = spread([[str(job) for job in row] for row in order], scores.shape[1])
    assert shared.price.congestion_before == pytest.approx(figures["congestion"])
    assert shared.price.gini_before == pytest.approx(figures["gini"], abs=1e-9)
    assert gini(np.array([2, 4]), np.array([1.0, 2.0])) == pytest.approx(0)


def test_what_cannot_be_meant_is_refused_in_a_sentence() -> None:
    scores, places = crowd(8)
    with pytest.raises(EdgesRefused, match="from 0 to 1"):
        share(table(scores), places, 1.5)
    with pytest.raises(EdgesRefused, match="none below zero"):
        share(table(scores), -places, 0.5)
    with pytest.raises(EdgesRefused, match="not a number"):
        share_dense(np.full_like(scores, np.nan), places, 0.5)
    with pytest.raises(EdgesRefused, match="eps"):
        share(table(scores), places, 0.5, eps=0)
