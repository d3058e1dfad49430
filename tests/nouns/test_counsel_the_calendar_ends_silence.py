from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from yuanmeng.applications import messages
from yuanmeng.applications.models import Application
from yuanmeng.core.models import EventRow
from yuanmeng.counsel import readers, timers
from yuanmeng.counsel.models import FollowUp
from yuanmeng.vacancies.models import Vacancy


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Path:
    settings.OUTBOX = tmp_path / "outbox.jsonl"
    return settings.OUTBOX


@pytest.fixture
def sent(town: Any, at: datetime) -> Application:
    town.barista.valid_until = at.date() + timedelta(days=120)
    town.barista.verified_at = at + timedelta(days=365)
    town.barista.save()
    return Application.submit(
        seeker=town.li, vacancy=town.barista, via="phone_web", by=town.hu, at=at, consent_text="同意",
        consent_version="1",
    )  # fmt: skip


def _said(outbox: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in outbox.read_text("utf-8").splitlines()] if outbox.exists() else []


def test_nothing_happens_in_the_first_week(sent: Application, at: datetime) -> None:
    assert timers.keep_time(at + timedelta(days=6, hours=23)) == {}


def test_after_seven_days_the_employer_is_reminded_once(sent: Application, at: datetime) -> None:
    assert timers.keep_time(at + timedelta(days=7)) == {"reminded": 1}
    assert timers.keep_time(at + timedelta(days=7, hours=5)) == {}
    assert timers.keep_time(at + timedelta(days=8)) == {}
    assert EventRow.objects.filter(kind="application.reminded").count() == 1


def test_one_message_a_day_names_the_number_and_nobody(
    sent: Application, town: Any, at: datetime, outbox: Path
) -> None:
    town.cafe.contact_phone = "12099990000"
    town.cafe.save()
    Application.submit(
        seeker=town.zhou, vacancy=town.barista, via="phone_web", by=town.hu, at=at, consent_text="同意",
        consent_version="1",
    )  # fmt: skip
    messages.read_news()
    assert timers.keep_time(at + timedelta(days=7)) == {"reminded": 2}
    messages.read_news()
    said = _said(outbox)
    assert [(m["to"], m["kind"]) for m in said] == [("12099990000", "employer_reminder")]
    assert "2" in said[0]["text"]
    assert town.li.person.name not in said[0]["text"]


def test_after_fourteen_days_it_is_on_the_counsellors_list_once(sent: Application, at: datetime) -> None:
    timers.keep_time(at + timedelta(days=14))
    timers.keep_time(at + timedelta(days=15))
    todo = FollowUp.objects.get(kind="silent_application")
    assert (todo.application, todo.due_on) == (sent, (at + timedelta(days=14)).date())


def test_two_weeks_on_one_to_do_about_it_is_enough(sent: Application, at: datetime) -> None:
    readers.read_news()
    timers.keep_time(at + timedelta(days=14))
    assert [todo.kind for todo in FollowUp.objects.open()] == ["silent_application"]


def test_after_thirty_days_it_ends_with_a_courteous_message(
    sent: Application, at: datetime, outbox: Path
) -> None:
    timers.keep_time(at + timedelta(days=14))
    assert timers.keep_time(at + timedelta(days=30))["expired"] == 1
    sent.refresh_from_db()
    assert (sent.state, sent.reason) == ("expired", "silent")
    readers.read_news()
    assert not FollowUp.objects.open().filter(kind="silent_application").exists()
    messages.read_news()
    [said] = [m for m in _said(outbox) if m["kind"] == "application_expired"]
    assert said["to"] == sent.seeker.person.phone
    assert sent.vacancy.title in said["text"]
    assert timers.keep_time(at + timedelta(days=31)).get("expired") is None


def test_an_answer_stops_the_clock(sent: Application, town: Any, at: datetime) -> None:
    sent.invite(by=town.hu, at=at, meeting_at=at + timedelta(days=2), meeting_place="店里")
    assert timers.keep_time(at + timedelta(days=40)) == {}


def test_an_invitation_reaches_the_seeker(sent: Application, town: Any, at: datetime, outbox: Path) -> None:
    sent.invite(by=town.hu, at=at, meeting_at=at + timedelta(days=2), meeting_place="娄山关路500号")
    assert messages.read_news() == 1
    [said] = _said(outbox)
    assert "娄山关路500号" in said["text"]
    assert messages.read_news() == 0


def test_a_carrier_that_fails_is_tried_again(
    sent: Application, town: Any, at: datetime, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(message: Any) -> None:
        raise OSError("gateway away")

    sent.invite(by=town.hu, at=at, meeting_at=at + timedelta(days=2), meeting_place="店里")
    with monkeypatch.context() as broken:
        broken.setattr(messages, "send", away)
        assert messages.read_news() == 0
    assert messages.read_news() == 1
    assert len(_said(outbox)) == 1


def test_old_news_is_not_sent_late(sent: Application, town: Any, at: datetime, outbox: Path) -> None:
    long_ago = at - timedelta(days=30)
    Application.objects.filter(pk=sent.pk).update(submitted_at=long_ago)
    sent.decline(by=town.hu, at=long_ago, reason="filled")
    assert messages.read_news() == 1
    assert _said(outbox) == []


def test_a_vacancy_is_rechecked_every_fourteen_days(town: Any, at: datetime) -> None:
    later = at + timedelta(days=14)
    assert timers.keep_time(later) == {"rechecks": 1}
    assert timers.keep_time(later + timedelta(days=3)) == {}
    todo = FollowUp.objects.get()
    assert (todo.vacancy, todo.organisation, todo.person) == (town.barista, town.cafe, None)
    todo.settle(by=town.chen, at=later)
    assert timers.keep_time(later + timedelta(days=13)) == {}
    assert timers.keep_time(later + timedelta(days=15)) == {"rechecks": 1}


def test_a_vacancy_ends_with_its_validity(town: Any, at: datetime) -> None:
    Vacancy.objects.update(verified_at=at + timedelta(days=365))
    last = town.barista.valid_until
    timers.keep_time(datetime.combine(last, at.timetz()))
    town.barista.refresh_from_db()
    assert town.barista.state == "published"
    timers.keep_time(datetime.combine(last, at.timetz()) + timedelta(days=1))
    town.barista.refresh_from_db()
    assert (town.barista.state, town.barista.close_reason) == ("closed", "expired")


def test_a_verification_that_ends_is_announced_then_pauses_the_vacancies(town: Any, at: datetime) -> None:
    town.barista.valid_until = at.date() + timedelta(days=300)
    town.barista.verified_at = at + timedelta(days=365)
    town.barista.save()
    end = town.cafe.valid_until
    noon = datetime.combine(end, at.timetz())
    timers.keep_time(noon - timedelta(days=30))
    town.cafe.refresh_from_db()
    assert town.cafe.state == "reverify_due"
    timers.keep_time(noon + timedelta(days=1))
    town.cafe.refresh_from_db()
    town.barista.refresh_from_db()
    assert (town.cafe.state, town.barista.state) == ("lapsed", "paused")
    assert timers.keep_time(noon + timedelta(days=1)) == {}


def test_one_bad_row_does_not_stop_the_clock(
    town: Any, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody answers in the moment between reading and moving: that row is left, the others go on."""
    from yuanmeng.core.errors import MoveRefused

    for title in ("保洁员", "收银员"):
        factories.vacancy(
            town.cafe, title, at=at, state="published", valid_until=at.date() + timedelta(days=1)
        )
    real = Vacancy.note_time

    def moved_meanwhile(row: Vacancy, *, at: datetime) -> None:
        if row.title == "保洁员":
            raise MoveRefused("meanwhile")
        real(row, at=at)

    monkeypatch.setattr(Vacancy, "note_time", moved_meanwhile)
    assert timers.keep_time(at + timedelta(days=2))["vacancies"] == 1
