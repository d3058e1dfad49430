"""A follow-up (跟进): something is to be done by a day, because something happened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from yuanmeng.applications.models import Application
from yuanmeng.core.actors import Actor
from yuanmeng.core.models import EventRow
from yuanmeng.core.moves import Moving
from yuanmeng.counsel.models.choices import FollowUpKind, FollowUpState
from yuanmeng.counsel.models.ledger import ServiceRecord
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Person, User
from yuanmeng.vacancies.models import Vacancy


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> FollowUpQuerySet:
        return self.filter(state=FollowUpState.OPEN)

    def due_on(self, day: date) -> FollowUpQuerySet:
        """Due on this day or overdue."""
        return self.open().filter(due_on__lte=day)

    def of(self, user: User) -> FollowUpQuerySet:
        """On this person's desk, or on nobody's yet."""
        return self.open().filter(Q(assigned_to=user) | Q(assigned_to=None))

    def about(self, application: Application) -> FollowUpQuerySet:
        return self.open().filter(application=application)


class FollowUp(Moving):
    """A dated to-do. Events and the calendar open it (once each), or a person does by hand."""

    MOVES = {
        FollowUpState.OPEN: {FollowUpState.DONE, FollowUpState.DROPPED},
        FollowUpState.DONE: {FollowUpState.OPEN},
        FollowUpState.DROPPED: {FollowUpState.OPEN},
    }

    kind = models.CharField(max_length=24, choices=FollowUpKind.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.CASCADE, related_name="follow_ups"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="follow_ups"
    )
    vacancy = models.ForeignKey(Vacancy, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    words = models.CharField(max_length=300, blank=True)
    assigned_to = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups"
    )
    due_on = models.DateField(db_index=True)
    state = models.CharField(max_length=10, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    event = models.ForeignKey(EventRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # One cause opens one to-do, however often the event is read or the clock comes round.
    cause = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause"], condition=~Q(cause=""), name="one_follow_up_per_cause"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="follow_up_due")]

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def open_once(cls, cause: str, kind: str, *, due_on: date, at: datetime, **about: Any) -> FollowUp | None:
        """Open one to-do for one cause and return it; None when that cause has opened its own already."""
        facts = {"kind": kind, "due_on": due_on, "made_at": at, **about}
        row, new = cls.objects.get_or_create(cause=cause, defaults=facts)
        return row if new else None

    @classmethod
    def open_for(
        cls, event: EventRow, kind: str, *, due_on: date, at: datetime, part: str = "", **about: Any
    ) -> FollowUp | None:
        """Open one to-do for one event; reading the event again changes nothing.

        `part` tells apart the to-dos of one kind that one event opens (7, 30 and 90 days).
        """
        cause = f"event:{event.pk}:{kind}" + (f":{part}" if part else "")
        return cls.open_once(cause, kind, due_on=due_on, at=at, event=event, **about)

    @classmethod
    def remind(
        cls,
        person: Person | None,
        *,
        by: User,
        at: datetime,
        due_on: date,
        words: str = "",
        kind: str = "",
        **about: Any,
    ) -> FollowUp:
        """Write oneself a to-do by hand."""
        return cls.objects.create(
            kind=kind or FollowUpKind.BY_HAND, person=person, assigned_to=by, due_on=due_on, made_at=at,
            words=words, **about,
        )  # fmt: skip

    def record(self, *, by: User, at: datetime, channel: str, result: str, **facts: Any) -> ServiceRecord:
        """Write down what was done about it, close it, and open the next one when a day is named.

        `facts`: words, minutes, site, next_due_on (see counsel.contact).
        """
        from yuanmeng.counsel import contact

        facts["settles"] = [self]
        return contact.record(self.person, by=by, at=at, channel=channel, result=result, **facts)

    def settle(self, *, by: Actor, at: datetime, note: str = "") -> None:
        """Tick it off."""
        self._move(FollowUpState.DONE, by=by, at=at, note=note)

    def drop(self, *, by: Actor | None, at: datetime, reason: str = "") -> None:
        """Put it away because nobody needs it any more."""
        self._move(FollowUpState.DROPPED, by=by, at=at, note=reason)

    def reopen(self, *, by: Actor, at: datetime) -> None:
        """Undo a slip of the finger."""
        self._move(FollowUpState.OPEN, by=by, at=at, done_at=None)

    def take(self, *, by: User) -> None:
        """Put it on one's own desk. Of two who reach for it, the first has it."""
        with transaction.atomic():
            FollowUp.objects.filter(pk=self.pk, assigned_to=None).update(assigned_to=by)
        self.refresh_from_db(fields=["assigned_to"])

    def postpone(self, *, to: date) -> None:
        """Do it on another day."""
        self.due_on = to
        self.save(update_fields=["due_on"])

    def days_late(self, today: date) -> int:
        return (today - self.due_on) // timedelta(days=1)
