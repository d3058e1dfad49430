"""The desk reads the news once and makes of it what somebody has to do."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests import factories
from yuanmeng.applications.models import Application, Placement, Referral
from yuanmeng.core.models import Bookmark
from yuanmeng.counsel import readers
from yuanmeng.counsel.models import FollowUp, ServiceRecord, Shift
from yuanmeng.seekers.models import register
from yuanmeng.vacancies.models import Report


def _apply(town: Any, at: datetime, **facts: Any) -> Application:
    defaults = {"via": "phone_web", "by": town.hu, "consent_text": "同意", "consent_version": "1"}
    return Application.submit(seeker=town.li, vacancy=town.barista, at=at, **{**defaults, **facts})


def _kinds() -> list[str]:
    return list(FollowUp.objects.open().order_by("id").values_list("kind", flat=True))


@pytest.fixture
def sent(town: Any, at: datetime) -> Application:
    row = _apply(town, at)
    readers.read_news()
    return row


def test_an_application_becomes_a_to_do_and_a_ledger_row(sent: Application, town: Any, at: datetime) -> None:
    todo = FollowUp.objects.get()
    assert (todo.kind, todo.due_on, todo.person) == ("new_application", at.date(), town.li.person)
    assert todo.application == sent
    row = ServiceRecord.objects.get()
    assert (row.kind, row.result, row.channel) == ("application", "submitted", "phone_web")
    assert row.basis == f"consent:{sent.consent.uid}"


def test_reading_the_same_news_again_changes_nothing(sent: Application) -> None:
    Bookmark.objects.filter(reader=readers.NAME).delete()
    assert readers.read_news() > 0
    assert FollowUp.objects.count() == 1
    assert ServiceRecord.objects.count() == 1


def test_it_goes_to_whoever_is_on_duty(town: Any, at: datetime) -> None:
    town.li.owner = factories.member(
        "lao", "劳老师", town.chen.memberships.get().organisation, role="counsellor", at=at
    )
    town.li.save()
    Shift.objects.create(user=town.chen, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=5))
    _apply(town, at)
    readers.read_news()
    assert FollowUp.objects.get().assigned_to == town.chen


def test_it_goes_to_the_persons_own_counsellor_when_both_are_there(town: Any, at: datetime) -> None:
    own = factories.member(
        "lao", "劳老师", town.chen.memberships.get().organisation, role="counsellor", at=at
    )
    town.li.owner = own
    town.li.save()
    for user in (town.chen, own):
        Shift.objects.create(user=user, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=5))
    _apply(town, at)
    readers.read_news()
    assert FollowUp.objects.get().assigned_to == own


def test_it_goes_to_the_owner_when_nobody_is_on_duty(town: Any, at: datetime) -> None:
    town.li.owner = town.chen
    town.li.save()
    Shift.objects.create(user=town.chen, starts_at=at - timedelta(hours=9), ends_at=at)
    _apply(town, at)
    readers.read_news()
    assert FollowUp.objects.get().assigned_to == town.chen


def test_it_lies_on_the_common_pile_when_nobody_is_there(sent: Application, town: Any) -> None:
    assert FollowUp.objects.get().assigned_to is None
    assert FollowUp.objects.of(town.chen).count() == 1


def test_a_shift_without_a_live_membership_gives_no_work(town: Any, at: datetime) -> None:
    Shift.objects.create(user=town.chen, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=5))
    town.chen.memberships.get().end(on=at.date())
    _apply(town, at)
    readers.read_news()
    assert FollowUp.objects.get().assigned_to is None


def test_what_an_officer_sent_is_no_news_to_the_desk(town: Any, at: datetime) -> None:
    _apply(town, at, via="desk", by=town.chen, on_behalf_by=town.chen)
    readers.read_news()
    assert _kinds() == []
    assert ServiceRecord.objects.get().kind == "application"


def test_who_is_hired_is_asked_after_7_30_and_90_days(sent: Application, town: Any, at: datetime) -> None:
    sent.hire(by=town.hu, at=at)
    readers.read_news()
    checks = FollowUp.objects.open().filter(kind="retention").order_by("due_on")
    assert [todo.due_on - at.date() for todo in checks] == [timedelta(days=n) for n in (7, 30, 90)]
    assert Placement.objects.get().started_on == at.date()
    town.li.refresh_from_db()
    assert town.li.state == "placed"
    assert "new_application" not in _kinds()


def test_the_checks_count_from_the_first_day_of_work(sent: Application, town: Any, at: datetime) -> None:
    start = at.date() + timedelta(days=5)
    Placement.objects.create(application=sent, started_on=start, by=town.hu.actor_key, at=at)
    sent.hire(by=town.hu, at=at)
    readers.read_news()
    assert FollowUp.objects.filter(kind="retention").earliest("due_on").due_on == start + timedelta(days=7)


@pytest.mark.parametrize("verb, result", [("decline", "declined"), ("expire", "expired")])
def test_an_application_that_came_to_nothing_is_talked_about(
    sent: Application, town: Any, at: datetime, verb: str, result: str
) -> None:
    town.li.owner = town.chen
    town.li.save()
    if verb == "decline":
        sent.decline(by=town.hu, at=at, reason="skill")
    else:
        sent.expire(at=at)
    readers.read_news()
    assert _kinds() == ["contact_due"]
    assert ServiceRecord.objects.latest("seq").result == result


def test_who_took_it_back_is_left_in_peace(sent: Application, town: Any, at: datetime) -> None:
    town.li.owner = town.chen
    town.li.save()
    sent.withdraw(by=town.hu, at=at)
    readers.read_news()
    assert _kinds() == []
    assert ServiceRecord.objects.latest("seq").result == "withdrawn"


def test_a_registration_is_a_service(at: datetime, chen: Any) -> None:
    register(factories.person("吴一", at=at), by=chen, at=at, channel="desk")
    readers.read_news()
    row = ServiceRecord.objects.get()
    assert (row.kind, row.channel, row.by) == ("registration", "desk", chen.actor_key)


def test_a_report_lies_on_the_common_pile_today(town: Any, at: datetime) -> None:
    Report.make(town.barista, reason="fee", words="要交服装费", by=None, at=at)
    readers.read_news()
    todo = FollowUp.objects.get()
    assert (todo.kind, todo.vacancy, todo.assigned_to, todo.words) == (
        "report",
        town.barista,
        None,
        "要交服装费",
    )


def test_the_day_is_the_day_in_shanghai(town: Any, at: datetime) -> None:
    """Half past seven in Shanghai is still yesterday in Greenwich."""
    from datetime import UTC

    early = at.replace(hour=7, minute=30).astimezone(UTC)
    _apply(town, early)
    readers.read_news()
    assert FollowUp.objects.get().due_on == date(2026, 11, 25)


def test_a_seeker_erased_meanwhile_stops_nobody(town: Any, at: datetime) -> None:
    referral = Referral.propose(officer=town.chen, seeker=town.zhou, vacancy=town.barista, at=at)
    referral.delete()
    _apply(town, at)
    assert readers.read_news() == 2
    assert _kinds() == ["new_application"]


def test_when_the_employer_answers_nobody_has_to_look(sent: Application, town: Any, at: datetime) -> None:
    sent.see(by=town.hu, at=at)
    readers.read_news()
    assert _kinds() == ["new_application"]
    sent.invite(by=town.hu, at=at, meeting_at=at + timedelta(days=2), meeting_place="店里")
    readers.read_news()
    assert _kinds() == []
