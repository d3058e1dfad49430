from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests import factories
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.core.models import EventRow
from yuanmeng.seekers.models import Seeker, register


def _told(kind: str) -> int:
    return EventRow.objects.filter(kind=kind).count()


def test_sixteen_today_may_register_fifteen_may_not(db: Any, at: datetime) -> None:
    today = at.date()
    sixteen = factories.person("十六", at=at, birth_on=today.replace(year=today.year - 16))
    fifteen = factories.person("十五", at=at, birth_on=date(today.year - 16, today.month, today.day + 1))
    assert register(sixteen, by=None, at=at, channel="desk").state == "active"
    with pytest.raises(Refused):
        register(fifteen, by=None, at=at, channel="desk")
    assert not Seeker.objects.filter(person=fifteen).exists()


def test_from_a_birth_year_alone_the_benefit_of_the_doubt_is_given(db: Any, at: datetime) -> None:
    maybe = factories.person("可能", at=at, birth_year=at.year - 16)
    surely_not = factories.person("不到", at=at, birth_year=at.year - 15)
    register(maybe, by=None, at=at, channel="desk")
    with pytest.raises(Refused):
        register(surely_not, by=None, at=at, channel="desk")


def test_registering_again_returns_the_registration_that_stands(db: Any, at: datetime, chen: Any) -> None:
    who = factories.person("吴一", at=at, birth_year=1990)
    first = register(who, by=chen, at=at, channel="desk", education=6)
    assert register(who, by=chen, at=at, channel="phone_web", education=4) == first
    first.refresh_from_db()
    assert (first.channel, first.education) == ("desk", 6)
    assert _told("seeker.registered") == 1


def test_a_change_that_changes_nothing_is_no_news(li: Any, chen: Any, at: datetime) -> None:
    assert not li.change(by=chen, at=at, wanted_text=li.wanted_text)
    assert li.change(by=chen, at=at, wanted_text="保洁", pay_floor_fen=450_000)
    assert EventRow.objects.get(kind="seeker.changed").payload == {"fields": ["pay_floor_fen", "wanted_text"]}


def test_old_resume_versions_stay_as_they_were(li: Any, chen: Any, at: datetime) -> None:
    first = li.write_resume("做过保洁", by=chen, at=at)
    second = li.write_resume("做过保洁和帮厨", by=chen, at=at)
    assert li.write_resume("做过保洁和帮厨", by=chen, at=at) == second
    assert [row.text for row in li.resumes.order_by("version")] == [first.text, second.text]
    assert li.resume == second


def test_switching_recommendations_off_is_told_to_the_engine(li: Any, chen: Any, at: datetime) -> None:
    li.set_recommendations(False, by=chen, at=at)
    assert not Seeker.objects.may_be_suggested().filter(pk=li.pk).exists()
    assert Seeker.objects.looking().filter(pk=li.pk).exists()
    li.set_recommendations(False, by=chen, at=at)
    assert _told("seeker.recommendations_off") == 1


def test_who_withdrew_may_come_back_who_is_archived_may_not(li: Any, chen: Any, at: datetime) -> None:
    li.withdraw(by=chen, at=at)
    assert not Seeker.objects.looking().filter(pk=li.pk).exists()
    li.come_back(by=chen, at=at)
    assert li.state == "active"
    Seeker.objects.filter(pk=li.pk).update(state="archived")
    li.refresh_from_db()
    with pytest.raises(MoveRefused):
        li.come_back(by=chen, at=at)


def test_there_is_no_column_for_what_must_never_matter() -> None:
    names = {field.name for field in Seeker._meta.get_fields()}
    assert not names & {"sex", "marriage", "marital", "hukou", "health", "ethnicity", "religion"}
