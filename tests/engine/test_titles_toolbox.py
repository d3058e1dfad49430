"""Pieces and ridge: the toolbox under the three services."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from yuanmeng.matching.titles import ridge
from yuanmeng.matching.titles.pieces import Pieces, counted, mostly_wide, strongest


def test_pieces_are_counted_within_words_and_over_their_edges() -> None:
    found = counted(["ab", "ba", "ab ab", ""], (2,))
    assert found.sum(1).ravel().tolist()[0] == [3, 3, 6, 0]  # " a", "ab", "b " and so on; never between texts
    assert (found[0] != counted(["ab"], (2,))).nnz == 0


@given(st.lists(st.text(max_size=30), max_size=6))
@settings(max_examples=30, deadline=None)
def test_any_text_gives_finite_unit_rows(texts: list[str]) -> None:
    rows = Pieces.learned(["甲乙 abc", *texts], (1, 2)).vectors(texts)
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
    assert rows.shape[0] == len(texts)
    assert np.all(np.isclose(length, 1, atol=1e-4) | (length == 0))


def test_rare_pieces_weigh_more_and_common_ones_can_be_left_out() -> None:
    texts = ["甲乙", "甲丙", "甲丁"]
    known = Pieces.learned(texts, (1,))
    row = known.vectors(["甲乙"]).data
    assert row.max() > row.min()
    assert len(Pieces.learned(texts, (1,), share=0.5).column) == 3
    assert len(Pieces.learned(texts, (1,), least=2).column) == 1


def test_the_strongest_stay() -> None:
    rows = strongest(sp.csr_matrix(np.array([[1, 3, 2, 2], [0, 0, 0, 5]], np.float32)), 2)
    assert rows.toarray().tolist() == [[0, 3, 2, 0], [0, 0, 0, 5]]


def test_script_is_told() -> None:
    assert mostly_wide(["收银员", "it经理"])
    assert not mostly_wide(["cashier"])
    assert not mostly_wide([])


def test_ridge_is_the_closed_form() -> None:
    random = np.random.default_rng(1)
    rows = random.normal(size=(12, 5)).astype(np.float32)
    labels, weight = np.arange(12) % 3, np.where(np.arange(12) < 6, 1.0, 0.5)
    own = rows @ rows.T
    primal = np.linalg.solve(
        rows.T * weight @ rows + 0.7 * np.eye(5), rows.T * weight @ np.eye(3)[labels]
    )  # weighted ridge in the primal
    assert np.allclose(own @ ridge.solved(own, labels, 3, weight, 0.7), rows @ primal, atol=1e-3)


def test_left_out_is_a_ridge_that_never_saw_them() -> None:
    random = np.random.default_rng(2)
    rows = random.normal(size=(10, 4)).astype(np.float32)
    labels, own, weight = np.arange(10) % 2, rows @ rows.T, np.ones(10)
    out = np.array([1, 4])
    rest = np.setdiff1d(np.arange(10), out)
    direct = ridge.solved(own[np.ix_(rest, rest)], labels[rest], 2, weight[rest], 1.0)
    assert np.allclose(
        ridge.left_out(own, labels, 2, weight, 1.0, out), own[np.ix_(out, rest)] @ direct, atol=1e-4
    )


def test_nearest_shares() -> None:
    near = np.array([[0.9, 0.1, 0.3], [0, 0, 0]], np.float32)
    shares = ridge.nearest(near, np.array([0, 1, 1]), 2, 2)
    assert np.allclose(shares, [[0.75, 0.25], [0, 0]])


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ridge, "ROWS_MAX", 3)
    with pytest.raises(ridge.TooMany, match="4 texts"):
        ridge.factor(np.eye(4, dtype=np.float32), np.ones(4), 1.0)
