"""What a month still lacks: conflicts block its review, warnings only tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.programme import guard
from yuanmeng.programme.days import CLOSES, OPENS, days_of, moment

if TYPE_CHECKING:
    from yuanmeng.programme.models import LineUp, Session


@dataclass(frozen=True)
class Finding:
    """One remark about a month, in a sentence; `days` are those it is about."""

    kind: str
    words: str
    days: tuple[date, ...]
    blocks: bool = False


def refuse_blocked(line_up: LineUp, *, at: datetime) -> None:
    """Raises Refused with the first thing that keeps a month from its review."""
    for one in findings(line_up, at=at):
        if one.blocks:
            raise Refused(one.words, code="blocked")


def findings(line_up: LineUp, *, at: datetime) -> list[Finding]:
    """This will be the remarks about a month, blocking ones first; about days to come only."""
    rows = list(line_up.sessions.standing().whole().in_order())
    today = timezone.localdate(at)
    coming = [row for row in rows if row.ends_at > at]
    found = [
        *_past(line_up, today), *_nothing(line_up, rows), *_conflicts(coming), *_outside_hours(coming),
        *_twice(coming), *_crowded(coming), *_empty_days(line_up, rows, today),
    ]  # fmt: skip
    return sorted(found, key=lambda one: not one.blocks)


def _past(line_up: LineUp, today: date) -> Iterator[Finding]:
    if days_of(line_up.month)[-1] < today:
        yield Finding("past", _("This month is over; nothing in it is published any more."), (), blocks=True)


def _nothing(line_up: LineUp, rows: list[Session]) -> Iterator[Finding]:
    if not rows:
        words = _("Nothing stands in this month yet. Copy the month before, or add a session.")
        yield Finding("nothing", words, (), blocks=True)


def _conflicts(rows: list[Session]) -> Iterator[Finding]:
    """A room that became part of a hall later may bring together what was apart when it was saved."""
    placed = [(row, row.room) for row in rows if row.room is not None]
    for n, (row, room) in enumerate(placed):
        for other, beside in placed[n + 1 :]:
            if other.starts_at >= row.ends_at:
                break
            if room.shares(beside):
                yield Finding("conflict", guard.sentence(other, row), (row.day,), blocks=True)


def _outside_hours(rows: list[Session]) -> Iterator[Finding]:
    for row in rows:
        if row.starts_at < moment(row.day, OPENS) or row.ends_at > moment(row.day, CLOSES):
            words = _("“%(title)s” (%(when)s) lies outside the opening hours %(open)s–%(close)s.") % {
                "title": row, "when": guard.when(row.starts_at, row.ends_at),
                "open": f"{OPENS:%H:%M}", "close": f"{CLOSES:%H:%M}",
            }  # fmt: skip
            yield Finding("hours", words, (row.day,))


def _twice(rows: list[Session]) -> Iterator[Finding]:
    seen: dict[tuple[date, int], list[Session]] = defaultdict(list)
    for row in rows:
        seen[row.day, row.event_id].append(row)
    for (day, _event), same in seen.items():
        if len(same) > 1:
            words = _("“%(title)s” stands %(count)d times on %(day)s.") % {
                "title": same[0].event, "count": len(same), "day": _said(day)
            }  # fmt: skip
            yield Finding("twice", words, (day,))


def _crowded(rows: list[Session]) -> Iterator[Finding]:
    for row in rows:
        if row.room is not None and (row.seats or 0) > row.room.capacity:
            words = _("“%(title)s” (%(day)s) offers %(seats)d seats; %(room)s holds %(capacity)d.") % {
                "title": row, "day": _said(row.day), "seats": row.seats, "room": row.room,
                "capacity": row.room.capacity,
            }  # fmt: skip
            yield Finding("seats", words, (row.day,))


def _empty_days(line_up: LineUp, rows: list[Session], today: date) -> Iterator[Finding]:
    """Open 365 days: a day with nothing between 9 and 21 h is worth a look. Days in a row are one remark."""
    taken = {
        day
        for row in rows
        for day in {row.day, timezone.localdate(row.ends_at)}
        if row.starts_at < moment(day, CLOSES) and row.ends_at > moment(day, OPENS)
    }
    empty = [day for day in days_of(line_up.month) if day >= today and day not in taken]
    for _step, run in groupby(enumerate(empty), key=lambda pair: pair[1].toordinal() - pair[0]):
        days = tuple(day for _n, day in run)
        span = _said(days[0]) if len(days) == 1 else f"{_said(days[0])}–{_said(days[-1])}"
        words = _("Nothing between %(open)s and %(close)s: %(days)s.") % {
            "open": f"{OPENS:%H:%M}", "close": f"{CLOSES:%H:%M}", "days": span
        }  # fmt: skip
        yield Finding("empty", words, days)


def _said(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
