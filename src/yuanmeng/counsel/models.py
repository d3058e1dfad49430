"""Follow-ups (what is to be done) and the service ledger (what was done)."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yuanmeng.applications.models import Application
from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.models import AppendOnly, EventRow, Noun
from yuanmeng.core.moves import Moving
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Person, User
from yuanmeng.places.models import Site
from yuanmeng.vacancies.models import Vacancy


class FollowUpKind(models.TextChoices):
    """Why something is to be done."""

    NEW_APPLICATION = "new_application", _("New application")
    SILENT_APPLICATION = "silent_application", _("No answer for two weeks")
    REFERRAL_ANSWER = "referral_answer", _("Ask whether the proposal suits")
    REFERRAL_RESULT = "referral_result", _("Ask for the result of a referral")
    CONTACT_DUE = "contact_due", _("Contact due")
    RETENTION = "retention", _("Ask how the new job goes")
    VACANCY_RECHECK = "vacancy_recheck", _("Check whether the vacancy still stands")
    REPORT = "report", _("A citizen's report")
    HELP_WANTED = "help_wanted", _("Somebody asked for help")
    BY_HAND = "by_hand", _("Own reminder")


class FollowUpState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("No longer needed")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> FollowUpQuerySet:
        return self.filter(state=FollowUpState.OPEN)

    def due_on(self, day: date) -> FollowUpQuerySet:
        return self.open().filter(due_on__lte=day)

    def of(self, user: User) -> FollowUpQuerySet:
        """On this person's desk, or on nobody's yet."""
        return self.open().filter(Q(assigned_to=user) | Q(assigned_to=None))


class FollowUp(Moving):
    """A dated to-do. Events open it (once each), or a person does by hand."""

    MOVES = {
        FollowUpState.OPEN: {FollowUpState.DONE, FollowUpState.DROPPED},
        FollowUpState.DONE: {FollowUpState.OPEN},
        FollowUpState.DROPPED: {FollowUpState.OPEN},
    }

    kind = models.CharField(max_length=24, choices=FollowUpKind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="follow_ups")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="follow_ups"
    )
    vacancy = models.ForeignKey(Vacancy, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(Application, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=300, blank=True)
    assigned_to = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="follow_ups")
    due_on = models.DateField(db_index=True)
    state = models.CharField(max_length=10, choices=FollowUpState.choices, default=FollowUpState.OPEN)
    # One event opens one to-do, however often it is read.
    event = models.ForeignKey(EventRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind"], condition=Q(event__isnull=False), name="one_follow_up_per_event"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def record(self, *, by: User, at: datetime, channel: str, result: str, words: str = "",
               next_due_on: date | None = None, minutes: int = 5, site: Site | None = None) -> ServiceRecord:  # fmt: skip
        """Write down what was done about it, close it, and open the next one when a day is named."""
        with transaction.atomic():
            row = ServiceRecord.write(
                kind="contact", by=by, at=at, person=self.person, organisation=self.organisation, channel=channel,
                result=result, words=words, minutes=minutes, site=site, about=self, next_due_on=next_due_on,
            )  # fmt: skip
            self._move(FollowUpState.DONE, by=by, at=at, note=result)
            if next_due_on is not None:
                self._open_next(due_on=next_due_on, by=by, at=at)
        return row

    def _open_next(self, *, due_on: date, by: User, at: datetime) -> None:
        FollowUp.objects.create(
            kind=FollowUpKind.CONTACT_DUE, person=self.person, organisation=self.organisation,
            vacancy=self.vacancy, application=self.application, assigned_to=by, due_on=due_on, made_at=at,
        )  # fmt: skip

    def drop(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        self._move(FollowUpState.DROPPED, by=by, at=at, note=reason)

    def reopen(self, *, by: Actor, at: datetime) -> None:
        """Undo a slip of the finger."""
        self._move(FollowUpState.OPEN, by=by, at=at)

    def take(self, *, by: User) -> None:
        """Put it on one's own desk."""
        self.assigned_to = by
        self.save(update_fields=["assigned_to"])

    @classmethod
    def open_for(cls, event: EventRow, kind: str, *, due_on: date, at: datetime, **about: Any) -> FollowUp | None:
        """Open one to-do for one event; reading the event again changes nothing."""
        try:
            with transaction.atomic():
                return cls.objects.create(event=event, kind=kind, due_on=due_on, made_at=at, **about)
        except IntegrityError:
            return None


class ServiceKind(models.TextChoices):
    """Reference list service_kind."""

    REGISTRATION = "registration", _("Registration")
    POLICY_TALK = "policy_talk", _("Policy talk")
    GUIDANCE = "guidance", _("Career guidance")
    REFERRAL = "referral", _("Referral")
    TRAINING = "training", _("Training")
    TRAINEESHIP = "traineeship", _("Traineeship")
    CONTACT = "contact", _("Contact")
    CONSULTATION = "consultation", _("Consultation")
    EVENT = "event", _("Event")
    REHEARSAL = "rehearsal", _("Mock interview")
    ASSISTANCE = "assistance", _("Assistance")
    VISIT = "visit", _("Enterprise visit")
    DEMAND = "demand", _("Enterprise demand")
    RETENTION_CHECK = "retention_check", _("Retention check")
    STARTUP = "startup", _("Start-up advice")
    APPLICATION = "application", _("Application service")


class ServiceRecord(Noun, AppendOnly):
    """One service, one row (人力资源市场暂行条例 33). A correction is a new row with `corrects`.

    The chain runs over digests of the non-personal facts, so that erasing a person's words
    leaves the chain whole.
    """

    seq = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=ServiceKind.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="services")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    about_noun = models.CharField(max_length=40, blank=True)
    about_uid = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True, max_length=2000)
    next_due_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=80, blank=True)
    event = models.OneToOneField(EventRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="service_of_person"),
            models.Index(fields=["kind", "at"], name="service_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.get_kind_display()}"

    @classmethod
    def write(cls, *, kind: str, by: Actor | None, at: datetime, about: Noun | None = None, **facts: Any) -> ServiceRecord:
        """Append one record to the ledger."""
        with transaction.atomic():
            head, _made = LedgerHead.objects.get_or_create(pk=1)
            head = LedgerHead.objects.select_for_update().get(pk=1)
            row = cls(
                kind=kind, by=key_of(by), at=at, seq=head.seq + 1, prev_hash=head.hash,
                about_noun=about.noun() if about else "", about_uid=about.uid if about else "", **facts,
            )  # fmt: skip
            row.hash = row.digest()
            row.save()
            LedgerHead.objects.filter(pk=1).update(seq=row.seq, hash=row.hash)
            events.tell("service.recorded", row, by=by, at=at, kind=kind)
        return row

    @classmethod
    def write_for(cls, event: EventRow, *, kind: str, **facts: Any) -> ServiceRecord | None:
        """Make exactly one record of one event, however often it is read."""
        if cls.objects.filter(event=event).exists():
            return None
        return cls.write(kind=kind, event=event, **facts)

    def digest(self) -> str:
        """Return the hash over the facts that stay when a person is erased."""
        facts = [
            self.seq, self.uid, self.kind, self.about_noun, self.about_uid, self.channel, self.by,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"), self.minutes, self.result,
        ]  # fmt: skip
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(self.prev_hash.encode() + text.encode()).hexdigest()


class LedgerHead(models.Model):
    """The end of the ledger's chain."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Shift(models.Model):
    """Who is on duty when, as far as to-dos need it; the full roster is a later room."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shifts")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} {self.starts_at:%m-%d %H:%M}"
