"""Chinese titles read by words of another language, and the space of trades its pages make."""

from __future__ import annotations

import json

import numpy as np
import pytest

from yuanmeng.matching.titles import Abroad, Likeness, Page, book
from yuanmeng.matching.titles.book import Book
from yuanmeng.matching.titles.glosses import Glosses
from yuanmeng.matching.titles.ridge import TooMany

WORDS = {"兽医": "veterinarian", "宠物": "pet", "医生": "doctor", "助理": "assistant", "师": "", "木": "wood"}
PAGES = [
    Page("veterinarian veterinary surgeon animal doctor pet doctor", ("2",)),
    Page("carpenter joiner wood worker", ("7",)),
    Page("web developer web designer", ("2",)),
]
TITLES = ["宠物医生", "木工", "网页设计"]


def test_the_fewest_and_longest_known_words_are_read() -> None:
    glosses = Glosses(WORDS)
    assert glosses.read("兽医助理") == "veterinarian assistant"
    assert glosses.read("兽医师") == "veterinarian"
    assert glosses.cut("宠物医生") == ["宠物", "医生"]
    assert Glosses({"一二": "ab", "二三四": "bcd", "一": "a"}).cut("一二三四") == ["一", "二三四"]


def test_letters_and_figures_stay_and_unknown_characters_go() -> None:
    glosses = Glosses(WORDS)
    assert glosses.read("Java开发 助理3") == "java assistant 3"
    assert glosses.read("ＩＴ助理") == "it assistant"
    assert glosses.read("") == glosses.read("鑫") == ""


def test_titles_without_a_common_character_meet_abroad() -> None:
    home = Likeness().fit(TITLES).answer(["兽医"])[0]
    away = Likeness().fit(TITLES, abroad=Abroad(PAGES, WORDS)).answer(["兽医"])[0]
    assert home[0] < away[0]
    assert away.argmax() == 0


def test_abroad_is_saved_and_loaded() -> None:
    likeness = Likeness().fit(TITLES, abroad=Abroad(PAGES, WORDS))
    arrays, facts = likeness.saved()
    again = Likeness.loaded(arrays, json.loads(json.dumps(facts)))
    assert np.array_equal(again.answer(["兽医", "", "木匠"]), likeness.answer(["兽医", "", "木匠"]))


def test_the_space_brings_pages_of_one_trade_together() -> None:
    pages = [Page(f"{first} {second}") for first, second in ("ab", "bc", "cd", "xy", "yz")]
    learned = Book.learned(pages, (1,), 1.0, directions=2)
    near, place = learned.near(["a", "d", "x", "ζ"], 1, 2.0)
    assert near.shape == (4, 5)
    assert place[0] @ place[1] > 0.9  # a and d share no page, but a chain of pages
    assert abs(place[0] @ place[2]) < 0.1
    assert not place[3].any()


def test_a_space_has_no_more_directions_than_pages() -> None:
    assert Book.learned([Page("ab"), Page("cd")], (1,), 1.0, directions=50).space.shape == (2, 2)
    assert Book.learned([Page("ab"), Page("ab")], (1,), 1.0, directions=50).space.shape == (2, 1)
    assert Book.learned([], (1,), 1.0, directions=50).space.shape == (0, 0)
    assert Book.learned([Page("")], (1,), 1.0, directions=50).near(["a"], 3, 2.0)[1].shape[0] == 1


def test_too_many_pages_for_a_space_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "ROWS_MAX", 1)
    with pytest.raises(TooMany):
        Book.learned(PAGES, (3, 4), 1.0, directions=2)
    assert Book.learned(PAGES, (3, 4), 1.0).space.shape == (3, 0)
