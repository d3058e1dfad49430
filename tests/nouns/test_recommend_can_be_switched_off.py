"""The switch 不按个人特征推荐: tags gone, newest first, two different people get one order (PIPL 24)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import factories
from yuanmeng.core import events
from yuanmeng.recommend import door, engine
from yuanmeng.recommend.models import Suggestion


@pytest.fixture
def trained(town: Any, at: datetime) -> Any:
    for n, title in enumerate(["保洁员", "数据分析师", "厨房帮工", "会计", "收银员"]):
        factories.vacancy(town.cafe, title, at=at - timedelta(hours=n + 1), state="published")
    door.train(at=at)
    return town


def test_two_people_get_one_order(trained: Any, at: datetime) -> None:
    personal = [
        [line.vacancy.pk for line in door.suggest_vacancies(who, at=at)] for who in (trained.li, trained.zhou)
    ]
    assert personal[0] != personal[1]
    for who in (trained.li, trained.zhou):
        who.set_recommendations(False, by=trained.chen, at=at)
    lists = [door.suggest_vacancies(who, at=at) for who in (trained.li, trained.zhou)]
    assert [line.vacancy.pk for line in lists[0]] == [line.vacancy.pk for line in lists[1]]
    assert [line.vacancy.title for line in lists[0]][:3] == ["咖啡师", "保洁员", "数据分析师"]  # newest first
    assert not any(line.is_personal or line.reasons or line.score for lines in lists for line in lines)


def test_all_tags_and_suggestions_are_gone(trained: Any, at: datetime) -> None:
    assert door.tags(trained.li, at=at)["skills"]
    Suggestion.objects.filter(seeker=trained.li).first().agree(by=trained.chen, at=at)  # type: ignore[union-attr]
    trained.li.set_recommendations(False, by=trained.chen, at=at)
    door.catch_up(at=at)
    assert door.tags(trained.li, at=at) == {}
    assert not Suggestion.objects.filter(seeker=trained.li).exists()
    held = engine.full(at.date())
    assert held is not None and trained.li.uid not in held.matcher.town.people.slot


def test_no_employer_and_no_officer_is_shown_the_person(trained: Any, at: datetime) -> None:
    trained.li.set_recommendations(False, by=trained.chen, at=at)
    lines = door.suggest_people(trained.barista, at=at, reader="officer")
    assert trained.li not in [line.seeker for line in lines]
    assert door.explain(trained.li, trained.barista, at=at).score is None


def test_new_vacancies_do_not_find_the_person(trained: Any, at: datetime) -> None:
    trained.li.set_recommendations(False, by=trained.chen, at=at)
    job = factories.vacancy(trained.cafe, "保洁领班", at=at, state="published")
    events.tell("vacancy.published", job, by=None, at=at)
    door.catch_up(at=at)
    door.train(at=at)
    assert not Suggestion.objects.filter(seeker=trained.li).exists()


def test_switched_on_again_suggestions_come_back(trained: Any, at: datetime) -> None:
    trained.li.set_recommendations(False, by=trained.chen, at=at)
    door.catch_up(at=at)
    trained.li.set_recommendations(True, by=trained.chen, at=at)
    door.catch_up(at=at)
    assert all(line.is_personal for line in door.suggest_vacancies(trained.li, at=at))
