"""Typed title → postings whose text never says the title."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.engine.titles_street import DUTIES, POSTINGS
from yuanmeng.matching.titles import NotLearned, Search
from yuanmeng.matching.titles.search import Postings, standard

NEW = [duty.format(at) for duty in DUTIES.values() for at in (7, 8)]
OF = [title for title in DUTIES for _ in (7, 8)]


@pytest.fixture(scope="module")
def search() -> Search:
    return Search().fit([title for title, _ in POSTINGS], [text for _, text in POSTINGS])


@pytest.fixture(scope="module")
def postings(search: Search) -> Postings:
    return search.read(NEW)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("java开发工程师", "java开发工程师"),
        ("会计", "会计"),
        ("保洁", "保洁员"),
        ("java工程师", "java开发工程师"),
    ],
)
def test_it_finds_postings_by_what_the_title_means(
    search: Search, postings: Postings, typed: str, title: str
) -> None:
    assert all(typed not in text for text in NEW)
    order = np.argsort(-search.answer([typed], postings)[0], kind="stable")
    assert {OF[at] for at in order[:2]} == {title}


def test_words_of_the_text_are_found_without_a_known_title(search: Search, postings: Postings) -> None:
    order = np.argsort(-search.answer(["奶泡拉花"], postings)[0], kind="stable")
    assert OF[order[0]] == "咖啡师"


def test_empty_and_unknown_titles_say_nothing(search: Search, postings: Postings) -> None:
    scores = search.answer(["", "ζζζ", "！"], postings)
    assert scores.shape == (3, len(NEW))
    assert not scores.any()


def test_a_text_of_ten_thousand_words_is_read(search: Search) -> None:
    read = search.read(["记账 报税 凭证整理 " * 5_000, ""])
    scores = search.answer(["会计"], read)[0]
    assert scores[0] > scores[1]


def test_no_postings_no_answers(search: Search) -> None:
    assert search.answer(["会计"], search.read([])).shape == (1, 0)


def test_full_width_and_half_width_are_one_title(search: Search, postings: Postings) -> None:
    assert np.array_equal(search.answer(["ＪＡＶＡ"], postings), search.answer(["java"], postings))


def test_saved_and_loaded_answer_alike(search: Search, postings: Postings) -> None:
    arrays, facts = search.saved()
    again = Search.loaded(arrays, json.loads(json.dumps(facts)))
    assert np.array_equal(again.answer(["会计", ""], again.read(NEW)), search.answer(["会计", ""], postings))


def test_learning_twice_gives_the_same(search: Search, postings: Postings) -> None:
    again = Search().fit([title for title, _ in POSTINGS], [text for _, text in POSTINGS])
    assert np.array_equal(again.answer(["保洁"], again.read(NEW)), search.answer(["保洁"], postings))


def test_bad_input_is_said() -> None:
    with pytest.raises(NotLearned):
        Search().read(["x"])
    with pytest.raises(NotLearned):
        Search().saved()
    with pytest.raises(ValueError, match="2 titles for 1 texts"):
        Search().fit(["a", "b"], ["x"])


def test_a_row_that_says_nothing_stays_at_nothing() -> None:
    assert not standard(np.full((1, 4), 3, np.float32)).any()
