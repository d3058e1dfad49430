"""An employer who is silent about a vacancy is asked after 30 days; after 90 it is paused."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from yuanmeng.applications import messages
from yuanmeng.core.errors import MoveRefused
from yuanmeng.core.models import EventRow, Step
from yuanmeng.counsel import rechecks, timers
from yuanmeng.counsel.models import FollowUp
from yuanmeng.vacancies.models import Vacancy, reason_in_words


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Path:
    settings.OUTBOX = tmp_path / "outbox.jsonl"
    return settings.OUTBOX


@pytest.fixture
def standing(town: Any, at: datetime) -> Vacancy:
    """A vacancy that stays valid for long, of an organisation whose verification does too."""
    town.cafe.valid_until = (at + timedelta(days=300)).date()
    town.cafe.contact_phone = "12099990000"
    town.cafe.save()
    town.barista.valid_until = (at + timedelta(days=200)).date()
    town.barista.save()
    return town.barista


def asked() -> int:
    return EventRow.objects.filter(kind="freshness.asked").count()


def test_nobody_is_asked_before_thirty_days(standing: Vacancy, at: datetime) -> None:
    timers.keep_time(at + timedelta(days=29))
    assert asked() == 0


def test_after_thirty_days_the_employer_is_asked_once(standing: Vacancy, at: datetime) -> None:
    assert timers.keep_time(at + timedelta(days=30))["asked"] == 1
    assert "asked" not in timers.keep_time(at + timedelta(days=31))
    assert "asked" not in timers.keep_time(at + timedelta(days=60))


def test_one_message_says_how_many_and_names_nobody(
    standing: Vacancy, town: Any, at: datetime, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.vacancy(town.cafe, "店长", at=at, state="published", valid_until=standing.valid_until)
    later = at + timedelta(days=30)
    monkeypatch.setattr(messages.timezone, "now", lambda: later)
    assert timers.keep_time(later)["asked"] == 2
    messages.read_news()
    [said] = [json.loads(line) for line in outbox.read_text("utf-8").splitlines()]
    assert (said["to"], said["kind"]) == ("12099990000", "employer_reminder")
    assert "2" in said["text"] and "90" in said["text"]


def test_who_confirmed_before_the_message_went_out_hears_nothing(
    standing: Vacancy, town: Any, at: datetime, outbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = at + timedelta(days=30)
    monkeypatch.setattr(messages.timezone, "now", lambda: later)
    timers.keep_time(later)
    standing.confirm(by=town.hu, at=later)
    messages.read_news()
    assert not outbox.exists()


def test_a_word_of_the_employer_starts_the_thirty_days_anew(
    standing: Vacancy, town: Any, at: datetime
) -> None:
    timers.keep_time(at + timedelta(days=30))
    standing.confirm(by=town.hu, at=at + timedelta(days=31))
    assert "asked" not in timers.keep_time(at + timedelta(days=60))
    assert timers.keep_time(at + timedelta(days=61))["asked"] == 1


def test_after_ninety_days_of_silence_it_is_paused_and_says_why(standing: Vacancy, at: datetime) -> None:
    assert "stale" not in timers.keep_time(at + timedelta(days=89))
    assert timers.keep_time(at + timedelta(days=90))["stale"] == 1
    standing.refresh_from_db()
    last = Step.of(standing).last()
    assert (standing.state, last.note) == ("paused", "not_confirmed")
    assert "90" in reason_in_words(last.note)


def test_publishing_it_again_is_a_word_too(standing: Vacancy, town: Any, at: datetime) -> None:
    timers.keep_time(at + timedelta(days=90))
    standing.refresh_from_db()
    standing.resume(by=town.hu, at=at + timedelta(days=91))
    assert "stale" not in timers.keep_time(at + timedelta(days=92))


def test_a_confirmed_vacancy_is_not_called_about(standing: Vacancy, town: Any, at: datetime) -> None:
    timers.keep_time(at + timedelta(days=14))
    assert FollowUp.objects.open().filter(kind="vacancy_recheck").count() == 1
    standing.confirm(by=town.hu, at=at + timedelta(days=14, hours=1))
    assert timers.keep_time(at + timedelta(days=14, hours=2)) == {"answered": 1}
    assert not FollowUp.objects.open().filter(kind="vacancy_recheck").exists()


def test_a_closed_vacancy_is_not_called_about(standing: Vacancy, town: Any, at: datetime) -> None:
    timers.keep_time(at + timedelta(days=14))
    standing.close("filled", by=town.hu, at=at + timedelta(days=14, hours=1))
    timers.keep_time(at + timedelta(days=14, hours=2))
    assert not FollowUp.objects.open().filter(kind="vacancy_recheck").exists()


def test_what_a_counsellor_heard_by_telephone_is_a_word_of_the_employer(
    standing: Vacancy, town: Any, at: datetime
) -> None:
    later = at + timedelta(days=14)
    timers.keep_time(later)
    rechecks.record(FollowUp.objects.get(kind="vacancy_recheck"), "still_open", by=town.chen, at=later)
    standing.refresh_from_db()
    assert standing.verified_at == later
    assert EventRow.objects.filter(kind="freshness.confirmed", object_uid=standing.uid).count() == 1


def test_what_is_over_cannot_be_confirmed(standing: Vacancy, town: Any, at: datetime) -> None:
    standing.close("filled", by=town.hu, at=at)
    with pytest.raises(MoveRefused):
        standing.confirm(by=town.hu, at=at)
