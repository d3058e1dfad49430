"""Writing down that somebody was spoken with: one call, whatever it settles and leads to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from yuanmeng.core.models import Noun
from yuanmeng.counsel.models import (
    ContactResult,
    FollowUp,
    FollowUpKind,
    RetentionResult,
    ServiceKind,
    ServiceRecord,
)
from yuanmeng.people.models import Person, User
from yuanmeng.places.models import Site
from yuanmeng.seekers.models import Seeker

# Somebody answered: the register then knows that the person still can be found.
SPOKEN = {ContactResult.REACHED, ContactResult.LATER, RetentionResult.STILL_THERE, RetentionResult.LEFT}
USUAL_MINUTES = 5


def record(
    person: Person | None, *, by: User, at: datetime, channel: str, result: str, words: str = "",
    minutes: int = USUAL_MINUTES, site: Site | None = None, kind: str = "", next_due_on: date | None = None,
    settles: Sequence[FollowUp] = (),
) -> ServiceRecord:  # fmt: skip
    """This will write one ledger row, tick off the to-dos it settles and open the next one for a named day.

    Raises MoveRefused when a colleague settled one of them meanwhile; nothing is written then.
    """
    first = settles[0] if settles else None
    with transaction.atomic():
        row = ServiceRecord.write(
            kind=kind or _kind_of(first), by=by, at=at, person=person, about=_subject(first), channel=channel,
            result=result, organisation=first.organisation if first else None, words=words, minutes=minutes,
            site=site, next_due_on=next_due_on,
        )  # fmt: skip
        for todo in settles:
            todo.settle(by=by, at=at, note=result)
        if next_due_on is not None:
            _open_next(person, first, by=by, at=at, due_on=next_due_on)
        if person is not None and result in SPOKEN:
            Seeker.objects.filter(person=person).update(last_contact_at=at)
    return row


def _subject(settled: FollowUp | None) -> Noun | None:
    """What was spoken about: the to-do; at a retention check the application, whose checks K10 adds up."""
    if settled is not None and settled.kind == FollowUpKind.RETENTION:
        return settled.application or settled
    return settled


def _kind_of(settled: FollowUp | None) -> str:
    retention = settled is not None and settled.kind == FollowUpKind.RETENTION
    return ServiceKind.RETENTION_CHECK if retention else ServiceKind.CONTACT


def _open_next(
    person: Person | None, first: FollowUp | None, *, by: User, at: datetime, due_on: date
) -> None:
    about = (
        {name: getattr(first, name) for name in ("organisation", "vacancy", "application")} if first else {}
    )
    FollowUp.remind(person, by=by, at=at, due_on=due_on, kind=FollowUpKind.CONTACT_DUE, **about)
