"""A published vacancy meets people, a changed seeker meets vacancies, and what is closed or unwanted goes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import factories
from yuanmeng.core import events
from yuanmeng.people.models import Consent
from yuanmeng.recommend import door, engine
from yuanmeng.recommend.models import Likeness, ModelVersion, Suggestion
from yuanmeng.seekers.models import register


@pytest.fixture
def trained(town: Any, at: datetime) -> Any:
    """The town after its first build."""
    door.train(at=at)
    return town


def publish(of: Any, title: str, at: datetime, **facts: Any) -> Any:
    row = factories.vacancy(of, title, at=at, state="published", **facts)
    events.tell("vacancy.published", row, by=None, at=at)
    return row


def titles(suggested: list[Any]) -> list[str]:
    return [line.vacancy.title for line in suggested]


def test_nothing_is_read_before_the_first_build(town: Any, at: datetime) -> None:
    publish(town.cafe, "保洁员", at)
    assert door.catch_up(at=at) == 0
    assert not Suggestion.objects.exists()


def test_a_published_vacancy_meets_people_at_once(trained: Any, at: datetime) -> None:
    job = publish(trained.cafe, "保洁员", at, occupation_code="4-13", content="负责店内保洁", requirements="")
    assert door.catch_up(at=at) == 1
    first = door.suggest_vacancies(trained.li, at=at)[0]
    assert first.vacancy == job
    assert len(first.reasons) == 3
    assert first.suggestion is not None and first.suggestion.model_version == ModelVersion.objects.get()


def test_the_same_news_twice_makes_no_second_row(trained: Any, at: datetime) -> None:
    job = publish(trained.cafe, "保洁员", at)
    events.tell("vacancy.published", job, by=None, at=at)
    door.catch_up(at=at)
    assert Suggestion.objects.filter(vacancy=job, seeker=trained.li).count() == 1
    assert door.catch_up(at=at) == 0


def test_a_closed_vacancy_goes_from_every_list(trained: Any, at: datetime) -> None:
    assert "咖啡师" in titles(door.suggest_vacancies(trained.li, at=at))
    trained.barista.close("filled", by=trained.hu, at=at)
    assert door.suggest_vacancies(trained.li, at=at) == []  # at once: the list asks whether it is open
    door.catch_up(at=at)
    assert not Suggestion.objects.filter(vacancy=trained.barista).exists()


def test_a_vacancy_that_ends_by_date_is_not_shown_the_day_after(trained: Any, at: datetime) -> None:
    later = at + timedelta(days=60)
    assert door.suggest_vacancies(trained.li, at=later) == []


def test_a_lapsed_organisation_takes_its_vacancies_along(trained: Any, at: datetime) -> None:
    trained.cafe.suspend(by=trained.wang, at=at, reason="复核")
    door.catch_up(at=at)
    assert not Suggestion.objects.filter(vacancy__organisation=trained.cafe).exists()


def test_a_changed_wish_changes_list_and_reasons(trained: Any, at: datetime) -> None:
    publish(
        trained.cafe,
        "数据分析师",
        at,
        occupation_code="2-02",
        content="用SQL和Python分析销售数据",
        education=7,
    )
    door.catch_up(at=at)
    before = door.suggest_vacancies(trained.zhou, at=at)
    assert titles(before)[0] == "数据分析师"
    trained.zhou.change(
        by=trained.chen, at=at, wanted_text="咖啡师", skills=["咖啡拉花"], pay_floor_fen=600_000
    )
    door.catch_up(at=at)
    after = door.suggest_vacancies(trained.zhou, at=at)
    assert titles(after)[0] == "咖啡师"
    assert after[0].reasons != before[0].reasons


def test_a_new_seeker_is_matched(trained: Any, at: datetime) -> None:
    who = factories.person("王小明", at=at, birth_year=1999)
    seeker = register(who, by=None, at=at, channel="desk", wanted_text="咖啡师", education=6)
    door.catch_up(at=at)
    assert [line.vacancy for line in door.suggest_vacancies(seeker, at=at)] == [trained.barista]
    assert door.suggest_vacancies(seeker, at=at)[0].is_personal


def test_who_found_work_is_suggested_nowhere(trained: Any, at: datetime) -> None:
    trained.li.start_work(by=trained.chen, at=at)
    door.catch_up(at=at)
    assert not Suggestion.objects.filter(seeker=trained.li).exists()


def test_a_hidden_employer_is_gone_at_once(trained: Any, at: datetime) -> None:
    agree(trained.li, at)
    trained.li.hide_from(trained.cafe, by=trained.chen, at=at)
    assert not any(line.is_personal for line in door.suggest_vacancies(trained.li, at=at))
    assert door.suggest_people(trained.barista, at=at) == []
    door.catch_up(at=at)
    assert not Suggestion.objects.filter(seeker=trained.li).exists()


def test_an_employer_sees_only_who_agreed(trained: Any, at: datetime) -> None:
    assert door.suggest_people(trained.barista, at=at) == []
    consent = agree(trained.li, at)
    assert [line.seeker for line in door.suggest_people(trained.barista, at=at)] == [trained.li]
    consent.withdraw(at=at)
    assert door.suggest_people(trained.barista, at=at) == []


def test_an_officer_sees_all_who_want_suggestions(trained: Any, at: datetime) -> None:
    lines = door.suggest_people(trained.barista, at=at, reader="officer")
    assert {line.seeker for line in lines} == {trained.li, trained.zhou}


def test_another_process_is_noticed(trained: Any, at: datetime) -> None:
    """Two workers share one bookmark: what one has read, the other finds in its engine too."""
    job = publish(trained.cafe, "保洁员", at)
    mine = engine.full(at.date())
    events.skip_to_end(engine.READER)  # the other worker handled it
    theirs = engine.full(at.date())
    assert mine is not theirs and theirs is not None
    assert job.uid in theirs.matcher.town.jobs.slot


def test_similar_vacancies_stand_beside_a_vacancy(trained: Any, at: datetime) -> None:
    twin = publish(trained.cafe, "资深咖啡师", at)
    door.catch_up(at=at)
    assert door.similar(twin, at=at) == [trained.barista]
    trained.barista.pause(by=trained.hu, at=at)
    assert door.similar(twin, at=at) == []
    assert Likeness.objects.filter(vacancy=twin).exists()


def agree(seeker: Any, at: datetime) -> Consent:
    return Consent.objects.create(
        person=seeker.person, purpose="suggested_to_employers", text_version="1", channel="desk", given_at=at
    )
