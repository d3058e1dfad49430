"""Title → code: what was labelled, what only the book says, and what nobody can say."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.engine.titles_street import BOOK, LABELLED, UNUSED
from yuanmeng.matching.titles import CodeEntry, Coder, NotLearned
from yuanmeng.matching.titles.coder import conditional_logit, crossed, plain_title


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder().fit(BOOK, [title for title, _ in LABELLED], [code for _, code in LABELLED])


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("酒店厨师", "4-03-02-01"),
        ("咖啡师学徒", "4-03-02-07"),
        ("车站保洁员", "4-08-10-02"),
        ("夜班月嫂", "4-10-01-01"),
    ],
)
def test_it_finds_the_code_of_a_title_like_the_labelled_ones(coder: Coder, title: str, code: str) -> None:
    assert coder.best(title, 1)[0][0] == code


def test_a_code_without_labelled_titles_is_reachable(coder: Coder) -> None:
    assert coder.best("工地架子工", 1)[0][0] == UNUSED
    assert UNUSED in [code for code, _ in coder.best("脚手架搭设", 2)]


def test_probabilities_sum_to_one_and_prefer_the_likelier(coder: Coder) -> None:
    share = coder.answer(["厨师", "架子工", "", "zzzz"])
    assert share.shape == (4, len(BOOK))
    assert np.allclose(share.sum(1), 1, atol=1e-5)
    assert share.min() >= 0


def test_an_empty_or_unknown_title_says_nothing(coder: Coder) -> None:
    assert coder.best("") == []
    assert coder.best("！！！") == []
    assert coder.best("ζζζ") == []
    assert np.ptp(coder.answer([""])[0]) == 0


def test_full_width_and_half_width_are_one_title(coder: Coder) -> None:
    assert np.array_equal(coder.answer(["咖啡师ＡＢ（早班）"]), coder.answer(["咖啡师ab(早班)"]))


def test_what_stands_in_brackets_does_not_lead_away(coder: Coder) -> None:
    assert plain_title("【急聘】厨师（包吃住）") == "厨师"
    assert plain_title("（厨师）") == "厨师"
    assert coder.best("厨师（靠近咖啡馆）", 1)[0][0] == "4-03-02-01"


def test_a_title_of_ten_thousand_words_is_answered(coder: Coder) -> None:
    assert coder.best("厨师 炒菜 " * 5_000, 1)[0][0] == "4-03-02-01"


def test_saved_and_loaded_answer_alike(coder: Coder) -> None:
    arrays, facts = coder.saved()
    assert all(isinstance(array, np.ndarray) and array.dtype != object for array in arrays.values())
    again = Coder.loaded(arrays, json.loads(json.dumps(facts)))
    titles = ["厨师", "架子工", "", "小区清洁"]
    assert np.array_equal(again.answer(titles), coder.answer(titles))


def test_learning_twice_gives_the_same(coder: Coder) -> None:
    again = Coder().fit(BOOK, [title for title, _ in LABELLED], [code for _, code in LABELLED])
    assert np.array_equal(again.answer(["清洁工", "主厨"]), coder.answer(["清洁工", "主厨"]))


def test_the_book_alone_answers() -> None:
    coder = Coder().fit(BOOK)
    assert coder.best("咖啡师", 1)[0][0] == "4-03-02-07"
    assert coder.best("喂养婴幼儿", 1)[0][0] == "4-10-01-01"


def test_bad_input_is_said() -> None:
    with pytest.raises(NotLearned):
        Coder().answer(["厨师"])
    with pytest.raises(NotLearned):
        Coder().saved()
    with pytest.raises(KeyError, match="9-99"):
        Coder().fit(BOOK, ["厨师"], ["9-99"])
    with pytest.raises(ValueError, match="1 titles for 0 codes"):
        Coder().fit(BOOK, ["厨师"], [])
    with pytest.raises(ValueError, match="empty"):
        Coder().fit([])
    with pytest.raises(ValueError, match="twice"):
        Coder().fit([CodeEntry("1", "甲"), CodeEntry("1", "乙")])


def test_the_logit_finds_the_measure_that_tells() -> None:
    random = np.random.default_rng(0)
    measured = random.normal(size=(200, 5, 3)).astype(np.float32)
    right = np.arange(5)[None, :] == measured[:, :, 1].argmax(1)[:, None]
    penalty = np.full(3, 1e-3)
    taste = conditional_logit(measured, right, penalty)
    assert taste[1] > 3 * max(abs(taste[0]), abs(taste[2]))
    assert not conditional_logit(measured, np.zeros_like(right), penalty).any()


def test_products_of_measures_tell_what_none_tells_alone() -> None:
    """Right is where both agree in sign: neither measure says it."""
    measured = np.random.default_rng(0).normal(size=(400, 5, 2)).astype(np.float32)
    right = np.arange(5)[None, :] == (measured[:, :, 0] * measured[:, :, 1]).argmax(1)[:, None]
    both = np.concatenate([measured, crossed(measured)], 2)
    taste = conditional_logit(both, right, np.full(both.shape[2], 1e-3))
    assert abs(taste[3]) > 3 * max(abs(taste[n]) for n in (0, 1))
