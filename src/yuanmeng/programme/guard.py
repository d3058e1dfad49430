"""One room, one session at a time, also where two people press at once.

Until claims come (services.md §2.1) the guard is: lock the leaves in key order, look, then write, all in the
caller's transaction. On SQLite the transaction itself is the lock: one writer at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.places.models import Room

if TYPE_CHECKING:
    from datetime import datetime

    from yuanmeng.programme.models.session import Session


class RoomTaken(Refused):
    """Two sessions would be in one room, or in a part and its whole, at one moment."""

    code = "room_taken"


def refuse_taken(row: Session) -> None:
    """Raises RoomTaken, naming both sessions. Call inside the transaction that saves the row."""
    if row.room is None:
        return
    lock(Room.objects.leaves_of(row.room))
    other = clashing(row)
    if other is not None:
        raise RoomTaken(sentence(row, other), field="room")


def lock(leaves: Iterable[Room]) -> None:
    """Hold these rooms until the transaction ends; one order for all, so nobody waits in a ring."""
    keys = {leaf.pk for leaf in leaves}
    # Evaluated on purpose: a query set that is only built locks nothing.
    list(Room.objects.filter(pk__in=keys).order_by("pk").select_for_update())


def clashing(row: Session) -> Session | None:
    """Return the first standing session that cannot be beside this one, or None."""
    assert row.room is not None
    rows = type(row).objects.standing().overlapping(row.starts_at, row.ends_at)
    found = rows.filter(room__in=Room.objects.kin_of(row.room)).exclude(pk=row.pk)
    return found.select_related("event", "room").order_by("starts_at", "id").first()


def sentence(row: Session, other: Session) -> str:
    """Say what meets what, where and when, and what to do."""
    return _(
        "“%(mine)s” (%(when)s, %(room)s) meets “%(other)s” (%(other_when)s, %(other_room)s). "
        "Please choose another room or time."
    ) % {
        "mine": row, "when": when(row.starts_at, row.ends_at), "room": row.room,
        "other": other, "other_when": when(other.starts_at, other.ends_at), "other_room": other.room,
    }  # fmt: skip


def when(starts_at: datetime, ends_at: datetime) -> str:
    """A day with its span: 12月5日 19:00–21:00."""
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return f"{date_format(begin, 'MONTH_DAY_FORMAT')} {begin:%H:%M}–{end:%H:%M}"
