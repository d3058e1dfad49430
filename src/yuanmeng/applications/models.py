"""An application (投递) is the seeker's act; a referral (推荐) is a counsellor's.

No application without its own consent and the snapshot of what was sent to whom (PIPL 23).
Silence has an end: 7 days remind, 14 days the counsellor's list, 30 days expired.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.core.moves import Moving, pending
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Consent, Purpose, User
from yuanmeng.seekers.models import Resume, Seeker
from yuanmeng.vacancies.models import Vacancy


class State(models.TextChoices):
    SUBMITTED = "submitted", _("Sent")
    SEEN = "seen", _("Seen by the employer")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    INVITED = "invited", _("Invited to an interview")
    INTERVIEWED = "interviewed", _("Interviewed")
    OFFERED = "offered", _("Offered")
    HIRED = "hired", _("Hired")
    DECLINED = "declined", _("Not successful")
    WITHDRAWN = "withdrawn", _("Taken back")
    MISSED = "missed", _("Interview missed")
    TURNED_DOWN = "turned_down", _("Offer turned down")
    OBSOLETE = "obsolete", _("Found work elsewhere")
    EXPIRED = "expired", _("No answer in time")


_ENDS = {State.DECLINED, State.WITHDRAWN, State.OBSOLETE}
# Where an application may go next. Read it to a counsellor: it should sound true.
MOVES: dict[Any, set[Any]] = {
    State.SUBMITTED: {
        State.SEEN, State.SHORTLISTED, State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED,
        State.EXPIRED,
    } | _ENDS,
    State.SEEN: {
        State.SHORTLISTED, State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED, State.EXPIRED,
    } | _ENDS,
    State.SHORTLISTED: {State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED} | _ENDS,
    State.INVITED: {State.INTERVIEWED, State.OFFERED, State.HIRED, State.MISSED} | _ENDS,
    State.INTERVIEWED: {State.OFFERED, State.HIRED} | _ENDS,
    State.OFFERED: {State.HIRED, State.TURNED_DOWN} | _ENDS,
    State.HIRED: set(), State.DECLINED: set(), State.WITHDRAWN: set(), State.MISSED: set(),
    State.TURNED_DOWN: set(), State.OBSOLETE: set(), State.EXPIRED: set(),
}  # fmt: skip
OPEN_STATES = pending(MOVES)
REMIND_AFTER, LIST_AFTER, EXPIRE_AFTER = timedelta(days=7), timedelta(days=14), timedelta(days=30)


class Via(models.TextChoices):
    """Where the act happened (reference list channel)."""

    PHONE_WEB = "phone_web", _("Phone")
    KIOSK = "kiosk", _("Kiosk")
    WALL_QR = "wall_qr", _("Big screen")
    WINDOW_QR = "window_qr", _("Display window")
    BOOTH = "booth", _("Night-market booth")
    DESK = "desk", _("Service desk")
    PARTNER_API = "partner_api", _("Partner")


class Reason(models.TextChoices):
    """Why an application ended (reference list application_reason)."""

    SKILL = "skill", _("Skills do not fit")
    EXPERIENCE = "experience", _("Too little experience")
    FILLED = "filled", _("Post already filled")
    PAY = "pay", _("Pay does not fit")
    DISTANCE = "distance", _("Too far")
    HOURS = "hours", _("Hours do not fit")
    NO_REPLY = "no_reply", _("Could not be reached")
    NO_SHOW = "no_show", _("Did not come to the interview")
    FOUND_OTHER = "found_other", _("Found work elsewhere")
    SEEKER_CHANGED = "seeker_changed", _("The seeker's wishes changed")
    SILENT = "silent", _("The employer did not answer in time")
    OTHER = "other", _("Other")


class AlreadyApplied(Refused):
    """One live application per seeker and vacancy."""

    code = "duplicate"

    def __init__(self, application: Application | None = None) -> None:
        super().__init__(
            _now("You have already applied for this vacancy. You will find it under My applications.")
        )
        self.application = application


class ApplicationQuerySet(models.QuerySet["Application"]):
    def still_open(self) -> ApplicationQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def to(self, organisation: Organisation) -> ApplicationQuerySet:
        return self.filter(vacancy__organisation=organisation)

    def silent_since(self, day: datetime) -> ApplicationQuerySet:
        """Unanswered and sent before this moment."""
        return self.filter(state__in=[State.SUBMITTED, State.SEEN], submitted_at__lte=day)


class Application(Moving):
    """One seeker asks for one vacancy, with what was sent, to whom, for what, agreed how."""

    MOVES = MOVES

    seeker = models.ForeignKey(Seeker, on_delete=models.CASCADE, related_name="applications")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="applications")
    resume = models.ForeignKey(Resume, null=True, blank=True, on_delete=models.PROTECT)
    via = models.CharField(max_length=12, choices=Via.choices, default=Via.PHONE_WEB)
    on_behalf_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT)
    snapshot = models.JSONField()
    number = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTED, db_index=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason_shared = models.BooleanField(default=True)
    words = models.TextField(blank=True, max_length=1000)
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_place = models.CharField(max_length=200, blank=True)
    intent_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    hired_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    recruiter_note = models.TextField(blank=True, max_length=2000)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seeker", "vacancy"],
                condition=Q(state__in=[str(s) for s in OPEN_STATES]),
                name="one_live_application",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
        ]
        indexes = [models.Index(fields=["vacancy", "state"], name="application_of_vacancy")]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def submit(
        cls,
        *,
        seeker: Seeker,
        vacancy: Vacancy,
        via: str,
        by: Actor,
        at: datetime,
        words: str = "",
        consent_text: str,
        consent_version: str,
        on_behalf_by: User | None = None,
        evidence: str = "",
    ) -> Application:
        """Send one application: consent, snapshot, row, step and event together or not at all.

        Raises AlreadyApplied, or Refused when the vacancy is not open any more.
        """
        if not vacancy.is_open_on(at.date()):
            raise Refused(
                _now("This vacancy is no longer open. Please have a look at similar ones."), code="closed"
            )
        try:
            with transaction.atomic():
                snapshot = snapshot_for(seeker, vacancy)
                consent = _consent(
                    seeker, vacancy, snapshot, via, consent_text, consent_version, evidence, at
                )
                row = cls.objects.create(
                    seeker=seeker, vacancy=vacancy, via=via, on_behalf_by=on_behalf_by, consent=consent,
                    resume=seeker.resume, snapshot=snapshot, submitted_at=at, words=words,
                    number=_next_number(at),
                )  # fmt: skip
                Step.write(row, old="", new=State.SUBMITTED, by=by, at=at)
                events.tell(
                    "application.submitted", row, by=by, at=at,
                    seeker=seeker.uid, vacancy=vacancy.uid, via=via,
                )  # fmt: skip
        except IntegrityError:
            raise AlreadyApplied(cls._live(seeker, vacancy)) from None
        return row

    @classmethod
    def _live(cls, seeker: Seeker, vacancy: Vacancy) -> Application | None:
        return cls.objects.still_open().filter(seeker=seeker, vacancy=vacancy).first()

    def _answer(self, to: str, *, by: Actor, at: datetime, **changes: Any) -> None:
        self._move(to, by=by, at=at, answered_at=self.answered_at or at, facts=self._about(), **changes)

    def _end(self, to: str, *, by: Actor | None, at: datetime, reason: str, **changes: Any) -> None:
        self._move(to, by=by, at=at, note=reason, ended_at=at, reason=reason, facts=self._about(), **changes)

    def _about(self) -> dict[str, str]:
        return {"seeker": self.seeker.uid, "vacancy": self.vacancy.uid}

    def see(self, *, by: Actor, at: datetime) -> None:
        """Note that the employer opened it; later openings change nothing."""
        if self.state == State.SUBMITTED:
            self._move(State.SEEN, by=by, at=at, facts=self._about())

    def shortlist(self, *, by: Actor, at: datetime) -> None:
        self._answer(State.SHORTLISTED, by=by, at=at)

    def invite(self, *, by: Actor, at: datetime, meeting_at: datetime, meeting_place: str) -> None:
        """Invite to an interview. From here on the employer may see the phone number."""
        self._answer(State.INVITED, by=by, at=at, meeting_at=meeting_at, meeting_place=meeting_place)

    def note_interview(self, *, by: Actor, at: datetime) -> None:
        self._answer(State.INTERVIEWED, by=by, at=at)

    def offer(self, *, by: Actor, at: datetime) -> None:
        self._answer(State.OFFERED, by=by, at=at)

    def hire(self, *, by: Actor, at: datetime) -> None:
        """Take the person on; the placement story begins here."""
        self._answer(State.HIRED, by=by, at=at, ended_at=at)

    def decline(self, *, by: Actor, at: datetime, reason: str, words: str = "", shared: bool = True) -> None:
        """Say no, with a reason code."""
        if reason not in Reason.values:
            raise Refused(_now("Please choose a reason."), field="reason")
        answered = self.answered_at or at
        self._end(
            State.DECLINED,
            by=by,
            at=at,
            reason=reason,
            words=words,
            reason_shared=shared,
            answered_at=answered,
        )

    def withdraw(self, *, by: Actor, at: datetime) -> None:
        """The seeker takes it back; the consent ends with it."""
        with transaction.atomic():
            self._end(State.WITHDRAWN, by=by, at=at, reason=Reason.SEEKER_CHANGED)
            self.consent.withdraw(at=at)

    def miss(self, *, by: Actor, at: datetime) -> None:
        self._end(State.MISSED, by=by, at=at, reason=Reason.NO_SHOW)

    def turn_down(self, *, by: Actor, at: datetime, reason: str) -> None:
        self._end(State.TURNED_DOWN, by=by, at=at, reason=reason)

    def make_obsolete(self, *, by: Actor | None, at: datetime) -> None:
        self._end(State.OBSOLETE, by=by, at=at, reason=Reason.FOUND_OTHER)

    def expire(self, *, at: datetime) -> None:
        """End an application nobody answered for 30 days; the seeker gets a courteous message."""
        self._end(State.EXPIRED, by=None, at=at, reason=Reason.SILENT)

    @property
    def shows_phone(self) -> bool:
        """Tell whether the employer may see the phone number now."""
        return self.state in {State.INVITED, State.INTERVIEWED, State.OFFERED, State.HIRED}


def snapshot_for(seeker: Seeker, vacancy: Vacancy) -> dict[str, Any]:
    """Return what an employer will get if this application is sent, as it is now."""
    resume = seeker.resume
    return {
        "receiver": vacancy.organisation.name,
        "vacancy": vacancy.title,
        "name": seeker.person.name,
        "birth_year": seeker.person.birth_year,
        "education": seeker.education,
        "school": seeker.school,
        "major": seeker.major,
        "skills": seeker.skills,
        "certificates": seeker.certificates,
        "last_job": seeker.last_job,
        "years_experience": seeker.years_experience,
        "resume": resume.text if resume else "",
        "resume_version": resume.version if resume else None,
    }


def _consent(
    seeker: Seeker, vacancy: Vacancy, snapshot: dict[str, Any], via: str, text: str, version: str,
    evidence: str, at: datetime,
) -> Consent:  # fmt: skip
    organisation = vacancy.organisation
    return Consent.objects.create(
        person=seeker.person, purpose=Purpose.SEND_TO_EMPLOYER, text_version=version, text=text,
        receiver=organisation.name, receiver_uid=organisation.uid, fields=sorted(snapshot), channel=via,
        evidence=evidence, given_at=at,
    )  # fmt: skip


def _next_number(at: datetime) -> str:
    """Return a short number people can read out: month and a random tail; retried on a clash."""
    import secrets

    while True:
        number = f"{at:%y%m}-{secrets.randbelow(900_000) + 100_000}"
        if not Application.objects.filter(number=number).exists():
            return number


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
        self, *, by: User, at: datetime, consent_text: str, consent_version: str, evidence: str = ""
    ) -> Application:
        """Send it as an application on the seeker's behalf; needs the seeker's agreement first."""
        with transaction.atomic():
            row = Application.submit(
                seeker=self.seeker, vacancy=self.vacancy, via=Via.DESK, by=by, at=at, on_behalf_by=by,
                consent_text=consent_text, consent_version=consent_version, evidence=evidence,
            )  # fmt: skip
            self._move(ReferralState.SENT, by=by, at=at, facts=self._about(), application=row)
        return row

    def lapse(self, *, at: datetime) -> None:
        self._move(ReferralState.LAPSED, by=None, at=at)


class Placement(models.Model):
    """Somebody started work. Retention at 7, 30 and 90 days is checked, never typed."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="placement")
    started_on = models.DateField()
    evidence = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application} · {self.started_on}"
