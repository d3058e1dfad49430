"""A topic's hints: every number once, in order, however many say something at the same time."""

from __future__ import annotations

import random
import threading
import time
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from tests import factories
from yuanmeng.core import events, topics
from yuanmeng.core.actors import CLOCK
from yuanmeng.core.models import TopicRow
from yuanmeng.core.topics import CATCH_UP, Hint
from yuanmeng.ops import hints

WRITERS, EACH = 8, 40


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_are_heard_whole_in_order_and_once(at: datetime) -> None:
    writers = [threading.Thread(target=_write, args=(number, at)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    heard: list[int] = []
    # A reader that goes on from its last number all the while.
    while any(writer.is_alive() for writer in writers) or _read_on(heard):
        _read_on(heard)
        time.sleep(0.002)
    assert heard == list(range(1, WRITERS * EACH + 1))


def _write(number: int, at: datetime) -> None:
    chance = random.Random(number)
    try:
        for _n in range(EACH):
            with transaction.atomic():
                # On PostgreSQL transactions that began earlier may end later.
                if connection.vendor == "postgresql":
                    time.sleep(chance.random() * 0.004)
                topics.say("vacancies", f"writer.{number}", at=at)
                time.sleep(chance.random() * 0.001)
    finally:
        connection.close()


def _read_on(heard: list[int]) -> bool:
    news = topics.since({"vacancies": heard[-1] if heard else 0}, limit=1_000)
    heard.extend(hint.seq for hint in news)
    return bool(news)


@pytest.mark.django_db
def test_what_is_taken_back_takes_no_number(at: datetime) -> None:
    with transaction.atomic():
        topics.say("vacancies", "vacancy.published", at=at)
        transaction.set_rollback(True)
    assert topics.say("vacancies", "vacancy.closed", at=at) == 1
    assert topics.positions(["vacancies", "programme"]) == {"vacancies": 1, "programme": 0}


@pytest.mark.django_db
def test_who_comes_back_after_days_is_told_once_to_catch_up(at: datetime) -> None:
    for days in (5, 4, 0):
        topics.say("programme", "programme.published", at=at - timedelta(days=days))
    assert topics.forget_old(at=at) == 2
    assert topics.since({"programme": 1}) == [Hint("programme", 3, CATCH_UP)]
    assert topics.since({"programme": 2}) == [Hint("programme", 3, "programme.published")]
    assert topics.since({"programme": 3}) == []
    # The database is an older one than the browser has seen: what it shows may be from a future nobody has.
    assert topics.since({"programme": 9}) == [Hint("programme", 3, CATCH_UP)]


@pytest.mark.django_db
def test_who_is_far_behind_is_told_once(at: datetime) -> None:
    for _n in range(5):
        topics.say("vacancies", "vacancy.published", at=at)
    assert topics.since({"vacancies": 0}, limit=4) == [Hint("vacancies", 5, CATCH_UP)]
    assert len(topics.since({"vacancies": 1}, limit=4)) == 4


@pytest.mark.django_db
def test_a_batch_of_events_is_one_hint_for_each_topic(at: datetime) -> None:
    firm = factories.employer("上海示例餐饮有限公司（示例）", at=at)
    vacancy = factories.vacancy(firm, "咖啡师", at=at)
    device, _token = factories.device("window", at=at)
    hints.read_news(at)
    before = topics.positions(["vacancies", "programme", "windows", topics.of_device(device.uid)])
    for kind, row in [
        ("vacancy.published", vacancy), ("vacancy.closed", vacancy), ("session.cancelled", firm),
        ("placement.changed", device), ("device.commanded", device), ("seeker.changed", firm),
    ]:  # fmt: skip
        events.tell(kind, row, by=CLOCK, at=at)
    assert hints.read_news(at) == 5
    assert hints.read_news(at) == 0
    said = {hint.topic: hint.kind for hint in topics.since(before)}
    assert said == {
        "vacancies": "vacancy.closed", "programme": "session.cancelled", "windows": "placement.changed",
        topics.of_device(device.uid): "device.commanded",
    }  # fmt: skip
    assert TopicRow.objects.filter(topic="vacancies", seq__gt=before["vacancies"]).count() == 1
