"""Who looks for work: the registration, the wishes, the resume in versions that never change."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Noun
from yuanmeng.core.moves import Moving
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Person, User


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Looking for work")
    PLACED = "placed", _("In work")
    DORMANT = "dormant", _("No contact for long")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    ARCHIVED = "archived", _("Archived")


MOVES = {
    State.DRAFT: {State.ACTIVE, State.WITHDRAWN},
    State.ACTIVE: {State.PLACED, State.DORMANT, State.WITHDRAWN},
    State.PLACED: {State.ACTIVE, State.DORMANT, State.WITHDRAWN},
    State.DORMANT: {State.ACTIVE, State.WITHDRAWN, State.ARCHIVED},
    State.WITHDRAWN: {State.ACTIVE, State.ARCHIVED},
    State.ARCHIVED: set(),
}
# Law: nobody under 16 works (劳动法 15); the register takes nobody younger.
LOWEST_AGE = 16


class Intention(models.TextChoices):
    """Reference list job_intention."""

    EMPLOYED = "1", _("A job with an employer")
    FLEXIBLE = "2", _("Flexible work")
    STARTUP = "3", _("Own business")
    TRAINING = "4", _("Vocational training")


class SeekerQuerySet(models.QuerySet["Seeker"]):
    def looking(self) -> SeekerQuerySet:
        """Who is looking for work now."""
        return self.filter(state=State.ACTIVE)

    def may_be_suggested(self) -> SeekerQuerySet:
        """Looking, and personal recommendation is on."""
        return self.looking().filter(recommendations_on=True)


class Seeker(Moving):
    """One registration as a seeker. Health, hukou and marriage have no column here, on purpose."""

    MOVES = MOVES

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="seeker")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ACTIVE, db_index=True)
    education = models.PositiveSmallIntegerField(null=True, blank=True)
    school = models.CharField(max_length=80, blank=True)
    major = models.CharField(max_length=60, blank=True)
    graduates_on = models.DateField(null=True, blank=True)
    skills = models.JSONField(default=list, blank=True)
    certificates = models.JSONField(default=list, blank=True)
    last_occupation_code = models.CharField(max_length=12, blank=True)
    last_job = models.CharField(max_length=200, blank=True)
    years_experience = models.PositiveSmallIntegerField(null=True, blank=True)
    intention = models.CharField(max_length=1, choices=Intention.choices, blank=True)
    wanted_occupation_codes = models.JSONField(default=list, blank=True)
    wanted_text = models.CharField(max_length=200, blank=True)
    pay_floor_fen = models.BigIntegerField(null=True, blank=True)
    employment_types = models.JSONField(default=list, blank=True)
    shifts = models.JSONField(default=list, blank=True)
    commute_max_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # Rounded to the residents' committee: enough for a commute, too coarse for a door.
    home_area_code = models.CharField(max_length=12, blank=True)
    home_lon = models.FloatField(null=True, blank=True)
    home_lat = models.FloatField(null=True, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="caseload")
    graduate_of = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="graduates"
    )
    recommendations_on = models.BooleanField(default=True)
    taste_from = models.DateTimeField(null=True, blank=True)  # what was chosen before is forgotten
    hidden_organisations = models.ManyToManyField(Organisation, blank=True, related_name="+")
    active_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    last_contact_at = models.DateTimeField(null=True, blank=True)

    objects = SeekerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="seeker_state_known"),
        ]

    def __str__(self) -> str:
        return self.person.pseudonym

    @property
    def resume(self) -> Resume | None:
        """Return the newest resume version."""
        return self.resumes.order_by("-version").first()

    def change(self, *, by: Actor | None, at: datetime, **facts: Any) -> bool:
        """Change facts and tell it; return whether anything was different."""
        different = {k: v for k, v in facts.items() if getattr(self, k) != v}
        if not different:
            return False
        for name, value in different.items():
            setattr(self, name, value)
        self.changed_at = at
        with transaction.atomic():
            self.save()
            events.tell("seeker.changed", self, by=by, at=at, fields=sorted(different))
        return True

    def set_recommendations(self, on: bool, *, by: Actor, at: datetime) -> None:
        """Switch personal recommendation on or off (PIPL 24); readers forget tags when off."""
        if self.change(by=by, at=at, recommendations_on=on):
            kind = "seeker.recommendations_on" if on else "seeker.recommendations_off"
            events.tell(kind, self, by=by, at=at)

    def forget_choices(self, *, by: Actor, at: datetime) -> None:
        """What was applied for or kept until now says nothing about taste any more (算法推荐 17)."""
        self.change(by=by, at=at, taste_from=at)

    def hide_from(self, organisation: Organisation, *, by: Actor, at: datetime) -> None:
        """Never be suggested to this organisation."""
        with transaction.atomic():
            self.hidden_organisations.add(organisation)
            events.tell("seeker.changed", self, by=by, at=at, fields=["hidden_organisations"])

    def show_again_to(self, organisation: Organisation, *, by: Actor, at: datetime) -> None:
        """No longer hide from this organisation."""
        with transaction.atomic():
            self.hidden_organisations.remove(organisation)
            events.tell("seeker.changed", self, by=by, at=at, fields=["hidden_organisations"])

    def write_resume(self, text: str, *, by: Actor, at: datetime, sections: Any = None) -> Resume:
        """Add a resume version; the old ones stay as they are."""
        with transaction.atomic():
            newest = self.resume
            if newest is not None and newest.text == text:
                return newest
            row = Resume.objects.create(
                seeker=self, version=newest.version + 1 if newest else 1, text=text,
                sections=sections or {}, made_at=at,
            )  # fmt: skip
            events.tell("seeker.changed", self, by=by, at=at, fields=["resume"])
        return row

    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """Stop looking: off every list until the person comes back."""
        self._move(State.WITHDRAWN, by=by, at=at)

    def come_back(self, *, by: Actor, at: datetime) -> None:
        self._move(State.ACTIVE, by=by, at=at)

    def start_work(self, *, by: Actor | None, at: datetime) -> None:
        """A placement started."""
        self._move(State.PLACED, by=by, at=at)


def register(person: Person, *, by: Actor | None, at: datetime, channel: str, **facts: Any) -> Seeker:
    """Register a person as a seeker, or return the registration that stands.

    Raises Refused for a person under 16.
    """
    age = person.age_on(timezone.localdate(at))
    if age is not None and age < LOWEST_AGE - (person.birth_on is None):
        raise Refused(_now("We can register people from the age of 16. Please ask our counter for advice."))
    with transaction.atomic():
        row, new = Seeker.objects.get_or_create(
            person=person,
            defaults={"channel": channel, "made_at": at, "changed_at": at, "active_at": at, **facts},
        )
        if new:
            events.tell("seeker.registered", row, by=by, at=at, channel=channel)
    return row


class Resume(Noun):
    """One version of a resume. What was sent stays as it was sent."""

    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="resumes")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=20_000)
    sections = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seeker", "version"], name="one_resume_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.seeker} v{self.version}"
