"""The referral: a counsellor recommends a seeker for a vacancy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.applications.models.application import Application
from yuanmeng.applications.models.states import Via
from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.core.moves import Moving
from yuanmeng.people.models import User
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy


class ReferralState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    CONSENTED = "consented", _("Agreed")
    DECLINED = "declined", _("Not wanted")
    SENT = "sent", _("Sent")
    LAPSED = "lapsed", _("Lapsed")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def waiting(self) -> ReferralQuerySet:
        return self.filter(state__in=[ReferralState.PROPOSED, ReferralState.CONSENTED])


class Referral(Moving):
    """A counsellor recommends a seeker for a vacancy, with score and reasons at that time."""

    MOVES = {
        ReferralState.PROPOSED: {ReferralState.CONSENTED, ReferralState.DECLINED, ReferralState.LAPSED},
        ReferralState.CONSENTED: {ReferralState.SENT, ReferralState.LAPSED},
        ReferralState.DECLINED: set(),
        ReferralState.SENT: set(),
        ReferralState.LAPSED: set(),
    }

    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals")
    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="referrals")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="referrals")
    score = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)
    application = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.SET_NULL, related_name="referral"
    )
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.PROPOSED)
    proposed_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seeker", "vacancy"],
                condition=Q(state__in=["proposed", "consented"]),
                name="one_live_referral",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seeker} → {self.vacancy}"

    @classmethod
    def propose(
        cls, *, officer: User, seeker: Seeker, vacancy: Vacancy, at: datetime, score: float | None = None,
        reasons: list[Any] | None = None, note: str = "",
    ) -> Referral:  # fmt: skip
        """Propose a vacancy to a seeker. Raises Refused when that is already under way."""
        try:
            with transaction.atomic():
                row = cls.objects.create(
                    officer=officer, seeker=seeker, vacancy=vacancy, score=score, reasons=reasons or [],
                    note=note, proposed_at=at,
                )  # fmt: skip
                Step.write(row, old="", new=ReferralState.PROPOSED, by=officer, at=at)
                events.tell("referral.proposed", row, by=officer, at=at, **row._about())
        except IntegrityError:
            raise Refused(
                _now("This vacancy has already been proposed to this person."), code="duplicate"
            ) from None
        return row

    def _about(self) -> dict[str, str]:
        return {"seeker": self.seeker.uid, "vacancy": self.vacancy.uid}

    def agree(self, *, by: Actor, at: datetime) -> None:
        """The seeker agrees, by phone code or in front of the officer."""
        self._move(ReferralState.CONSENTED, by=by, at=at, facts=self._about())

    def decline(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        self._move(ReferralState.DECLINED, by=by, at=at, note=reason, facts=self._about())

    def send(
        self, *, by: User, at: datetime, consent_text: str, consent_version: str, evidence: str = "",
        words: str = "",
    ) -> Application:  # fmt: skip
        """Send it as an application on the seeker's behalf; needs the seeker's agreement first."""
        with transaction.atomic():
            row = Application.submit(
                seeker=self.seeker, vacancy=self.vacancy, via=Via.DESK, by=by, at=at, on_behalf_by=by,
                consent_text=consent_text, consent_version=consent_version, evidence=evidence,
                words=words or self.note,
            )  # fmt: skip
            self._move(ReferralState.SENT, by=by, at=at, facts=self._about(), application=row)
        return row

    def lapse(self, *, at: datetime) -> None:
        self._move(ReferralState.LAPSED, by=None, at=at)
