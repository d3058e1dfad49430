"""Putting a month out: every planned session becomes public, and the words everybody reads are renewed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.models import Step

if TYPE_CHECKING:
    from yuanmeng.programme.models import LineUp


def put_out(line_up: LineUp, *, by: Actor, at: datetime) -> int:
    """This will publish the planned sessions of a locked month and freeze all words; returns the new ones."""
    from yuanmeng.programme.models.session import Session, SessionState

    rows = list(line_up.sessions.standing().whole().in_order())
    new = [row for row in rows if row.state == SessionState.PLANNED]
    for row in rows:
        row.shown = row.words._asdict()
    for row in new:
        row.state, row.published_at = SessionState.PUBLISHED, at
    Session.objects.bulk_update(rows, ["shown", "state", "published_at"], batch_size=200)
    Step.objects.bulk_create(
        Step(
            noun=row.noun(), object_uid=row.uid, old=SessionState.PLANNED, new=SessionState.PUBLISHED,
            by=key_of(by), at=at,
        )
        for row in new
    )  # fmt: skip
    events.tell_many([("session.published", row, {}) for row in new], by=by, at=at)
    return len(new)
