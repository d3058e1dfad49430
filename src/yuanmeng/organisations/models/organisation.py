"""Organisations, who belongs to them, and whether somebody has checked their papers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.fields import EncryptedField
from yuanmeng.core.models import Noun
from yuanmeng.core.moves import Moving
from yuanmeng.core.text import normal
from yuanmeng.people.models import User
from yuanmeng.places.models import Place, Site


class Kind(models.TextChoices):
    """The code words of reference list organisation_kind."""

    EMPLOYER = "employer", _("Employer")
    HR_AGENCY = "hr_agency", _("HR agency")
    UNIVERSITY = "university", _("University")
    TRAINING_PROVIDER = "training_provider", _("Training provider")
    DEPARTMENT = "department", _("Department")
    OPERATOR = "operator", _("Operator")


class State(models.TextChoices):
    """Where the verification of an organisation stands."""

    UNVERIFIED = "unverified", _("Not verified")
    SUBMITTED = "submitted", _("Papers handed in")
    UNDER_REVIEW = "under_review", _("Under review")
    VERIFIED = "verified", _("Verified")
    RETURNED = "returned", _("Returned for correction")
    REVERIFY_DUE = "reverify_due", _("Renewal due")
    LAPSED = "lapsed", _("Lapsed")
    SUSPENDED = "suspended", _("Suspended")
    BLACKLISTED = "blacklisted", _("Blacklisted")


# Where a verification may go next. Read it to a reviewer: it should sound true.
MOVES = {
    State.UNVERIFIED: {State.SUBMITTED, State.SUSPENDED, State.BLACKLISTED},
    State.SUBMITTED: {State.UNDER_REVIEW, State.VERIFIED, State.RETURNED, State.SUSPENDED, State.BLACKLISTED},
    State.UNDER_REVIEW: {State.VERIFIED, State.RETURNED, State.SUSPENDED, State.BLACKLISTED},
    State.VERIFIED: {State.REVERIFY_DUE, State.LAPSED, State.SUSPENDED, State.BLACKLISTED},
    State.RETURNED: {State.SUBMITTED, State.SUSPENDED, State.BLACKLISTED},
    State.REVERIFY_DUE: {State.SUBMITTED, State.LAPSED, State.SUSPENDED, State.BLACKLISTED},
    State.LAPSED: {State.SUBMITTED, State.SUSPENDED, State.BLACKLISTED},
    State.SUSPENDED: {State.VERIFIED, State.BLACKLISTED},
    State.BLACKLISTED: set(),
}
LONGEST_VALIDITY = timedelta(days=183)
RENEWAL_NOTICE = timedelta(days=30)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Phrases about many organisations."""

    def trusted_on(self, day: date) -> OrganisationQuerySet:
        """Whose verification holds on this day. The date decides, not the state word."""
        return self.exclude(state__in=[State.SUSPENDED, State.BLACKLISTED]).filter(valid_until__gte=day)


class Organisation(Moving):
    """One file per organisation (一企一档)."""

    MOVES = MOVES

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.EMPLOYER)
    name = models.CharField(max_length=120)
    name_normal = models.CharField(max_length=120, db_index=True)
    uscc = models.CharField(max_length=18, blank=True)
    industry_code = models.CharField(max_length=4, blank=True)
    size = models.CharField(max_length=30, blank=True)
    nature = models.CharField(max_length=40, blank=True)
    about = models.TextField(blank=True)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    contact_name = models.CharField(max_length=60, blank=True)
    contact_phone = EncryptedField(blank=True)
    licence_no = models.CharField(max_length=60, blank=True)
    licence_scope = models.CharField(max_length=200, blank=True)
    licence_until = models.DateField(null=True, blank=True)
    service_officer = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=20, choices=State.choices, default=State.UNVERIFIED, db_index=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)
    external_id = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["uscc"], condition=~Q(uscc=""), name="one_organisation_per_uscc"),
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="one_organisation_per_source_key",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="organisation_state_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_normal = normal(self.name)
        super().save(*args, **kwargs)

    def is_trusted_on(self, day: date) -> bool:
        """Tell whether the verification holds on a day: its date decides, not the state word."""
        barred = self.state in {State.SUSPENDED, State.BLACKLISTED}
        return not barred and self.valid_until is not None and self.valid_until >= day

    def is_licensed_on(self, day: date) -> bool:
        """Tell whether an HR service licence holds on a day: on the register or among the papers checked."""
        if self.licence_no and (self.licence_until is None or self.licence_until >= day):
            return True
        if self.verified_at is None:
            return False
        papers = self.credentials.filter(paper=Credential.Paper.HR_LICENCE, given_at__lte=self.verified_at)
        return papers.exclude(number="").filter(Q(valid_until=None) | Q(valid_until__gte=day)).exists()

    def submit(self, *, by: Actor, at: datetime) -> None:
        """Hand the papers in for review."""
        self._move(State.SUBMITTED, by=by, at=at)

    def verify(self, *, by: Actor, at: datetime, until: date | None = None) -> None:
        """Find the papers in order, for at most six months (人社厅发〔2025〕60号)."""
        last = timezone.localdate(at + LONGEST_VALIDITY)
        if until is not None and until > last:
            raise Refused(_now("A verification holds for six months at most. Please choose an earlier day."))
        self._move(State.VERIFIED, by=by, at=at, valid_until=until or last)

    def give_back(self, *, by: Actor, at: datetime, reason: str) -> None:
        """Return the papers with the reason said."""
        self._move(State.RETURNED, by=by, at=at, note=reason)

    def suspend(self, *, by: Actor, at: datetime, reason: str) -> None:
        self._move(State.SUSPENDED, by=by, at=at, note=reason)

    def note_time(self, *, at: datetime) -> None:
        """Do what the calendar asks: renewal due 30 days before the end, lapsed after it."""
        today = timezone.localdate(at)
        if self.valid_until is None or self.state not in {State.VERIFIED, State.REVERIFY_DUE}:
            return
        if self.valid_until < today:
            self._move(State.LAPSED, by=None, at=at)
        elif self.state == State.VERIFIED and self.valid_until - RENEWAL_NOTICE <= today:
            self._move(State.REVERIFY_DUE, by=None, at=at)

    def tell_changed(self, *, by: Actor | None, at: datetime) -> None:
        """Note that public facts of the organisation changed."""
        self.changed_at = at
        self.save(update_fields=["changed_at", "name_normal"])
        events.tell("organisation.changed", self, by=by, at=at)


class Credential(Noun):
    """One paper of an organisation: what it is, its number, until when it holds."""

    class Paper(models.TextChoices):
        BUSINESS_LICENCE = "business_licence", _("Business licence")
        AGENT_ID = "agent_id", _("Identity of the person acting")
        MANDATE = "mandate", _("Letter of authority")
        RECRUITMENT_BRIEF = "recruitment_brief", _("Recruitment brief")
        HR_LICENCE = "hr_licence", _("HR service licence")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="credentials")
    paper = models.CharField(max_length=30, choices=Paper.choices)
    number = models.CharField(max_length=60, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "paper"], name="one_paper_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.get_paper_display()} {self.number}"


class Role(models.TextChoices):
    """Roles by membership (security.md §10). visitor, seeker, kiosk and screen need none."""

    RECRUITER = "recruiter", _("Recruiter")
    PARTNER = "partner", _("Partner")
    FRONT_DESK = "front_desk", _("Front desk")
    COUNSELLOR = "counsellor", _("Counsellor")
    MANAGER = "manager", _("Manager")
    AUDITOR = "auditor", _("Auditor")
    SYSADMIN = "sysadmin", _("System administrator")
    STAFF = "staff", _("Staff with one duty")


class Duty(models.TextChoices):
    """Duties beside the roles."""

    REVIEWER = "reviewer", _("Reviewer")
    EDITOR = "editor", _("Content editor")
    DATA_OFFICER = "data_officer", _("Data officer")
    DEPARTMENT_OFFICER = "department_officer", _("Department officer")
    CAFE = "cafe", _("Café staff")
    SECURITY = "security", _("Security administrator")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def live_on(self, day: date) -> MembershipQuerySet:
        """Memberships that give power on this day. Revoked ones stop at once."""
        ended = Q(to_on__isnull=False) & Q(to_on__lte=day)
        return self.filter(from_on__lte=day).exclude(ended).select_related("organisation")


class Membership(Noun):
    """The only source of power: a user acts for an organisation, in a role, from a day to a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    duty = models.CharField(max_length=20, choices=Duty.choices, blank=True)
    sites = models.ManyToManyField(Site, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=80, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "duty"],
                condition=Q(to_on=None),
                name="one_live_membership_of_a_kind",
            ),
            # 三员: running, approving and auditing are never one person.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(to_on=None) & (Q(role__in=["sysadmin", "auditor"]) | Q(duty="security")),
                name="one_of_the_three_administrators",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"

    def end(self, *, on: date) -> None:
        """Take the power away from this day on."""
        self.to_on = on
        self.save(update_fields=["to_on"])


class ApiToken(Noun):
    """A machine of a recruiter or agency acts for one user, with the memberships that user has at each call.

    Readable once, stored hashed, revocable. Staff get none: it would go round their second factor.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} · {self.name}"

    @classmethod
    def give(cls, user: User, name: str, *, at: datetime) -> tuple[ApiToken, str]:
        """Make a token and return it with its row, the only time it is readable. Raises Refused for staff."""
        outside = {Role.RECRUITER, Role.PARTNER}
        roles = {m.role for m in Membership.objects.live_on(timezone.localdate(at)).filter(user=user)}
        if not roles or roles - outside:
            raise Refused(_now("Only recruiters and partners get a token for their own system."))
        token = secrets.token_hex(32)
        return cls.objects.create(user=user, name=name, token_hash=_hash_of(token), made_at=at), token

    @classmethod
    def user_of(cls, token: str) -> User | None:
        """Return the user a live token acts for; None for a wrong or revoked one."""
        row = cls.objects.filter(token_hash=_hash_of(token), revoked_at=None).select_related("user").first()
        return row.user if row is not None else None

    def revoke(self, *, at: datetime) -> None:
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
