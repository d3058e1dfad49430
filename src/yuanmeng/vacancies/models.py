"""A vacancy and its life.

Employers re-post monthly; the (source, external id) is the identity, the title is not.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.core.fields import EncryptedField
from yuanmeng.core.models import AppendOnly, Noun
from yuanmeng.core.moves import Moving
from yuanmeng.core.text import normal
from yuanmeng.organisations.models import Mandate, Organisation
from yuanmeng.places.models import Place
from yuanmeng.vacancies.baskets import Basket as Basket


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    IN_REVIEW = "in_review", _("In review")
    PUBLISHED = "published", _("Published")
    PAUSED = "paused", _("Paused")
    RETURNED = "returned", _("Returned for correction")
    REJECTED = "rejected", _("Rejected")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")


# Where a vacancy may go next. Re-listing is a new vacancy.
MOVES = {
    State.DRAFT: {State.SUBMITTED, State.CLOSED},
    State.SUBMITTED: {
        State.IN_REVIEW,
        State.PUBLISHED,
        State.RETURNED,
        State.REJECTED,
        State.DRAFT,
        State.CLOSED,
    },
    State.IN_REVIEW: {State.PUBLISHED, State.RETURNED, State.REJECTED},
    State.PUBLISHED: {State.PAUSED, State.CLOSED},
    State.PAUSED: {State.PUBLISHED, State.CLOSED},
    State.RETURNED: {State.SUBMITTED, State.CLOSED},
    State.REJECTED: {State.ARCHIVED},
    State.CLOSED: {State.ARCHIVED},
    State.ARCHIVED: set(),
}


class CloseReason(models.TextChoices):
    FILLED = "filled", _("Filled")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn by the employer")
    TAKEN_DOWN = "taken_down", _("Taken down by the reviewer")


class PauseReason(models.TextChoices):
    """Why the calendar paused a vacancy; who pauses by hand gives none."""

    ORGANISATION_LAPSED = "organisation_lapsed", _("The verification of the organisation has ended")
    NOT_CONFIRMED = "not_confirmed", _("Nobody confirmed for 90 days that it still stands")
    MANDATE_ENDED = "mandate_ended", _("The agency's mandate or its papers have ended")


def reason_in_words(note: str) -> str:
    """This will say the reason a step notes down; words that are no code stay as they are."""
    known: dict[str, Any] = dict([*CloseReason.choices, *PauseReason.choices])
    return str(known.get(note, note))


class EmploymentType(models.TextChoices):
    """schema.org words where one exists; PUBLIC_WELFARE is ours."""

    FULL_TIME = "FULL_TIME", _("Full time")
    PART_TIME = "PART_TIME", _("Part time")
    INTERN = "INTERN", _("Internship")
    TEMPORARY = "TEMPORARY", _("Temporary work")
    CONTRACTOR = "CONTRACTOR", _("Contract work")
    PER_DIEM = "PER_DIEM", _("Paid by the day")
    PUBLIC_WELFARE = "PUBLIC_WELFARE", _("Public welfare post")


class PayUnit(models.TextChoices):
    HOUR = "hour", _("hour")
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")
    PIECE = "piece", _("piece")


class Source(models.TextChoices):
    OWN = "own", _("Posted by the employer")
    ENTRUSTED = "entrusted", _("Entrusted to an agency")
    REPOSTED = "reposted", _("Re-posted from another publisher")


# Working hours of a full month, for comparing hourly and daily pay with monthly pay (174 h, 21.75 d).
PER_MONTH = {
    PayUnit.HOUR: 174.0,
    PayUnit.DAY: 21.75,
    PayUnit.MONTH: 1.0,
    PayUnit.YEAR: 1 / 12,
    PayUnit.PIECE: 0.0,
}


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """Phrases about many vacancies."""

    def open_on(self, day: date) -> VacancyQuerySet:
        """Published, inside its span of validity, of an organisation whose verification holds."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day),
            state=State.PUBLISHED,
            valid_until__gte=day,
            organisation__valid_until__gte=day,
        ).exclude(organisation__state__in=["suspended", "blacklisted"])

    def of(self, organisation: Organisation) -> VacancyQuerySet:
        return self.filter(organisation=organisation)

    def handled_by(self, organisation: Organisation) -> VacancyQuerySet:
        """Its own posts, and what it posted as an agency for somebody else."""
        return self.filter(Q(organisation=organisation) | Q(agency=organisation))

    def without_mandate_on(self, day: date) -> VacancyQuerySet:
        """Posted by an agency that may not act for the employer on this day."""
        given = Mandate.objects.active_on(day)
        held = Exists(given.filter(agency=OuterRef("agency"), client=OuterRef("organisation")))
        trusted = Q(agency__in=Organisation.objects.trusted_on(day))
        return self.filter(agency__isnull=False).exclude(held & trusted)

    def unconfirmed_since(self, moment: datetime) -> VacancyQuerySet:
        """Nobody has said since then that it still stands: neither by publishing nor by confirming it."""
        return self.filter(Q(verified_at__lte=moment) | Q(verified_at=None, published_at__lte=moment))

    def waiting_for_review(self) -> VacancyQuerySet:
        return self.filter(state__in=[State.SUBMITTED, State.IN_REVIEW]).order_by("submitted_at", "id")


class Vacancy(Moving):
    """One post with a headcount. Published only through the gate (vacancies.gate)."""

    MOVES = MOVES

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="vacancies")
    # Who posts it for the employer, under a mandate (organisations.Mandate); empty: the employer itself.
    agency = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="posted_for_clients"
    )
    title = models.CharField(max_length=100)
    title_normal = models.CharField(max_length=100, db_index=True)
    occupation_code = models.CharField(max_length=12, blank=True, db_index=True)
    industry_code = models.CharField(max_length=4, blank=True)
    openings = models.PositiveIntegerField(null=True, blank=True)
    content = models.TextField(blank=True, max_length=10_000)
    requirements = models.TextField(blank=True, max_length=10_000)
    skills = models.JSONField(default=list, blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    employment_type = models.CharField(
        max_length=20, choices=EmploymentType.choices, default=EmploymentType.FULL_TIME
    )
    pay_min_fen = models.BigIntegerField(null=True, blank=True)
    pay_max_fen = models.BigIntegerField(null=True, blank=True)
    pay_unit = models.CharField(max_length=8, choices=PayUnit.choices, default=PayUnit.MONTH)
    pay_months = models.PositiveSmallIntegerField(null=True, blank=True)
    pay_text = models.CharField(max_length=120, blank=True)
    education = models.PositiveSmallIntegerField(null=True, blank=True)
    experience_min_years = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    shift = models.CharField(max_length=20, blank=True)
    benefits = models.CharField(max_length=500, blank=True)
    tags = models.JSONField(default=list, blank=True)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = EncryptedField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.OWN)
    source_publisher = models.CharField(max_length=120, blank=True)
    source_name = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    close_reason = models.CharField(max_length=12, choices=CloseReason.choices, blank=True)
    review_reason = models.CharField(max_length=300, blank=True)
    submitted_by = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_name", "external_id"],
                condition=~Q(external_id=""),
                name="one_vacancy_per_source_key",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="vacancy_state_known"),
            models.CheckConstraint(
                condition=Q(pay_min_fen=None) | Q(pay_max_fen=None) | Q(pay_max_fen__gte=F("pay_min_fen")),
                name="pay_not_reversed",
            ),
            models.CheckConstraint(
                condition=Q(openings=None) | Q(openings__gte=1), name="openings_at_least_one"
            ),
            models.CheckConstraint(
                condition=Q(agency=None) | ~Q(agency=F("organisation")), name="agency_posts_for_another"
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="validity_not_reversed",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "valid_until"], name="vacancy_open"),
            models.Index(fields=["organisation", "state"], name="vacancy_of_organisation"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.title_normal = normal(self.title)[:100]
        super().save(*args, **kwargs)

    def is_open_on(self, day: date) -> bool:
        """Tell whether citizens may see and apply for it on this day."""
        began = self.valid_from is None or self.valid_from <= day
        lasts = self.valid_until is not None and self.valid_until >= day
        up = self.state == State.PUBLISHED and began and lasts
        return up and self.organisation.is_trusted_on(day) and self.is_mandated_on(day)

    def is_mandated_on(self, day: date) -> bool:
        """Tell whether who posts it may: the employer itself, or an agency with a mandate for this day."""
        if self.agency is None:
            return True
        held = Mandate.objects.between(self.agency, self.organisation).active_on(day)
        return self.agency.is_trusted_on(day) and held.exists()

    def handler_on(self, day: date) -> Organisation:
        """Return who answers for it now: the agency while its mandate holds, else the employer."""
        return self.agency if self.agency is not None and self.is_mandated_on(day) else self.organisation

    @property
    def receiver(self) -> str:
        """Return who gets an application: the employer, or the agency that acts for it."""
        if self.agency is None:
            return self.organisation.name
        names = {"agency": self.agency.name, "client": self.organisation.name}
        return _now("%(agency)s, acting for %(client)s") % names

    @property
    def monthly_pay_fen(self) -> tuple[int | None, int | None]:
        """Return the pay span as full-time pay a month, for comparing; None where it is unknown."""
        factor = PER_MONTH[PayUnit(self.pay_unit)]
        low, high = self.pay_min_fen, self.pay_max_fen
        return (
            round(low * factor) if low and factor else None,
            round(high * factor) if high and factor else None,
        )

    def change(self, *, by: Actor, at: datetime, **facts: Any) -> bool:
        """Change facts and tell it; return whether anything was different.

        A published vacancy whose words change goes through the gate again at the caller's next step.
        """
        different = {k: v for k, v in facts.items() if getattr(self, k) != v}
        if not different:
            return False
        for name, value in different.items():
            setattr(self, name, value)
        self.changed_at, self.version = at, self.version + 1
        with transaction.atomic():
            self.save()
            events.tell("vacancy.changed", self, by=by, at=at, fields=sorted(different))
        return True

    def submit(self, *, by: Actor, at: datetime) -> None:
        """Hand it in for review. What breaks a clause is refused here already, clause named."""
        from yuanmeng.vacancies import gate

        gate.refuse_blocked(self, at=at)
        self._move(State.SUBMITTED, by=by, at=at, submitted_by=by.actor_key)

    def begin_review(self, *, by: Actor, at: datetime) -> None:
        """A reviewer has it open: until the answer its words do not change under their eyes."""
        self._move(State.IN_REVIEW, by=by, at=at)

    def publish(self, *, by: Actor, at: datetime) -> None:
        """Put it on every surface, through the gate and by a second person."""
        from yuanmeng.vacancies import gate

        if self.state in {State.SUBMITTED, State.IN_REVIEW} and self.submitted_by == by.actor_key:
            raise Refused(
                _now("Who handed a vacancy in does not publish it. Please ask a second person."),
                code="second_person",
            )
        gate.refuse_blocked(self, at=at)
        self._move(State.PUBLISHED, by=by, at=at, published_at=self.published_at or at, verified_at=at)

    def give_back(self, *, by: Actor, at: datetime, reason: str) -> None:
        """Return it for correction, reason said."""
        self._move(State.RETURNED, by=by, at=at, note=reason, review_reason=reason)

    def reject(self, *, by: Actor, at: datetime, reason: str) -> None:
        self._move(State.REJECTED, by=by, at=at, note=reason, review_reason=reason)

    def pause(self, *, by: Actor | None, at: datetime, reason: str = "") -> None:
        self._move(State.PAUSED, by=by, at=at, note=reason)

    def resume(self, *, by: Actor, at: datetime) -> None:
        """Put a paused vacancy back, through the gate again."""
        self.publish(by=by, at=at)

    def confirm(self, *, by: Actor, at: datetime) -> None:
        """The employer says that it still stands. Raises MoveRefused when it is not up any more."""
        with transaction.atomic():
            up = Vacancy.objects.filter(pk=self.pk, state__in=[State.PUBLISHED, State.PAUSED])
            if not up.update(verified_at=at):
                raise MoveRefused(_now("This vacancy is over. You can post it anew."))
            self.verified_at = at
            events.tell(CONFIRMED, self, by=by, at=at)

    def close(self, reason: str, *, by: Actor | None, at: datetime) -> None:
        """Take it off every surface for good."""
        self._move(State.CLOSED, by=by, at=at, note=reason, close_reason=reason, facts={"reason": reason})

    def note_time(self, *, at: datetime) -> None:
        """Close it once its validity is over."""
        if (
            self.state in {State.PUBLISHED, State.PAUSED}
            and self.valid_until
            and self.valid_until < timezone.localdate(at)
        ):
            self.close(CloseReason.EXPIRED, by=None, at=at)


class Lift(AppendOnly):
    """A reviewer lifted one block of one vacancy, on the ground the law names."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="lifts")
    rule = models.CharField(max_length=40)
    text = models.CharField(max_length=200)
    ground = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.rule}: {self.ground}"


class Report(Noun):
    """A citizen's report (举报) about a vacancy (人力资源市场暂行条例 29)."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(max_length=40)
    words = models.TextField(blank=True, max_length=1000)
    at = models.DateTimeField()
    by = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.reason} · {self.vacancy}"

    @classmethod
    def make(cls, vacancy: Vacancy, *, reason: str, words: str, by: Actor | None, at: datetime) -> Report:
        """Take a report and tell the reviewers."""
        with transaction.atomic():
            row = cls.objects.create(
                vacancy=vacancy, reason=reason, words=words, at=at, by=by.actor_key if by else ""
            )
            events.tell("report.made", row, by=by, at=at, vacancy=vacancy.uid)
        return row


RECHECK_EVERY = timedelta(days=14)
# An employer who is silent about a vacancy is asked after 30 days; after 90 it is paused (ours).
ASK_AFTER, PAUSE_AFTER = timedelta(days=30), timedelta(days=90)
# No `vacancy.` events: nothing that a surface shows changes, so boards and matching need not look again.
ASKED, CONFIRMED = "freshness.asked", "freshness.confirmed"
