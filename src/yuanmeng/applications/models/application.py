"""The application: one seeker asks for one vacancy."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now

from yuanmeng.applications.models.snapshot import consent_to_send, new_number, snapshot_for
from yuanmeng.applications.models.states import MOVES, OPEN_STATES, Reason, State, Via
from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.core.moves import Moving
from yuanmeng.organisations.models import Mandate, Organisation
from yuanmeng.people.models import Consent, User
from yuanmeng.seekers.models import Resume, Seeker
from yuanmeng.vacancies.models import Vacancy


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

    def handled_by(self, organisation: Organisation, *, on: date) -> ApplicationQuerySet:
        """To its own vacancies, and to those it posts as an agency while the client's mandate holds."""
        clients = Mandate.objects.active_on(on).filter(agency=organisation).values("client")
        entrusted = Q(vacancy__agency=organisation, vacancy__organisation__in=clients)
        return self.filter(Q(vacancy__organisation=organisation) | entrusted)

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
    # What the employer says with a no, to the applicant; `words` stay the applicant's own.
    answer_words = models.TextField(blank=True, max_length=500)
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
        if not vacancy.is_open_on(timezone.localdate(at)):
            raise Refused(
                _now("This vacancy is no longer open. Please have a look at similar ones."), code="closed"
            )
        try:
            with transaction.atomic():
                snapshot = snapshot_for(seeker, vacancy)
                consent = consent_to_send(
                    seeker, vacancy, snapshot, via, consent_text, consent_version, evidence, at
                )
                row = cls.objects.create(
                    seeker=seeker, vacancy=vacancy, via=via, on_behalf_by=on_behalf_by, consent=consent,
                    resume=seeker.resume, snapshot=snapshot, submitted_at=at, words=words,
                    number=cls._free_number(at),
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
    def _free_number(cls, at: datetime) -> str:
        number = new_number(at)
        return cls._free_number(at) if cls.objects.filter(number=number).exists() else number

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
            answer_words=words,
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


class Placement(models.Model):
    """Somebody started work. Retention at 7, 30 and 90 days is checked, never typed."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="placement")
    started_on = models.DateField()
    evidence = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application} · {self.started_on}"
