"""Filters, figures beside them, order and pages: what a facet says is what one gets."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import factories
from yuanmeng.places import distance
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.query import QueryRefused
from yuanmeng.vacancies.search import VacancyQuery, on_map, search

pytestmark = pytest.mark.django_db
HERE = "121.4001,31.2103"


@pytest.fixture
def street(cafe: Any, at: datetime) -> list[Vacancy]:
    """Twelve vacancies that differ in everything one may filter by."""
    rows = []
    for n in range(12):
        spot = factories.place(f"娄山关路{500 + n}号", lon=121.4001 + n * 0.002) if n % 4 else None
        rows.append(
            factories.vacancy(
                cafe, f"岗位{n}", at=at, state="published", industry_code="HIG"[n % 3], openings=n + 1,
                occupation_code=["4-03", "4-13-02-01", ""][n % 3], education=[None, 5, 7][n % 3],
                employment_type=["FULL_TIME", "PART_TIME"][n % 2], pay_min_fen=(4_000 + n * 500) * 100,
                pay_max_fen=(5_000 + n * 500) * 100, place=spot, published_at=at - timedelta(days=n),
            )
        )  # fmt: skip
    return rows


@pytest.mark.parametrize("facet", ["industry", "occupation", "education", "employment_type", "area", "pay"])
def test_taking_a_choice_leaves_what_its_figure_says(street: list[Vacancy], at: datetime, facet: str) -> None:
    parameter = {"pay": "pay_min"}.get(facet, facet)
    choices = [c for c in _asked(at).facets[facet] if c.code]
    assert choices, "there should be something to choose"
    for choice in choices:
        assert _asked(at, **{parameter: choice.code}).total == choice.count, choice


def test_a_choice_keeps_its_figure_when_it_is_taken(street: list[Vacancy], at: datetime) -> None:
    before = {c.code: c.count for c in _asked(at).facets["industry"]}
    after = {c.code: c.count for c in _asked(at, industry="H").facets["industry"]}
    assert before == after, "one's own filter is lifted while its choices are counted"


@pytest.mark.parametrize("facet", ["industry", "occupation", "employment_type", "area"])
def test_parts_add_up_to_the_whole(street: list[Vacancy], at: datetime, facet: str) -> None:
    found = _asked(at, pay_min=5000)
    assert sum(choice.count for choice in found.facets[facet]) == found.total


def test_alternatives_of_one_filter_are_joined_and_filters_are_met_together(
    street: list[Vacancy], at: datetime
) -> None:
    assert _asked(at, industry="H,I").total == 8
    assert _asked(at, industry=["H", "I"]).total == 8
    assert _asked(at, industry="H", employment_type="PART_TIME").total == 2


def test_a_group_of_occupations_holds_what_lies_under_it(street: list[Vacancy], at: datetime) -> None:
    assert _asked(at, occupation="4").total == 8
    assert _asked(at, occupation="4-13").total == 4
    assert _asked(at, occupation="4-1").total == 0, "4-1 is no group"


def test_no_degree_shows_only_what_asks_for_none(street: list[Vacancy], at: datetime) -> None:
    found = _asked(at, no_degree="1")
    assert {row.education for row, _m in found.rows()} == {None}


def test_pay_to_be_agreed_is_not_promised_to_whoever_wants_a_floor(cafe: Any, at: datetime) -> None:
    factories.vacancy(cafe, "面议", at=at, state="published", pay_min_fen=None, pay_max_fen=None)
    assert _asked(at).total == 1
    assert _asked(at, pay_min=1).total == 0


def test_daily_pay_is_compared_by_the_month(cafe: Any, at: datetime) -> None:
    factories.vacancy(
        cafe, "日结", at=at, state="published", pay_min_fen=30_000, pay_max_fen=30_000, pay_unit="day"
    )
    assert _asked(at, pay_min=6500).total == 1
    assert _asked(at, pay_min=6600).total == 0


def test_the_ring_and_the_list_agree_to_the_minute(street: list[Vacancy], at: datetime) -> None:
    found = search(VacancyQuery.parse({"from": HERE, "minutes": "15", "sort": "nearest"}), at=at)
    here = (121.4001, 31.2103)
    want = {
        row.pk for row in street if row.place and row.place.point
        and distance.walk_minutes(distance.metres(here, row.place.point)) <= 15
    }  # fmt: skip
    assert set(found.keys) == want and want
    assert list(found.minutes) == sorted(m for m in found.minutes if m is not None)
    for row, minutes in found.rows():
        assert row.place is not None and row.place.point is not None
        assert minutes == distance.walk_minutes(distance.metres(here, row.place.point))


def test_by_bicycle_one_gets_further_and_the_ring_says_how_far(street: list[Vacancy], at: datetime) -> None:
    here = (121.4001, 31.2103)
    points = {row.pk: row.place.point for row in street if row.place and row.place.point}
    for minutes in (3, 5, 10):
        want = {k for k, p in points.items() if distance.metres(here, p) <= distance.ride_reach_m(minutes)}
        assert set(_asked(at, **{"from": HERE, "ride": minutes}).keys) == want and want
    assert _asked(at, **{"from": HERE, "ride": 5}).total > _asked(at, **{"from": HERE, "minutes": 5}).total


def test_whoever_names_feet_and_bicycle_wants_both(street: list[Vacancy], at: datetime) -> None:
    both = _asked(at, **{"from": HERE, "minutes": 15, "ride": 3})
    assert set(both.keys) == set(_asked(at, **{"from": HERE, "ride": 3}).keys)
    on_foot = set(_asked(at, **{"from": HERE, "minutes": 5, "ride": 60}).keys)
    assert on_foot == set(_asked(at, **{"from": HERE, "minutes": 5}).keys)


def test_what_is_on_no_map_comes_last_when_sorted_by_distance(street: list[Vacancy], at: datetime) -> None:
    found = search(VacancyQuery.parse({"from": HERE, "sort": "nearest"}), at=at)
    assert found.total == 12
    assert found.minutes[-3:] == (None, None, None)


def test_titles_come_before_texts(cafe: Any, at: datetime) -> None:
    told = factories.vacancy(cafe, "店员", at=at, state="published", content="会做咖啡")
    titled = factories.vacancy(
        cafe, "咖啡师", at=at, state="published", content="制作饮品", published_at=at - timedelta(days=9)
    )
    assert _asked(at, q="咖啡").keys == (titled.pk, told.pk)
    assert _asked(at, q="咖啡", sort="newest").keys == (told.pk, titled.pk)


def test_the_newest_stand_first_and_pay_sorts_downwards(street: list[Vacancy], at: datetime) -> None:
    assert list(_asked(at).keys) == [row.pk for row in street]
    assert list(_asked(at, sort="pay").keys) == [row.pk for row in reversed(street)]


def test_scores_order_only_when_asked_and_given(street: list[Vacancy], at: datetime) -> None:
    scores = {street[7].pk: 0.9, street[3].pk: 0.4}
    match = VacancyQuery.parse({"sort": "match"})
    assert search(match, at=at, scores=scores).keys[:2] == (street[7].pk, street[3].pk)
    assert search(match, at=at).keys == search(VacancyQuery(), at=at).keys


def test_pages_hold_everything_once(street: list[Vacancy], at: datetime) -> None:
    seen = [key for page in (1, 2, 3) for key in _asked(at, page=page, size=5).keys]
    assert sorted(seen) == sorted(row.pk for row in street)
    assert _asked(at, page=9, size=5).keys == ()
    assert _asked(at, size=5).pages == 3


def test_the_map_shows_what_the_list_holds(street: list[Vacancy], at: datetime) -> None:
    query = VacancyQuery.parse({"pay_min": "5000"})
    for radius in (90, 180, 360):
        cells, found = on_map(query, radius, at=at), search(query, at=at)
        assert cells.openings.sum() + cells.elsewhere_openings + cells.unplaced_openings == found.openings
        for q, r, n in zip(cells.q, cells.r, cells.vacancies, strict=True):
            assert _asked(at, pay_min=5000, cell=f"{radius}:{q}:{r}").total == n


def test_expired_and_future_ones_are_not_there_without_any_event(cafe: Any, at: datetime) -> None:
    row = factories.vacancy(cafe, "短期", at=at, state="published", valid_until=at.date())
    early = factories.vacancy(
        cafe, "未来", at=at, state="published", valid_from=at.date() + timedelta(days=2)
    )
    assert _asked(at).keys == (row.pk,)
    assert _asked(at + timedelta(days=1)).keys == ()
    assert _asked(at + timedelta(days=2)).keys == (early.pk,)


def test_midnight_is_midnight_here(cafe: Any, at: datetime) -> None:
    """An hour after midnight in Shanghai is still yesterday in Greenwich."""
    factories.vacancy(cafe, "今天到期", at=at, state="published", valid_until=at.date())
    late = at.replace(hour=23, minute=30)
    assert _asked(late).total == 1
    assert _asked(late + timedelta(hours=1)).total == 0


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"page": "0"}, "page"), ({"page": "x"}, "page"), ({"page": "9" * 30}, "page"),
        ({"size": "101"}, "size"),
        ({"sort": "id_number"}, "sort"), ({"education": "10"}, "education"), ({"pay_min": "-1"}, "pay_min"),
        ({"from": "121.4"}, "from"), ({"from": "nan,31"}, "from"), ({"minutes": "15"}, "from"),
        ({"ride": "15"}, "from"), ({"from": "121.4,31.2", "ride": "241"}, "ride"),
        ({"sort": "nearest"}, "from"), ({"cell": "90:1"}, "cell"), ({"cell": "91:0:0"}, "cell"),
        ({"industry": "'; DROP"}, "industry"), ({"q": "长" * 81}, "q"), ({"q": "a\x00b"}, "q"),
        ({"page": "1001", "size": "100"}, "page"), ({"posted_days": "²"}, "posted_days"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_by_name(params: dict[str, str], field: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        VacancyQuery.parse(params)
    assert refused.value.field == field
    assert refused.value.sentence


def test_a_query_can_be_written_back_into_an_address() -> None:
    given = {
        "q": "咖啡 店", "industry": ["H", "I"], "from": "121.400100,31.210300", "minutes": "15",
        "ride": "6", "no_degree": "1", "cell": "90:1:-2", "sort": "nearest", "page": "3",
    }  # fmt: skip
    query = VacancyQuery.parse(given)
    assert VacancyQuery.parse(query.to_params()) == query
    assert "page" not in query.address(industry="G")
    assert "minutes" not in query.address(minutes=None)


def _asked(at: datetime, **params: Any) -> Any:
    return search(
        VacancyQuery.parse({k: v if isinstance(v, list) else str(v) for k, v in params.items()}), at=at
    )
