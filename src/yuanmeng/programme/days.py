"""Months, days and spans as they are reasoned about here: in Shanghai; half-open; kept in UTC."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta

from django.utils import timezone

# The promise of the house (settings of services.md §1): 7 days, 09:00–21:00.
OPENS, CLOSES = time(9), time(21)
LONGEST = timedelta(hours=24)
DAY = timedelta(days=1)


def month_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    return month_of(month + timedelta(days=31))


def month_before(month: date) -> date:
    return month_of(month - DAY)


def days_of(month: date) -> list[date]:
    """Return the days of a month, 28 to 31."""
    _first, length = monthrange(month.year, month.month)
    return [month.replace(day=n) for n in range(1, length + 1)]


def weeks_of(month: date) -> list[list[date]]:
    """Return whole weeks, Monday first, that cover a month; days of its neighbours fill the ends."""
    first = month - timedelta(days=month.weekday())
    last = days_of(month)[-1]
    weeks = (last - first).days // 7 + 1
    return [[first + timedelta(days=7 * week + n) for n in range(7)] for week in range(weeks)]


def moment(day: date, clock: time) -> datetime:
    """Return a local day and time as a moment."""
    return datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())


def span(day: date, begins: time, ends: time) -> tuple[datetime, datetime]:
    """Return [begin, end); an end not after the begin lies on the next day (22:00–01:00)."""
    return moment(day, begins), moment(day if ends > begins else day + DAY, ends)


def day_span(first: date, days: int = 1) -> tuple[datetime, datetime]:
    """Return the moments between which some local days lie."""
    return moment(first, time()), moment(first + days * DAY, time())


def month_span(month: date) -> tuple[datetime, datetime]:
    return moment(month, time()), moment(next_month(month), time())
