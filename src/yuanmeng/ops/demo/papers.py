"""What reviewers have done before today: papers checked, vacancies let through the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.organisations.models import Credential, Organisation
from yuanmeng.vacancies.gate import Blocked
from yuanmeng.vacancies.models import Vacancy

Progress = Callable[[int, int], None]
PAPERS = (Credential.Paper.BUSINESS_LICENCE, Credential.Paper.AGENT_ID, Credential.Paper.MANDATE)
CHUNK = 100
RETURNED_EVERY = 83


def check_papers(rows: list[Organisation], *, by: Actor, reviewer: Actor, at: datetime) -> int:
    """This will hand in and verify the papers of these organisations, over the past months.

    The twentieth was checked long ago: its renewal is due, so that the calendar has something to say.
    """
    with transaction.atomic():
        for number, row in enumerate(rows):
            since = at - timedelta(days=160 if number % 20 == 7 else 5 + number % 90)
            _give_papers(row, at=since)
            row.submit(by=by, at=since)
            row.verify(by=reviewer, at=since + timedelta(hours=5))
    return len(rows)


def _give_papers(row: Organisation, *, at: datetime) -> None:
    Credential.objects.bulk_create(
        Credential(organisation=row, paper=paper, number=f"示例{row.uscc[-6:]}", given_at=at)
        for paper in PAPERS
    )


def hand_in(rows: Iterable[Organisation], *, by: Actor, at: datetime) -> int:
    """This will hand in papers that nobody has looked at yet."""
    waiting = list(rows)
    with transaction.atomic():
        for row in waiting:
            _give_papers(row, at=at)
            row.submit(by=by, at=at)
    return len(waiting)


def publish(
    rows: list[Vacancy], *, by: Actor, reviewer: Actor, at: datetime, waiting: set[int], progress: Progress
) -> Counter[str]:
    """This will hand every vacancy in on the day it was posted and let a reviewer publish it.

    What the gate blocks stays a draft; every place in `waiting` stays handed in, for the reviewer to judge.
    Counted by what became of them. One transaction for each hundred.
    """
    told: Counter[str] = Counter()
    for begin in range(0, len(rows), CHUNK):
        with transaction.atomic():
            for place, row in enumerate(rows[begin : begin + CHUNK], begin):
                posted = _posted_at(row.valid_from, place, at)
                told[_one(row, by, None if place in waiting else reviewer, posted, place, at)] += 1
        progress(min(begin + CHUNK, len(rows)), len(rows))
    return told


def _one(
    row: Vacancy, by: Actor, reviewer: Actor | None, posted: datetime, place: int, now: datetime
) -> str:  # fmt: skip
    answered = min(posted + timedelta(minutes=15 + place * 37 % 400), now - timedelta(minutes=5))
    try:
        row.submit(by=by, at=posted)
        if reviewer is None:
            return "waiting"
        if place % RETURNED_EVERY == RETURNED_EVERY - 1:
            row.give_back(by=reviewer, at=answered, reason="请补充工作时间与休息日，再提交审核。")
            return "returned"
        row.publish(by=reviewer, at=answered)
    except Blocked:
        return "blocked"
    except Refused:
        return "refused"
    return "published"


def _posted_at(day: date | None, place: int, at: datetime) -> datetime:
    """A moment of office hours on the day of posting, never after now."""
    if day is None:
        return at - timedelta(hours=3)
    clock = time(9 + place % 8, place * 7 % 60)
    posted = datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())
    return min(posted, at - timedelta(minutes=45 + place % 90))
