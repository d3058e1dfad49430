"""A no with its reason moves the list at once, is visible, can be taken back, and goes with the switch."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from yuanmeng.recommend import door, leaning
from yuanmeng.recommend.models import Answer, Impression, Suggestion, Where

NEAR, FAR = (121.4025, 31.2107), (121.46, 31.235)


@pytest.fixture
def street(town: Any, at: datetime) -> SimpleNamespace:
    """小周 among six vacancies that differ in pay, way, hours, work and employer."""
    place, away = factories.place(lon=NEAR[0], lat=NEAR[1]), factories.place("远处1号", *FAR)
    other = factories.employer("上海乙样例超市有限公司（示例）", at=at)
    shop = {"occupation_code": "4-01", "content": "收银理货", "requirements": ""}
    made = {
        "far": factories.vacancy(town.cafe, "数据专员甲", at=at, state="published", place=away),
        "near": factories.vacancy(town.cafe, "数据专员乙", at=at, state="published", place=place),
        "poor": factories.vacancy(other, "数据专员丙", at=at, state="published", place=place,
                                  pay_min_fen=500_000, pay_max_fen=600_000),
        "rich": factories.vacancy(other, "数据专员丁", at=at, state="published", place=place,
                                  pay_min_fen=900_000, pay_max_fen=1_100_000),
        "till": factories.vacancy(other, "收银员", at=at, state="published", place=place, **shop),
        "shelf": factories.vacancy(other, "理货员", at=at, state="published", place=place, **shop),
    }  # fmt: skip
    town.zhou.pay_floor_fen = None
    town.zhou.save()
    door.train(at=at)
    return SimpleNamespace(**made, zhou=town.zhou, at=at, by=town.chen)


def titles(street: Any) -> list[str]:
    return [line.vacancy.title for line in door.suggest_vacancies(street.zhou, at=street.at)]


def decline(street: Any, vacancy: Any, reason: str) -> Suggestion:
    row = street.zhou.suggestions.get(vacancy=vacancy)
    door.answer(row, Answer.DECLINED, by=street.by, at=street.at, reason=reason)
    return row


def score(street: Any, vacancy: Any) -> float:
    return street.zhou.suggestions.get(vacancy=vacancy).score


def test_pay_raises_what_pay_weighs_and_the_least_taken(street: Any) -> None:
    apart = score(street, street.rich) - score(street, street.near)
    decline(street, street.poor, "pay")
    now = door.leaning_of(street.zhou, at=street.at)
    assert now.weights == {"pay": 1.6}
    assert now.pay_floor_fen_month == 550_000
    assert "数据专员丙" not in titles(street)
    assert score(street, street.rich) - score(street, street.near) > apart


def test_a_way_too_long_shortens_the_way(street: Any) -> None:
    assert "数据专员甲" in titles(street)
    twin = factories.vacancy(street.near.organisation, "数据专员戊", at=street.at, state="published",
                             place=street.far.place)  # fmt: skip
    door.train(at=street.at)
    assert "数据专员戊" in titles(street)
    decline(street, street.far, "commute")
    assert twin.title not in titles(street)
    assert "数据专员乙" in titles(street)


def test_other_work_wanted_lowers_the_same_work(street: Any) -> None:
    before = score(street, street.shelf)
    decline(street, street.till, "work")
    assert score(street, street.shelf) == pytest.approx(before * leaning.LOWER, rel=1e-4)
    assert titles(street)[-1] == "理货员"


def test_not_this_employer_takes_all_its_vacancies(street: Any) -> None:
    row = decline(street, street.poor, "employer")
    assert {"数据专员丁", "收银员", "理货员"}.isdisjoint(titles(street))
    assert not street.zhou.hidden_organisations.exists()  # the employer may still be asked for by name
    door.bring_back(row, by=street.by, at=street.at)
    door.catch_up(at=street.at)
    assert {"数据专员丁", "收银员", "理货员", "数据专员丙"} <= set(titles(street))


def test_another_reason_takes_that_one_alone(street: Any) -> None:
    before = titles(street)
    decline(street, street.near, "other")
    assert titles(street) == [title for title in before if title != "数据专员乙"]
    assert door.leaning_of(street.zhou, at=street.at) == leaning.NONE


def test_hours_that_do_not_suit_stand_lower(street: Any, at: datetime) -> None:
    for row in (street.till, street.shelf):
        row.shift = "夜班"
        row.save()
    door.train(at=at)
    before = score(street, street.shelf)
    decline(street, street.till, "hours")
    assert score(street, street.shelf) == pytest.approx(before * leaning.LOWER, rel=1e-3)


def test_bringing_back_undoes_it_exactly(street: Any) -> None:
    before = [(r.vacancy.title, r.score) for r in door.suggest_vacancies(street.zhou, at=street.at)]
    row = decline(street, street.far, "commute")
    assert list(door.declined(street.zhou)) == [row]
    door.bring_back(row, by=street.by, at=street.at)
    door.catch_up(at=street.at)
    after = [(r.vacancy.title, r.score) for r in door.suggest_vacancies(street.zhou, at=street.at)]
    assert after == before
    assert not door.declined(street.zhou)


def test_the_worker_comes_to_the_same_list(street: Any) -> None:
    decline(street, street.poor, "pay")
    at_once = [(r.vacancy.pk, r.score, r.reasons) for r in door.suggest_vacancies(street.zhou, at=street.at)]
    assert door.catch_up(at=street.at) == 1
    later = [(r.vacancy.pk, r.score, r.reasons) for r in door.suggest_vacancies(street.zhou, at=street.at)]
    assert later == at_once


def test_the_nightly_build_keeps_the_leaning(street: Any) -> None:
    decline(street, street.till, "work")
    before = score(street, street.shelf) / score(street, street.near)
    door.train(at=street.at)
    assert score(street, street.shelf) / score(street, street.near) == pytest.approx(before, rel=1e-4)


def test_the_contributions_stay_exact(street: Any) -> None:
    before = street.zhou.suggestions.get(vacancy=street.shelf)
    decline(street, street.till, "work")
    after = street.zhou.suggestions.get(vacancy=street.shelf)
    for old, new in zip(before.reasons, after.reasons, strict=True):
        assert new["contribution"] == pytest.approx(old["contribution"] * leaning.LOWER, abs=2e-6)


def test_impressions_are_written_once_with_their_place(street: Any) -> None:
    first = titles(street)
    titles(street)
    rows = Impression.objects.filter(seeker=street.zhou).order_by("position")
    assert [row.vacancy.title for row in rows] == first
    assert [row.position for row in rows] == list(range(1, len(first) + 1))
    assert {row.where for row in rows} == {Where.OWN}
    door.suggest_vacancies(street.zhou, at=street.at, reader="officer")
    assert Impression.objects.count() == len(first)


def test_the_switch_deletes_answers_leaning_and_labels(street: Any) -> None:
    titles(street)
    decline(street, street.poor, "pay")
    street.zhou.set_recommendations(False, by=street.by, at=street.at)
    assert door.leaning_of(street.zhou, at=street.at) == leaning.NONE  # at once, before the worker comes
    assert not door.declined(street.zhou)
    door.catch_up(at=street.at)
    assert not Impression.objects.exists()
    assert not Suggestion.objects.filter(seeker=street.zhou).exists()
    door.suggest_vacancies(street.zhou, at=street.at)
    assert not Impression.objects.exists()


def test_the_floor_rises_by_a_third_of_what_was_said_at_most(street: Any) -> None:
    street.zhou.change(by=street.by, at=street.at, pay_floor_fen=600_000)
    door.catch_up(at=street.at)
    decline(street, street.rich, "pay")
    assert door.leaning_of(street.zhou, at=street.at).pay_floor_fen_month == 780_000


def test_limits_that_shut_everything_out_are_named(street: Any) -> None:
    street.zhou.change(by=street.by, at=street.at, commute_max_minutes=1, pay_floor_fen=None)
    found = door.why_few(street.zhou, at=street.at)
    assert [(one.limit, one.value, one.more) for one in found] == [("commute", 30, 2)]
    street.zhou.change(by=street.by, at=street.at, commute_max_minutes=None, pay_floor_fen=2_000_000)
    [pay] = door.why_few(street.zhou, at=street.at)
    assert (pay.limit, pay.more) == ("pay", 6)
    assert pay.value is not None and pay.value <= 1_500_000


def test_an_empty_profile_gets_the_newest(street: Any, at: datetime) -> None:
    nobody = factories.seeker("吴言", at=at, home_lon=None, home_lat=None, education=None)
    lines = door.suggest_vacancies(nobody, at=at)
    assert lines and not any(line.is_personal for line in lines)
    assert door.missing_fields(nobody, at=at)


def test_a_vacancy_whose_places_are_taken_is_not_suggested(street: Any, at: datetime) -> None:
    from yuanmeng.applications.models import Application

    street.near.openings = 1
    street.near.save()
    lucky = factories.seeker("钱来", at=at)
    row = Application.submit(seeker=lucky, vacancy=street.near, via="phone_web", by=street.by, at=at,
                             consent_text="同意", consent_version="1")  # fmt: skip
    row.hire(by=street.by, at=at)
    assert "数据专员乙" not in titles(street)
    door.train(at=at)
    assert not Suggestion.objects.filter(vacancy=street.near, answer="").exists()
