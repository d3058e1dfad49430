"""The month as pages and posters lay it out: weeks of days, each with its sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.programme.days import days_of, month_before, month_of, next_month, weeks_of
from yuanmeng.programme.models import Kind

if TYPE_CHECKING:
    from yuanmeng.programme.models import Session

EARLIEST, LATEST = 2020, 2100


@dataclass(frozen=True)
class Day:
    """One day of a month's page."""

    date: date
    sessions: list[Session]
    in_month: bool = True
    is_today: bool = False
    is_past: bool = False


def month_asked(said: str, today: date) -> date:
    """This will be the month in "2026-12"; this month where nothing or nonsense is said."""
    try:
        asked = datetime.strptime(said, "%Y-%m").date()  # noqa: DTZ007 a month has no zone
    except ValueError:
        return month_of(today)
    return asked if EARLIEST <= asked.year < LATEST else month_of(today)


def weeks(month: date, rows: Iterable[Session], today: date) -> list[list[Day]]:
    """This will be whole weeks, Monday first; days of the neighbours are there and empty."""
    by_day = _by_day(rows)
    return [[_day(day, by_day, today, month) for day in week] for week in weeks_of(month)]


def days_with_something(month: date, rows: Iterable[Session], today: date) -> list[Day]:
    """This will be the days of a month that hold a session."""
    by_day = _by_day(rows)
    return [_day(day, by_day, today, month) for day in days_of(month) if by_day.get(day)]


def _by_day(rows: Iterable[Session]) -> dict[date, list[Session]]:
    by_day: dict[date, list[Session]] = defaultdict(list)
    for row in rows:
        by_day[row.day].append(row)
    return by_day


def _day(day: date, by_day: dict[date, list[Session]], today: date, month: date) -> Day:
    inside = month_of(day) == month
    return Day(day, by_day.get(day, []) if inside else [], inside, day == today, day < today)


def neighbours(month: date) -> dict[str, str]:
    """This will be the months before and after, as addresses write them."""
    return {"before": f"{month_before(month):%Y-%m}", "after": f"{next_month(month):%Y-%m}"}


def clock(row: Session) -> str:
    """This will be the hours of a session: 19:00–21:00; what passes midnight says so."""
    begin, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    later = _("the next day") + " " if end.date() > begin.date() else ""
    return f"{begin:%H:%M}–{later}{end:%H:%M}"


def where(row: Session) -> str:
    """This will be the space and the room, or the place outside."""
    return f"{row.where} · {row.room}" if row.room else row.where


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in Kind]
