"""The mandate (委托): for which employer an agency may post, on which evidence, until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.actors import Actor
from yuanmeng.core.moves import Moving
from yuanmeng.organisations.models.organisation import Organisation


class MandateState(models.TextChoices):
    PROPOSED = "proposed", _("Waiting for confirmation")
    ACTIVE = "active", _("Active")
    REFUSED = "refused", _("Refused")
    ENDED = "ended", _("Ended early")
    EXPIRED = "expired", _("Past its last day")


# Where a mandate may go next. A renewal is a new mandate, confirmed anew.
MANDATE_MOVES = {
    MandateState.PROPOSED: {
        MandateState.ACTIVE,
        MandateState.REFUSED,
        MandateState.ENDED,
        MandateState.EXPIRED,
    },
    MandateState.ACTIVE: {MandateState.ENDED, MandateState.EXPIRED},
    MandateState.REFUSED: set(),
    MandateState.ENDED: set(),
    MandateState.EXPIRED: set(),
}
# (ours): who acts for somebody else is asked again after two years at most.
LONGEST_MANDATE = timedelta(days=731)


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Phrases about many mandates."""

    def active_on(self, day: date) -> MandateQuerySet:
        """Those that hold on this day. The dates decide: a late clock makes no mandate longer."""
        return self.filter(state=MandateState.ACTIVE, valid_from__lte=day, valid_until__gte=day)

    def between(self, agency: Organisation, client: Organisation) -> MandateQuerySet:
        return self.filter(agency=agency, client=client)

    def waiting(self) -> MandateQuerySet:
        """Those nobody has confirmed or refused yet, oldest first."""
        return self.filter(state=MandateState.PROPOSED).order_by("proposed_at", "id")

    def overdue_on(self, day: date) -> MandateQuerySet:
        """Those the calendar has ended and nobody has written down yet."""
        return self.filter(state__in=[MandateState.PROPOSED, MandateState.ACTIVE], valid_until__lt=day)


class Mandate(Moving):
    """An agency may post for a client. Proposed by the agency, confirmed by a second hand (mandates.py)."""

    MOVES = MANDATE_MOVES

    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates_held")
    client = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="mandates_given")
    valid_from = models.DateField()
    valid_until = models.DateField()
    evidence = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=MandateState.choices, default=MandateState.PROPOSED)
    reason = models.CharField(max_length=300, blank=True)
    proposed_by = models.CharField(max_length=80)
    decided_by = models.CharField(max_length=80, blank=True)
    proposed_at = models.DateTimeField()
    active_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MandateState.values), name="mandate_state_known"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="mandate_dates_not_reversed"
            ),
            models.CheckConstraint(condition=~Q(agency=F("client")), name="mandate_between_two"),
            # Two hands: who proposes a mandate does not confirm it.
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")), name="mandate_confirmed_by_a_second_hand"
            ),
            models.UniqueConstraint(
                fields=["agency", "client"],
                condition=Q(state="proposed"),
                name="one_mandate_waits_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["agency", "client", "state"], name="mandate_of_pair")]

    def __str__(self) -> str:
        return f"{self.agency} → {self.client}"

    def holds_on(self, day: date) -> bool:
        """Tell whether the agency may post for the client on this day."""
        return self.state == MandateState.ACTIVE and self.valid_from <= day <= self.valid_until

    def approve(self, *, by: Actor, at: datetime) -> None:
        """Confirm it with a second hand; who may is asked in mandates.py."""
        self._move(MandateState.ACTIVE, by=by, at=at, facts=self._about(), decided_by=by.actor_key)

    def refuse(self, *, by: Actor, at: datetime, reason: str) -> None:
        facts: dict[str, Any] = {"reason": reason, "decided_by": by.actor_key}
        self._move(MandateState.REFUSED, by=by, at=at, note=reason, facts=self._about(), **facts)

    def end(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        """End it before its last day, or take back what was only proposed."""
        self._move(MandateState.ENDED, by=by, at=at, note=reason, facts=self._about(), reason=reason)

    def note_time(self, *, at: datetime) -> None:
        """Write down what the calendar has decided."""
        if self.may_move(MandateState.EXPIRED) and self.valid_until < timezone.localdate(at):
            self._move(MandateState.EXPIRED, by=None, at=at, facts=self._about())

    def _about(self) -> dict[str, str]:
        return {"agency": self.agency.uid, "client": self.client.uid}
