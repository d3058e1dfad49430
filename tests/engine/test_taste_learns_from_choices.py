"""Taste on a made-up market of three trades: who chose like whom, and what is known of the new."""

from __future__ import annotations

import json

import numpy as np
import pytest
import scipy.sparse as sp

from yuanmeng.matching.taste import Setting, Sides, SidesRefused, Taste
from yuanmeng.matching.taste.attributes import Vocabulary, bands
from yuanmeng.matching.taste.blend import Questions, climbed
from yuanmeng.matching.taste.factors import Shape, factorised, together
from yuanmeng.matching.taste.model import MEETINGS, hide

TRADES, ASKERS, OTHERS = 3, 90, 60
SMALL = Setting(
    shapes=(
        Shape(8, 0.02, 0.05, passes=8, seed=1),
        Shape(6, 0.02, 0.05, attributes=0.3, passes=8, seed=2),
    )
)


def market(seed: int = 0) -> Sides:
    """Askers and others of three trades (id modulo 3); each asker chose five, nearly all of its own."""
    chance = np.random.default_rng(seed)
    rows, columns = [], []
    for asker in range(ASKERS - 6):  # the last six have chosen nothing
        own = [other for other in range(OTHERS - 6) if other % TRADES == asker % TRADES]
        picked = [*chance.choice(own, 4, replace=False), chance.integers(OTHERS - 6)]
        rows += [asker] * 5
        columns += picked
    chosen = sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(ASKERS, OTHERS))
    chosen.data[:] = 1
    bags = [[f"trade={n % TRADES}", f"street={n % 7}"] for n in range(max(ASKERS, OTHERS))]
    book = Vocabulary.of(bags, 2)
    return Sides.of(chosen, book.rows(bags[:ASKERS]), book.rows(bags[:OTHERS]))


@pytest.fixture(scope="module")
def taste() -> Taste:
    return Taste(SMALL).fit(market())


def own_trade(scores: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> float:
    best = columns[np.argsort(-scores, axis=1)[:, :5]]
    return float((best % TRADES == rows[:, None] % TRADES).mean())


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        pytest.param(range(60), range(OTHERS), id="known askers among all"),
        pytest.param(range(ASKERS - 6, ASKERS), range(OTHERS - 6), id="askers who chose nothing"),
        pytest.param(range(60), range(OTHERS - 6, OTHERS), id="others nobody chose"),
    ],
)
def test_the_own_trade_comes_first(taste: Taste, rows: range, columns: range) -> None:
    asked, among = np.array(rows), np.array(columns)
    few = min(5, len(among) // TRADES)
    scores = taste.scores(asked, among)
    best = among[np.argsort(-scores, axis=1)[:, :few]]
    assert (best % TRADES == asked[:, None] % TRADES).mean() > 0.9


def test_a_batch_is_its_single_questions(taste: Taste) -> None:
    rows = np.array([3, 88, 40])
    together_, single = taste.scores(rows), [taste.scores(np.array([row]))[0] for row in rows]
    np.testing.assert_allclose(together_, single, atol=1e-5)


def test_the_same_seed_gives_the_same_taste(taste: Taste) -> None:
    again = Taste(SMALL).fit(market())
    np.testing.assert_array_equal(again.scores(np.arange(9)), taste.scores(np.arange(9)))


def test_no_order_of_rows_helps_anybody() -> None:
    """Exchanging the askers exchanges the answers; the seed starts the columns, so these stay."""
    sides = market()
    mixed = np.random.default_rng(5).permutation(ASKERS)
    turned = Sides(sides.chosen[mixed], sides.asker[mixed], sides.other)
    shape = Shape(8, 0.02, 0.05, passes=8, seed=1)
    one, other = factorised(sides, shape), factorised(turned, shape)
    np.testing.assert_allclose((one.asker @ one.other.T)[mixed], other.asker @ other.other.T, atol=1e-3)


def test_a_saved_taste_answers_as_it_did(taste: Taste) -> None:
    arrays, facts = taste.arrays(), json.loads(json.dumps(taste.facts()))
    assert all(array.dtype != object for array in arrays.values())
    back = Taste.of_arrays(arrays, facts)
    np.testing.assert_array_equal(back.scores(np.arange(20)), taste.scores(np.arange(20)))
    assert back.told() == taste.told()


def test_small_systems_give_what_the_normal_equations_give() -> None:
    """A row's factors against the textbook's k × k system."""
    sides = market()
    shape = Shape(12, 0.05, 0.3, passes=3, seed=4)
    made = factorised(sides, shape)
    cells = together(sides, 0.0)
    row = 7
    known = cells.indices[cells.indptr[row] : cells.indptr[row + 1]]
    other = made.other.astype(np.float64)
    stiff = shape.shrink * (len(known) + shape.alpha * OTHERS) ** shape.power
    system = shape.alpha * other.T @ other + other[known].T @ other[known] + stiff * np.eye(12)
    np.testing.assert_allclose(
        made.asker_of(cells[[row]], sides.asker[[row]])[0],
        np.linalg.solve(system, other[known].sum(0)),
        atol=1e-4,
    )


def test_what_is_new_is_folded_in_without_fitting() -> None:
    """Somebody who chose nothing gets the trade's factors, and so does a posting nobody has seen."""
    sides = market()
    made = factorised(sides, Shape(6, 0.02, 0.05, attributes=0.3, passes=8, seed=2))
    person, posting = ASKERS - 1, OTHERS - 1
    nothing = sp.csr_matrix((1, OTHERS), dtype=np.float32)
    asker = made.asker_of(nothing, sides.asker[[person]])[0]
    likes = asker @ made.other[: OTHERS - 6].T
    assert set(np.argsort(-likes)[:5] % TRADES) == {person % TRADES}
    nobody = sp.csr_matrix((1, ASKERS), dtype=np.float32)
    other = made.other_of(nobody, sides.other[[posting]])[0]
    liked_by = made.asker[:60] @ other
    by_trade = [liked_by[trade::TRADES].mean() for trade in range(TRADES)]
    assert int(np.argmax(by_trade)) == posting % TRADES


@pytest.mark.parametrize("meeting", MEETINGS)
def test_what_is_hidden_is_of_its_meeting(meeting: str) -> None:
    sides = market()
    shown, hidden = hide(sides.chosen, meeting, SMALL, 0)  # type: ignore[arg-type]
    assert hidden.nnz > 0 and (shown + hidden != sides.chosen).nnz == 0
    asked, wanted = hidden.nonzero()
    left_of_askers, left_of_others = np.diff(shown.indptr)[asked], np.diff(shown.tocsc().indptr)[wanted]
    assert {
        "known": (left_of_askers > 0).all(),
        "new_asker": (left_of_askers == 0).all(),
        "new_other": (left_of_others == 0).all(),
    }[meeting]


def test_the_weights_climb_to_the_source_that_knows() -> None:
    chance = np.random.default_rng(0)
    values = chance.standard_normal((200, 80, 3)).astype(np.float32)
    right = np.arange(200), chance.integers(80, size=200)
    values[right[0], right[1], 1] += 3  # the second source knows
    questions = Questions(values, np.ones((200, 80), bool), right, np.ones(200, int))
    start = np.full(3, 1 / 3)
    weights = climbed(questions, start)
    assert weights.argmax() == 1 and weights.min() >= 0 and weights.sum() == pytest.approx(1)
    assert questions.figure(values @ weights.astype(np.float32)) > questions.figure(
        values @ start.astype(np.float32)
    )


def test_ids_alone_are_enough() -> None:
    bare = Sides.of(market().chosen, None, None)
    taste = Taste(Setting(shapes=SMALL.shapes, meetings=("known",))).fit(bare)
    asked, among = np.arange(60), np.arange(OTHERS - 6)
    assert own_trade(taste.scores(asked, among), asked, among) > 0.9


def test_numbers_that_are_none_are_refused() -> None:
    chosen = sp.csr_matrix(np.array([[1.0, np.nan]], np.float32))
    with pytest.raises(SidesRefused, match="no number"):
        Sides.of(chosen, None, None)
    with pytest.raises(SidesRefused, match="negative"):
        Sides.of(sp.csr_matrix(np.array([[-1.0, 1.0]], np.float32)), None, None)
    with pytest.raises(SidesRefused, match="1 askers"):
        Sides.of(sp.csr_matrix((1, 2)), sp.csr_matrix((3, 1)), None)


def test_nothing_chosen_yet_is_no_fault() -> None:
    sides = market()
    empty = sides.told(sp.csr_matrix(sides.chosen.shape, dtype=np.float32))
    scores = Taste(SMALL).fit(empty).scores(np.arange(4))
    assert scores.shape == (4, OTHERS) and np.isfinite(scores).all()


def test_a_number_becomes_a_band_and_silence_stays_silent() -> None:
    assert bands(np.array([np.nan, 1, 2, 3, 4]), 2) == ["", "0", "0", "1", "1"]
    assert bands(np.array([np.nan]), 2) == [""]
