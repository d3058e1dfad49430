"""The map's sentences: every figure in them can be counted again, and what cannot be said honestly is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import translation

from tests import factories
from yuanmeng.oversight.narration import narrate
from yuanmeng.vacancies.search import VacancyQuery

pytestmark = pytest.mark.django_db


@pytest.fixture
def street(cafe: Any, at: datetime) -> list[Any]:
    """Eight vacancies: six at the station in trades H and I, two far off without pay."""
    near = [
        factories.vacancy(
            cafe, f"店员{n}", at=at, state="published", openings=n + 1, industry_code="HI"[n % 2],
            education=None,
            place=factories.place(lon=121.3988, lat=31.2131),
            pay_min_fen=600_000, pay_max_fen=800_000,
        )
        for n in range(6)
    ]  # fmt: skip
    far = [
        factories.vacancy(
            cafe, "教师", at=at, state="published", openings=2, industry_code="P", education=7,
            place=factories.place(lon=121.4078, lat=31.2114), pay_min_fen=None, pay_max_fen=None,
        )
        for _n in range(2)
    ]  # fmt: skip
    return near + far


def said(at: datetime, most: int = 6, **filters: Any) -> list[str]:
    with translation.override("en"):
        found = narrate(VacancyQuery(**filters), at=at, most=most)
        return ["".join(piece.text for piece in sentence) for sentence in found.sentences]


def test_the_whole_map_is_told_in_figures_that_can_be_counted_again(street: list[Any], at: datetime) -> None:
    lines = said(at)
    assert lines[0] == "8 vacancies look for 25 people today."
    assert "(12), then" in lines[1] and "(9)" in lines[1]
    assert lines[2].startswith("Most are wanted near ") and lines[2].endswith(": 21 people in one cell.")
    assert lines[3] == "Half of the 6 that state a monthly pay offer 7,000 yuan or more."
    assert lines[4] == "6 of them ask for no degree."


def test_a_part_is_measured_against_the_whole(street: list[Any], at: datetime) -> None:
    assert said(at, industry=("P",))[0] == "2 vacancies here look for 4 people, 16 % of all that are wanted."


def test_what_too_few_say_is_left_out(street: list[Any], at: datetime) -> None:
    lines = said(at, industry=("P",))
    assert len(lines) == 1  # one trade, one cell, no pay stated, a degree asked for


def test_an_empty_look_says_what_there_is_instead(street: list[Any], at: datetime) -> None:
    assert said(at, pay_min=90_000) == ["Nothing is open here now; on the whole map there are 8 vacancies."]


def test_figures_are_set_off_from_words(street: list[Any], at: datetime) -> None:
    first = narrate(VacancyQuery(), at=at).sentences[0]
    assert [piece.text for piece in first if piece.is_figure] == ["8", "25"]


def test_employers_own_words_are_a_filter_that_shuts_nobody_out(cafe: Any, at: datetime) -> None:
    for tags in (["50+友好", "急聘"], ["50+友好"], ["急聘"], []):
        factories.vacancy(cafe, "店员", at=at, state="published", tags=tags)
    assert narrate(VacancyQuery.parse({"tag": "50+友好"}), at=at).vacancies == 2
    assert narrate(VacancyQuery.parse({"tag": "50+友好,急聘"}), at=at).vacancies == 3
    assert narrate(VacancyQuery.parse({"tag": "50"}), at=at).vacancies == 0
    assert narrate(VacancyQuery(), at=at).vacancies == 4
