"""A screen is in order only when it proves it: the manifest of now acknowledged, and heard a moment ago."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.nouns.signage import AUTHOR, approved, device, hung
from yuanmeng.oversight import kpis
from yuanmeng.oversight.kpis import Period
from yuanmeng.signage import hearing, issuing
from yuanmeng.signage.forgetting import forget_old
from yuanmeng.signage.health import health
from yuanmeng.signage.hearing import Play
from yuanmeng.signage.models import Device, Issued, UpSpan

pytestmark = pytest.mark.django_db


@pytest.fixture
def window(at: datetime) -> Device:
    """A window that does everything right."""
    row, _token = device(at=at - timedelta(days=1))
    hung(approved(at=at), at=at)
    made = issuing.issue(row, at=at)
    hearing.acknowledge(row, made.hash, said_at=at, at=at)
    hearing.beat(row, {"hash": made.hash, "fps": 60}, at=at)
    return Device.objects.get(pk=row.pk)


def said(row: Device, at: datetime) -> str:
    found = health(row, at)
    assert found.reason
    return found.condition


def test_all_is_well(window: Device, at: datetime) -> None:
    assert said(window, at + timedelta(seconds=89)) == "normal"


def test_silence_is_slow_and_then_dark(window: Device, at: datetime) -> None:
    assert said(window, at + timedelta(seconds=90)) == "slow"
    assert said(window, at + timedelta(minutes=5)) == "dark"
    assert "3" in health(window, at + timedelta(hours=3)).reason


def test_green_but_stale_is_not_green(window: Device, at: datetime) -> None:
    hung(approved("新内容", at=at), at=at)
    assert said(window, at) == "stale"
    made = issuing.issue(window, at=at)
    hearing.acknowledge(window, made.hash, said_at=at, at=at)
    assert said(window, at) == "normal"


def test_the_next_day_wants_the_manifest_of_that_day(window: Device, at: datetime) -> None:
    tomorrow = at + timedelta(days=1)
    hearing.beat(window, {"fps": 60}, at=tomorrow)
    assert said(window, tomorrow) == "stale"


@pytest.mark.parametrize(
    ("beat", "condition"),
    [
        ({"fault": "webgl_lost"}, "faulty"),
        ({"fault": "memory_reload"}, "normal"),
        ({"fps": 4}, "slow"),
        ({"fps": 0}, "normal"),
        ({"heap_mb": 240}, "slow"),
        ({"skew_ms": -130_000}, "slow"),
        ({"skew_ms": 32_400_000}, "slow"),
    ],
)
def test_what_the_heartbeat_says(window: Device, at: datetime, beat: dict[str, Any], condition: str) -> None:
    hearing.beat(window, beat, at=at)
    assert said(window, at) == condition


def test_a_fault_is_shown_for_ten_minutes(window: Device, at: datetime) -> None:
    hearing.take_faults(window, [(str(uuid.uuid4()), "file_hash", at, "x")], at=at)
    window = Device.objects.get(pk=window.pk)
    assert said(window, at) == "faulty"
    hearing.beat(window, {}, at=at + timedelta(minutes=10))
    assert said(window, at + timedelta(minutes=10)) == "normal"


def test_unpaired_never_heard_and_revoked(window: Device, at: datetime) -> None:
    assert said(Device.objects.create(kind="window", name="新"), at) == "unpaired"
    assert said(device(at=at)[0], at) == "dark"
    window.revoke(by=AUTHOR, at=at)
    assert said(window, at) == "revoked"


def test_a_wall_is_judged_by_its_heartbeat_until_it_acknowledges(at: datetime) -> None:
    wall, _token = device("wall", at=at)
    hearing.beat(wall, {"fps": 60}, at=at)
    assert said(wall, at) == "normal"


def test_beats_fold_into_spans(window: Device, at: datetime) -> None:
    for seconds in range(30, 601, 30):
        hearing.beat(window, {}, at=at + timedelta(seconds=seconds))
    hearing.beat(window, {}, at=at + timedelta(seconds=900))
    hearing.beat(window, {}, at=at + timedelta(seconds=890))
    spans = UpSpan.objects.filter(device=window).order_by("id").values_list("from_at", "to_at")
    late = at + timedelta(seconds=900)
    assert list(spans) == [(at, at + timedelta(seconds=600)), (late, late)]


def test_hours_heard_over_hours_due(at: datetime, monkeypatch: Any) -> None:
    day = Period(date(2026, 11, 24), date(2026, 11, 24))
    row, _token = device(at=at - timedelta(days=5))
    monkeypatch.setattr("yuanmeng.oversight.kpis.timezone.now", lambda: at)
    UpSpan.objects.create(
        device=row, from_at=day.start - timedelta(hours=3), to_at=day.start + timedelta(hours=18)
    )
    assert kpis.screens_up(day).shown() == "75"
    assert kpis.screens_up(Period(date(2026, 12, 1), date(2026, 12, 2))).value is None


def test_shown_over_planned(window: Device, at: datetime) -> None:
    day = Period(at.date(), at.date())
    Issued.objects.update(planned=4)
    [(placement, item)] = issuing.made_for(window, at=at).pairs
    plays = [
        Play(str(uuid.uuid4()), n, placement, item, at - timedelta(minutes=n), 0, 12_000, result)
        for n, result in enumerate(["shown", "shown", "shown", "cut"])
    ]
    hearing.take_plays(window, plays, at=at)
    assert kpis.played(day).shown() == "75"


def test_old_manifests_are_forgotten(window: Device, at: datetime) -> None:
    assert forget_old(at=at)["manifests"] == 0
    gone = forget_old(at=at + timedelta(days=91))
    assert gone["manifests"] == 1 and gone["acks"] == 1
