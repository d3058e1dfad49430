"""An import registers many people at once: one ledger row each, one chain, however often it is read."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests import factories
from yuanmeng.core import events
from yuanmeng.core.actors import Told
from yuanmeng.core.models import Bookmark, EventRow
from yuanmeng.counsel import ledger, readers, registrations
from yuanmeng.counsel.models import FollowUp, ServiceRecord
from yuanmeng.vacancies.models import Report

pytestmark = pytest.mark.django_db


def register(count: int, *, at: datetime) -> list[Any]:
    seekers = [factories.seeker(f"求职者{n}", at=at, channel="call") for n in range(count)]
    news = [("seeker.registered", row, {"channel": "import"}) for row in seekers]
    events.tell_many(news, by=Told("user:q"), at=at)
    return seekers


def test_a_heap_gives_the_rows_that_one_by_one_gives(at: datetime) -> None:
    seekers = register(registrations.FEWEST, at=at)
    assert readers.read_news() == len(seekers)
    rows = list(ServiceRecord.objects.order_by("seq"))
    assert [row.about_uid for row in rows] == [s.uid for s in seekers]
    assert {(r.kind, r.result, r.channel, r.by, r.at) for r in rows} == {
        ("registration", "registered", "call", "user:q", at)
    }
    assert ledger.verify() is None and not FollowUp.objects.exists()


def test_a_heap_and_single_rows_stand_in_one_chain(at: datetime) -> None:
    register(3, at=at)
    readers.read_news()
    register(registrations.FEWEST + 5, at=at)
    readers.read_news()
    register(2, at=at)
    readers.read_news()
    assert ServiceRecord.objects.count() == registrations.FEWEST + 10
    assert ledger.verify() is None


def test_reading_a_heap_again_writes_nothing_twice(at: datetime) -> None:
    register(registrations.FEWEST, at=at)
    readers.read_news()
    Bookmark.objects.filter(reader=readers.NAME).delete()
    assert readers.read_news() == registrations.FEWEST
    assert ServiceRecord.objects.count() == registrations.FEWEST


def test_it_stops_before_other_news(town: Any, at: datetime) -> None:
    register(registrations.FEWEST, at=at)
    Report.make(town.barista, reason="other", words="已招满", by=None, at=at)
    assert readers.read_news() == registrations.FEWEST
    assert not FollowUp.objects.exists()
    readers.read_news()
    assert FollowUp.objects.filter(kind="report").count() == 1


def test_each_record_is_news_for_others(at: datetime) -> None:
    register(registrations.FEWEST, at=at)
    readers.read_news()
    assert EventRow.objects.filter(kind="service.recorded").count() == registrations.FEWEST
