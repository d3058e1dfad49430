"""A month made from the one before: by weekdays, not by dates, because months differ in length.

`plan` shows what would be made and what not and why; `copy_month` makes exactly that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.places.models import Room
from yuanmeng.programme import guard
from yuanmeng.programme.days import DAY, days_of, month_before, month_span, span
from yuanmeng.programme.models.event import Event
from yuanmeng.programme.models.line_up import LineUp
from yuanmeng.programme.models.session import Session


@dataclass(frozen=True)
class Left:
    """Something that is not copied, and why. `day` is None for a whole series."""

    event: Event
    day: date | None
    why: str


@dataclass
class Plan:
    """What copying makes, not saved yet, and what it leaves."""

    source: date
    made: list[Session] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[Event, int]]:
        """How many sessions of each series are made, in the order of the series."""
        counted = Counter(row.event_id for row in self.made)
        by_key = {row.event_id: row.event for row in self.made}
        return [(by_key[key], counted[key]) for key in sorted(counted)]


class Usual(NamedTuple):
    """How a series takes place on one weekday."""

    begins: time
    ends: time
    room: Room | None
    place: str
    seats: int | None


def copy_month(line_up: LineUp, *, by: Actor, at: datetime) -> Plan:
    """Make the sessions of a month by the weekly rules. Copying twice makes nothing twice. Raises Refused."""
    with transaction.atomic():
        line_up.hold()
        guard.lock(Room.objects.filter(site=line_up.site))
        made = plan(line_up, at=at)
        if not made.made:
            raise Refused(_("There is nothing to copy: every session of the weekly rules stands already."))
        Session.objects.bulk_create(made.made)
        line_up.touch(by=by, at=at)
        _write_down(line_up, made.made, by=by, at=at)
    return made


def _write_down(line_up: LineUp, rows: list[Session], *, by: Actor, at: datetime) -> None:
    Step.objects.bulk_create(
        Step(noun=row.noun(), object_uid=row.uid, old="", new=row.state, by=key_of(by), at=at) for row in rows
    )
    month = line_up.month.isoformat()
    events.tell_many([("session.planned", row, {"month": month}) for row in rows], by=by, at=at)


def plan(line_up: LineUp, *, at: datetime) -> Plan:
    """This will be what copying would make of the running series of a space, earliest first.

    1. the usual time and room of each series on each weekday, from the month before, else its own
    2. one session for each day the weekly rule names, unless one stands or stood there
    3. what would meet another in a room is left, with the sentence that names both
    """
    made = Plan(source=month_before(line_up.month))
    before = _sessions(made.source, line_up)
    usual = _usual(before)
    taken = list(_sessions(line_up.month, line_up))
    running = [one for one in Event.objects.running().filter(site=line_up.site) if one.weekdays]
    for day in days_of(line_up.month):
        for event in running:
            if event.falls_on(day):
                how = usual.get((event.pk, day.isoweekday())) or _own(event)
                _put(made, _session(line_up, event, day, how, at), taken, at=at)
    made.left += _by_single_dates(before, running)
    return made


def _sessions(month: date, line_up: LineUp) -> list[Session]:
    """Those of a month in this space's rooms and line-up, and what reaches in from the day before."""
    first, last = month_span(month)
    rows = Session.objects.filter(
        line_up__site=line_up.site, starts_at__gte=first - DAY, starts_at__lt=last + DAY
    )
    return list(rows.whole().in_order())


def _usual(rows: list[Session]) -> dict[tuple[int, int], Usual]:
    """One exceptional evening does not make a habit: the most frequent way counts."""
    seen: dict[tuple[int, int], Counter[Usual]] = {}
    for row in rows:
        if row.cancelled_at is None:
            seen.setdefault((row.event_id, row.day.isoweekday()), Counter())[_way_of(row)] += 1
    return {key: ways.most_common(1)[0][0] for key, ways in seen.items()}


def _way_of(row: Session) -> Usual:
    begin, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return Usual(begin.time(), end.time(), row.room, row.place, row.seats)


def _own(event: Event) -> Usual:
    return Usual(event.begins, event.ends, event.room, "" if event.room else event.place, event.seats)


def _session(line_up: LineUp, event: Event, day: date, how: Usual, at: datetime) -> Session:
    starts_at, ends_at = span(day, how.begins, how.ends)
    return Session(
        line_up=line_up, event=event, starts_at=starts_at, ends_at=ends_at, room=how.room, place=how.place,
        seats=how.seats, made_at=at,
    )  # fmt: skip


def _put(made: Plan, row: Session, taken: list[Session], *, at: datetime) -> None:
    why = _why_not(row, taken, at)
    if why:
        made.left.append(Left(row.event, row.day, why))
        return
    made.made.append(row)
    taken.append(row)


def _why_not(row: Session, taken: list[Session], at: datetime) -> str:
    if row.ends_at <= at:
        return _("is over")
    same = next((one for one in taken if one.event_id == row.event_id and one.day == row.day), None)
    if same is not None:
        return _("stands there already") if same.cancelled_at is None else _("was cancelled there")
    return next((guard.sentence(row, one) for one in taken if _meets(row, one)), "")


def _meets(row: Session, other: Session) -> bool:
    if row.room is None or other.room is None or other.cancelled_at is not None:
        return False
    return row.starts_at < other.ends_at and other.starts_at < row.ends_at and row.room.shares(other.room)


def _by_single_dates(before: list[Session], running: list[Event]) -> Iterator[Left]:
    ruled = {event.pk for event in running}
    others = {row.event_id: row.event for row in before if row.event_id not in ruled}
    for event in others.values():
        why = _("is no longer offered") if event.ended_at else _("has no weekly rule: add its dates by hand")
        yield Left(event, None, why)
