"""The month on paper, like a cinema's programme: A3 across for the wall, A4 upright to take along."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from yuanmeng.programme.days import days_of
from yuanmeng.programme.models import WEEKDAYS, SessionState
from yuanmeng.web.shared import paper, programme, qr

if TYPE_CHECKING:
    from yuanmeng.places.models import Site
    from yuanmeng.programme.models import Session

SIZES = {"a3": "shared/poster_a3.html", "a4": "shared/poster_a4.html"}
# Points of one rem: from the largest that reads well, a little smaller until the month stands on one page.
LARGEST, SMALLEST, SMALLER = 13.0, 5.5, 0.9
MM_PER_POINT = 0.3528
# A series on so many of the month's days is a banner, not thirty lines.
DAILY_SHARE = 0.8


@dataclass(frozen=True)
class Daily:
    """A series that takes place (nearly) every day at the same time and place."""

    session: Session
    missing: list[date]


def pdf(
    month: date,
    rows: Sequence[Session],
    *,
    sites: Iterable[Site],
    size: str,
    at: datetime,
    draft: bool = False,
) -> bytes:
    """This will be the poster of a month as PDF bytes. Raises paper.CannotPrint."""
    size = size if size in SIZES else "a3"
    daily, rest = _daily(month, rows)
    facts = {
        "month": month, "weekdays": WEEKDAYS, "weeks": programme.weeks(month, rest, timezone.localdate(at)),
        "halves": _halves(programme.days_with_something(month, rest, timezone.localdate(at))), "daily": daily,
        "kinds": [pair for pair in programme.kinds() if pair[0] in {row.event.kind for row in rows}],
        "sites": list(sites), "size": size, "draft": draft, "demo": settings.DEMO_MODE, "at": at,
        "code": qr.svg(f"{settings.BASE_URL}/programme/?month={month:%Y-%m}").decode(),
        "address": f"{settings.BASE_URL.split('//')[-1]}/programme/",
    }  # fmt: skip
    html, points = render_to_string(SIZES[size], facts), _first_guess(size, facts)
    return paper.once_an_hour(html, lambda: _typeset(html, points))


def _first_guess(size: str, facts: dict[str, Any]) -> float:
    """This will be the type size at which the fullest cell, or the longer column, is just filled."""
    if size == "a3":
        fullest = max((len(day.sessions) for week in facts["weeks"] for day in week), default=1)
        height = 28 if len(facts["weeks"]) > 5 else 33
        guess = height / max(1, fullest) / (2.7 * MM_PER_POINT)
    else:
        lines = max((sum(max(1, len(day.sessions)) for day in half) for half in facts["halves"]), default=1)
        guess = 225 / max(1, lines) / (2.1 * MM_PER_POINT)
    return min(LARGEST, max(SMALLEST, guess))


def _daily(month: date, rows: Sequence[Session]) -> tuple[list[Daily], list[Session]]:
    """Split off what is the same every day; a cancelled evening stays in its cell and says so."""
    same: dict[tuple[Any, ...], list[Session]] = defaultdict(list)
    for row in rows:
        if row.state != SessionState.CANCELLED:
            same[row.event_id, programme.clock(row), row.room_id, row.shown_title].append(row)
    days = days_of(month)
    often = [one for one in same.values() if len({row.day for row in one}) >= DAILY_SHARE * len(days)]
    banners = [Daily(one[0], [d for d in days if d not in {row.day for row in one}]) for one in often]
    gone = {row.pk for one in often for row in one}
    return banners, [row for row in rows if row.pk not in gone]


def _halves(days: list[programme.Day]) -> list[list[programme.Day]]:
    """Two columns of about the same number of lines."""
    lines = [max(1, len(day.sessions)) for day in days]
    sums = list(accumulate(lines))
    cut = next((n for n, total in enumerate(sums, 1) if 2 * total >= sums[-1]), 0)
    return [days[:cut], days[cut:]]


def _typeset(html: str, points: float) -> bytes:
    look = resources.files("yuanmeng.web.shared").joinpath("poster.css").read_text("utf-8")
    while True:
        document = paper.laid_out(html, look, f"html {{ font-size: {points:.2f}pt }}")
        if len(document.pages) == 1 or points <= SMALLEST:
            return paper.written(document)
        points *= SMALLER
