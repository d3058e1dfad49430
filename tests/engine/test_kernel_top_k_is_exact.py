"""One suite over every back end: the k best of what passes, by brute force pair after pair."""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuanmeng.matching import kernel
from yuanmeng.matching.kernel import Days, Excluded, Flags, Floor, Gates, KernelRefused, Near, top_k
from yuanmeng.matching.kernels import plain, tiles

BACKENDS = [name for name in kernel.BACKENDS if name in kernel.backends()]
with_numba = pytest.mark.skipif("numba" not in BACKENDS, reason="numba is not installed: yuanmeng[fast]")
every_backend = pytest.mark.parametrize("backend", BACKENDS)


@pytest.fixture(autouse=True)
def small_tiles(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tiles so small that a toy search has many of them, the last ones broken off."""
    for module, queries, items in ((tiles, 16, 40), (plain, 7, 50)):
        monkeypatch.setattr(module, "QUERIES", queries)
        monkeypatch.setattr(module, "ITEMS", items)
    monkeypatch.setattr(tiles, "QUERIES_NEAR", 8)
    monkeypatch.setattr(tiles, "GUESS_TILES_MIN", 4)
    yield


def vectors(chance: np.random.Generator, rows: int, d: int = 6) -> np.ndarray:
    """Small whole numbers: products are exact in any order of summing, and many are equal."""
    return chance.integers(-3, 4, (rows, d)).astype(np.float32)


def some_gates(chance: np.random.Generator, n: int, m: int, *, reach_m: float = 1500) -> Gates:
    """Every kind of gate, every kind of missing fact."""

    def holes(values: np.ndarray) -> np.ndarray:
        values = values.astype(np.float32)
        values[chance.random(len(values)) < 0.2] = np.nan
        return values

    homes, shops = chance.normal(0, 1000, (n, 3)).astype("f"), chance.normal(0, 1000, (m, 3)).astype("f")
    homes[chance.random(n) < 0.1], shops[chance.random(m) < 0.1] = np.nan, np.nan
    flags = [chance.integers(0, 8, size, dtype=np.uint64) for size in (n, m)]
    left_out = [np.sort(chance.choice(m, min(m, chance.integers(0, 6)), replace=False)) for _ in range(n)]
    return Gates(
        near=Near(homes, shops, holes(np.abs(chance.normal(reach_m, reach_m / 3, n)))),
        floors=(
            Floor(holes(chance.integers(0, 9, n)), holes(chance.integers(0, 6, m))),
            Floor(holes(chance.integers(3, 9, n)), holes(chance.integers(3, 12, m)), items_need=False),
        ),
        flags=(Flags(*flags),),
        days=Days(chance.integers(0, 6, m), chance.integers(3, 12, m), 4),
        excluded=Excluded(np.cumsum([0] + [len(row) for row in left_out]), np.concatenate(left_out)),
    )


def passes(gates: Gates, q: int, i: int) -> bool:
    """One pair, condition by condition, as a person would say it."""
    if gates.near:
        way = np.linalg.norm(
            np.asarray(gates.near.query_m)[q].astype("f") - np.asarray(gates.near.item_m)[i].astype("f")
        )
        if way > gates.near.within_m[q]:
            return False
    for floor in gates.floors:
        has, needs = (floor.query[q], floor.item[i]) if floor.items_need else (floor.item[i], floor.query[q])
        if has < needs:
            return False
    for flags in gates.flags:
        if flags.query[q] and flags.item[i] and not flags.query[q] & flags.item[i]:
            return False
    if gates.days and not gates.days.opens[i] <= gates.days.day <= gates.days.closes[i]:
        return False
    out = gates.excluded
    return out is None or i not in out.item[out.start[q] : out.start[q + 1]]


def brute(
    q: np.ndarray, x: np.ndarray, k: int, gates: Gates | None = None, ties: np.ndarray | None = None
) -> np.ndarray:
    ties = np.arange(len(x)) if ties is None else ties
    rows = np.full((len(q), k), -1)
    for n in range(len(q)):
        open_ = [i for i in range(len(x)) if gates is None or passes(gates, n, i)]
        best = sorted(open_, key=lambda i: (-float(q[n] @ x[i]), int(ties[i])))[:k]
        rows[n, : len(best)] = best
    return rows


@every_backend
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 300), st.integers(1, 30))
@settings(max_examples=10, deadline=None)
def test_without_gates(backend: str, seed: int, n: int, m: int, k: int) -> None:
    chance = np.random.default_rng(seed)
    q, x, ties = vectors(chance, n), vectors(chance, m), chance.permutation(m).astype(np.uint64)
    scores, rows = top_k(q, x, k, ties=ties, backend=backend)
    assert (rows == brute(q, x, k, ties=ties)).all()
    assert (scores == np.where(rows >= 0, np.einsum("nd,nkd->nk", q, x[rows]), -np.inf)).all()


@every_backend
@pytest.mark.parametrize("below", [0.0, 1.1], ids=["multiplied", "gathered"])
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 250), st.integers(1, 20))
@settings(max_examples=10, deadline=None)
def test_with_every_gate(backend: str, below: float, seed: int, n: int, m: int, k: int) -> None:
    if below and backend != "numba":
        return
    chance = np.random.default_rng(seed)
    q, x, gates = vectors(chance, n), vectors(chance, m), some_gates(chance, n, m)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiles, "GATHER_BELOW", below)
        _, rows = top_k(q, x, k, gates=gates, backend=backend)
    assert (rows == brute(q, x, k, gates)).all()


@every_backend
def test_each_gate_alone(backend: str) -> None:
    chance = np.random.default_rng(1)
    q, x, whole = vectors(chance, 20), vectors(chance, 200), some_gates(chance, 20, 200)
    for alone in (
        Gates(near=whole.near), Gates(floors=whole.floors), Gates(flags=whole.flags),
        Gates(days=whole.days), Gates(excluded=Excluded(np.arange(21), brute(q, x, 1)[:, 0])),
    ):  # fmt: skip
        _, rows = top_k(q, x, 7, gates=alone, backend=backend)
        assert (rows == brute(q, x, 7, alone)).all()
        assert (rows != brute(q, x, 7)).any()


@every_backend
@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_no_order_of_rows_decides(backend: str, seed: int) -> None:
    chance = np.random.default_rng(seed)
    q, x, ties = vectors(chance, 30), vectors(chance, 200), chance.permutation(200).astype(np.uint64)
    there, here = chance.permutation(30), chance.permutation(200)
    scores, rows = top_k(q, x, 10, ties=ties, backend=backend)
    again, moved = top_k(q[there], x[here], 10, ties=ties[here], backend=backend)
    assert (here[moved] == rows[there]).all()
    assert (again == scores[there]).all()


@every_backend
def test_real_numbers_are_the_best_up_to_rounding(backend: str) -> None:
    chance = np.random.default_rng(2)
    q, x = chance.normal(size=(50, 32)).astype("f"), chance.normal(size=(900, 32)).astype("f")
    scores, rows = top_k(q, x, 12, backend=backend)
    true = q.astype(float) @ x.T.astype(float)
    assert np.allclose(np.take_along_axis(true, rows, 1), -np.sort(-true, axis=1)[:, :12], atol=1e-5)
    assert np.allclose(scores, np.take_along_axis(true, rows, 1), atol=1e-5)


@every_backend
def test_fewer_than_k_and_none_at_all(backend: str) -> None:
    chance = np.random.default_rng(3)
    q, x = vectors(chance, 5), vectors(chance, 4)
    scores, rows = top_k(q, x, 9, backend=backend)
    assert rows.shape == scores.shape == (5, 9)
    assert (np.sort(rows[:, :4], axis=1) == np.arange(4)).all()
    assert (rows[:, 4:] == -1).all() and (scores[:, 4:] == -np.inf).all()
    shut = Gates(days=Days(np.full(4, 9), np.full(4, 9), 1))
    assert (top_k(q, x, 2, gates=shut, backend=backend)[1] == -1).all()
    assert (top_k(q, x[:0], 2, backend=backend)[1] == -1).all()
    assert top_k(q[:0], x, 2, backend=backend)[1].shape == (0, 2)


@every_backend
def test_all_equal_are_ordered_by_tie_alone(backend: str) -> None:
    ties = np.random.default_rng(4).permutation(500).astype(np.uint64)
    _, rows = top_k(np.ones((20, 4)), np.ones((500, 4)), 25, ties=ties, backend=backend)
    assert (rows == np.argsort(ties)[:25]).all()


@every_backend
def test_the_best_hidden_in_one_corner_is_found_after_a_wrong_guess(backend: str) -> None:
    # A sample of tiles sees great scores that few others have: the guess is too high and is taken back.
    x = np.zeros((400, 1), np.float32)
    x[::97, 0], x[1::97, 0], x[40:45, 0] = 5, 6, 9
    q = np.ones((20, 1), np.float32)
    assert (top_k(q, x, 12, backend=backend)[1] == brute(q, x, 12)).all()


@with_numba
def test_distance_leaves_tiles_out_without_leaving_anybody_out() -> None:
    chance = np.random.default_rng(5)
    q, x, gates = vectors(chance, 60), vectors(chance, 600), some_gates(chance, 60, 600, reach_m=250)
    _, rows = top_k(q, x, 10, gates=Gates(near=gates.near), backend="numba")
    assert (rows == brute(q, x, 10, Gates(near=gates.near))).all()


@with_numba
def test_threads_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(6)
    q, x, gates = vectors(chance, 90), vectors(chance, 300), some_gates(chance, 90, 300)
    answers = []
    for threads in (1, 3):
        monkeypatch.setattr(tiles, "_threads", lambda threads=threads: threads)
        answers.append(top_k(q, x, 8, gates=gates, backend="numba")[1])
    assert (answers[0] == answers[1]).all()


@every_backend
def test_what_cannot_be_searched_is_said(backend: str) -> None:
    q, x = np.ones((2, 3), np.float32), np.ones((4, 3), np.float32)
    holed = x.copy()
    holed[1, 1] = np.nan
    with pytest.raises(KernelRefused, match="items hold a number that is NaN"):
        top_k(q, holed, 2, backend=backend)
    with pytest.raises(KernelRefused, match="Queries have 3 numbers each, items have 2"):
        top_k(q, x[:, :2], 2, backend=backend)
    with pytest.raises(KernelRefused, match="k must be 1 or more"):
        top_k(q, x, 0, backend=backend)
    with pytest.raises(KernelRefused, match="4 items need 4 ties"):
        top_k(q, x, 1, ties=[1, 2], backend=backend)
    with pytest.raises(KernelRefused, match="values for 2 rows"):
        top_k(q, x, 1, gates=Gates(floors=(Floor([1], [1, 2, 3, 4]),)), backend=backend)
    with pytest.raises(KernelRefused, match="outside 0 to 3"):
        top_k(q, x, 1, gates=Gates(excluded=Excluded([0, 1, 1], [4])), backend=backend)
    with pytest.raises(KernelRefused, match="no back end 'abacus'"):
        top_k(q, x, 1, backend="abacus")


def test_the_environment_can_ask_for_fewer_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "OPENBLAS_NUM_THREADS", "1")
    assert tiles._threads() == 1
