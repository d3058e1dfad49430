"""Title → titles of the same job, with and without a shared word."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.engine.titles_street import PAGES, STREET
from yuanmeng.matching.titles import Likeness, NotLearned, Page, Taste, understood


@pytest.fixture(scope="module")
def likeness() -> Likeness:
    return Likeness().fit(STREET, PAGES)


def best(likeness: Likeness, title: str) -> list[str]:
    return [STREET[at] for at in np.argsort(-likeness.answer([title])[0], kind="stable")]


def test_the_title_itself_comes_first(likeness: Likeness) -> None:
    for title in STREET:
        assert best(likeness, title)[0] == title


def test_titles_without_a_common_character_meet_on_a_page(likeness: Likeness) -> None:
    bare = Likeness(Taste(diffusion=0)).fit(STREET)
    at = STREET.index("房产经纪人")
    assert bare.answer(["置业顾问"])[0][at] == 0
    assert best(likeness, "置业顾问")[1] == "房产经纪人"
    assert best(likeness, "realtor")[0] in {"置业顾问", "房产经纪人"}


def test_friends_of_friends_count_a_little() -> None:
    titles = ["红茶采摘", "采摘包装", "包装搬运", "法律顾问"]
    near, far = (Likeness(Taste(diffusion=share)).fit(titles).answer(["红茶采摘"])[0] for share in (0.0, 0.5))
    assert near[2] == 0
    assert far[1] > far[2] > far[3]


def test_groups_bring_neighbours_of_the_trade() -> None:
    pages = [Page("甲乙", ("1",)), Page("丙丁", ("1",)), Page("戊己", ("2",))]
    scores = Likeness().fit(["甲乙", "丙丁", "戊己"], pages).answer(["甲乙"])[0]
    assert scores[0] > scores[1] > scores[2]


def test_latin_titles_are_read_in_pieces() -> None:
    scores = (
        Likeness().fit(["Krankenpfleger", "Krankenschwester", "Dachdecker"]).answer(["Kranken­pflegerin"])[0]
    )
    assert scores.argmax() == 0
    assert scores[1] > scores[2]


def test_empty_unknown_and_long_titles(likeness: Likeness) -> None:
    scores = likeness.answer(["", "ζζζ", "厨师 " * 10_000])
    assert scores.shape == (3, len(STREET))
    assert not scores[:2].any()
    assert STREET[scores[2].argmax()] == "厨师"


def test_full_width_and_half_width_are_one_title(likeness: Likeness) -> None:
    assert np.array_equal(likeness.answer(["ＲＥＡＬＴＯＲ　厨师"]), likeness.answer(["realtor 厨师"]))


def test_saved_and_loaded_answer_alike(likeness: Likeness) -> None:
    arrays, facts = likeness.saved()
    again = Likeness.loaded(arrays, json.loads(json.dumps(facts)))
    asked = ["中介", "炒菜", ""]
    assert np.array_equal(again.answer(asked), likeness.answer(asked))


def test_learning_twice_gives_the_same(likeness: Likeness) -> None:
    assert np.array_equal(Likeness().fit(STREET, PAGES).answer(STREET), likeness.answer(STREET))


def test_pages_of_another_language_are_told_apart() -> None:
    german = [Page("Köchin Koch"), Page("Maler")]
    assert understood(["Koch", "Maler"], german) == 1
    assert understood(["cook", "painter"], german) == 0
    assert understood(["厨师"], PAGES) == 1
    assert understood([], PAGES) == understood(["厨师"], []) == 0


def test_asked_before_it_learned() -> None:
    with pytest.raises(NotLearned):
        Likeness().answer(["厨师"])
    with pytest.raises(NotLearned):
        Likeness().saved()
