"""What an agency posts for its clients: it goes out under a mandate and comes down with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yuanmeng.core.errors import MoveRefused
from yuanmeng.organisations import mandates
from yuanmeng.organisations.models import Mandate
from yuanmeng.organisations.viewer import Viewer
from yuanmeng.vacancies.models import PauseReason, State, Vacancy


def end(mandate: Mandate, *, by: Viewer, at: datetime, reason: str = "") -> int:
    """This will end a mandate and take what was posted under it off every surface; counts those paused."""
    with transaction.atomic():
        mandates.end(mandate, by=by, at=at, reason=reason)
        return pause_unmandated(at)


def pause_unmandated(at: datetime) -> int:
    """This will pause what agencies posted without a mandate that still holds, and count it.

    The employer keeps the vacancy and may publish it again by giving a new mandate.
    """
    out = Vacancy.objects.filter(state=State.PUBLISHED)
    rows = out.without_mandate_on(timezone.localdate(at))
    return sum(_pause(row, at) for row in rows)


def _pause(row: Vacancy, at: datetime) -> bool:
    try:
        row.pause(by=None, at=at, reason=PauseReason.MANDATE_ENDED)
    except MoveRefused:  # somebody else has just taken it down
        return False
    return True
