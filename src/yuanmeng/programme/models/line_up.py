"""The month's line-up (排片): drafted by one person, reviewed by another, published, changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.core.moves import Moving
from yuanmeng.core.text import clean
from yuanmeng.places.models import Site
from yuanmeng.programme import findings, guard, publishing
from yuanmeng.programme.days import LONGEST, month_of, month_span
from yuanmeng.programme.models.event import Event

if TYPE_CHECKING:
    from yuanmeng.programme.models.session import Session


class LineUpState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    REVIEWED = "reviewed", _("Reviewed")
    PUBLISHED = "published", _("Published")
    CHANGED = "changed", _("Changed since publishing")


# Where a month may go next. What is edited goes back to its writer: a review holds for what was read.
LINE_UP_MOVES = {
    LineUpState.DRAFT: {LineUpState.SUBMITTED},
    LineUpState.SUBMITTED: {LineUpState.REVIEWED, LineUpState.DRAFT, LineUpState.CHANGED},
    LineUpState.REVIEWED: {LineUpState.PUBLISHED, LineUpState.DRAFT, LineUpState.CHANGED},
    LineUpState.PUBLISHED: {LineUpState.CHANGED},
    LineUpState.CHANGED: {LineUpState.SUBMITTED},
}


class LineUpQuerySet(models.QuerySet["LineUp"]):
    def of(self, site: Site, day: date, *, at: datetime) -> LineUp:
        """The line-up of a day's month, begun where there is none."""
        row, _made = self.get_or_create(site=site, month=month_of(day), defaults={"made_at": at})
        return row

    def showing(self, event: Event, *, since: datetime) -> LineUpQuerySet:
        """Months in which sessions of a series are still to come, in key order for locking."""
        rows = Event.objects.filter(pk=event.pk, sessions__ends_at__gt=since)
        return self.filter(pk__in=rows.values("sessions__line_up")).order_by("pk")

    def waiting(self) -> LineUpQuerySet:
        return self.filter(state=LineUpState.SUBMITTED).order_by("month", "id")

    def with_the_writer(self, today: date) -> LineUpQuerySet:
        """Months to come, or running, that somebody began or changed and has not handed in."""
        mine = self.filter(state__in=[LineUpState.DRAFT, LineUpState.CHANGED])
        return mine.filter(month__gte=month_of(today)).order_by("month", "id")


class LineUp(Moving):
    """One month of one space."""

    MOVES = LINE_UP_MOVES

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="line_ups")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=LineUpState.choices, default=LineUpState.DRAFT)
    # Who has written since the last publishing: none of them reviews it.
    hands = models.JSONField(default=list)
    submitted_by = models.CharField(max_length=80, blank=True)
    reviewed_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)

    objects = LineUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "month"], name="one_line_up_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="line_up_begins_on_the_first"),
            models.CheckConstraint(condition=Q(state__in=LineUpState.values), name="line_up_state_known"),
            models.CheckConstraint(
                condition=Q(reviewed_by="") | ~Q(reviewed_by=models.F("submitted_by")),
                name="line_up_reviewed_by_a_second_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site} {date_format(self.month, 'YEAR_MONTH_FORMAT')}"

    @classmethod
    def noun(cls) -> str:
        return "programme"

    def add(
        self, event: Event, starts_at: datetime, ends_at: datetime, *, by: Actor, at: datetime, **facts: Any
    ) -> Session:
        """Add a session; room, place and seats are the series' where nothing else is said. Raises Refused."""
        from yuanmeng.programme.models.session import Session  # it knows the month it stands in

        if "room" not in facts and not facts.get("place"):
            facts |= {"room": event.room, "place": "" if event.room else event.place}
        row = Session(
            line_up=self, event=event, starts_at=starts_at, ends_at=ends_at, made_at=at,
            **{"seats": event.seats, **{n: clean(v) if isinstance(v, str) else v for n, v in facts.items()}},
        )  # fmt: skip
        with transaction.atomic():
            self.hold()
            self.refuse_span(starts_at, ends_at, at=at)
            guard.refuse_taken(row)
            row.save()
            self.touch(by=by, at=at)
            Step.write(row, old="", new=row.state, by=by, at=at)
            events.tell("session.planned", row, by=by, at=at, month=self.month.isoformat())
        return row

    def hold(self) -> None:
        """Read this row anew and lock it until the transaction ends: edits and publishing take turns."""
        self.refresh_from_db(from_queryset=LineUp.objects.select_for_update())

    def touch(self, *, by: Actor, at: datetime) -> None:
        """Note that the month was edited: a review is void, what was published stands as changed."""
        if by.actor_key not in self.hands:
            self.hands = [*self.hands, by.actor_key]
            self.save(update_fields=["hands"])
        if self.state not in {LineUpState.DRAFT, LineUpState.CHANGED}:
            self._go_back(by=by, at=at)

    def refuse_span(self, starts_at: datetime, ends_at: datetime, *, at: datetime) -> None:
        """Raises Refused where a span is reversed, too long, of another month, or over."""
        first, last = month_span(self.month)
        if ends_at <= starts_at or ends_at - starts_at > LONGEST:
            raise Refused(
                _now("A session ends after it begins, and lasts a day at most. Please check the times."),
                field="ends",
            )
        if not first <= starts_at < last:
            raise Refused(
                _now("This day lies outside %(month)s. Cancel the session here and add it there.")
                % {"month": date_format(self.month, "YEAR_MONTH_FORMAT")},
                field="day",
            )
        if ends_at <= at:
            raise Refused(_now("This time is over. Please choose a later one."), field="day")

    def submit(self, *, by: Actor, at: datetime) -> None:
        """Hand the month to a second person. Raises Refused: nothing in it, over, two in one room."""
        with transaction.atomic():
            self.hold()
            findings.refuse_blocked(self, at=at)
            changes = {"submitted_by": by.actor_key, "reviewed_by": "", "reason": ""}
            self._move(LineUpState.SUBMITTED, by=by, at=at, facts=self._about(), **changes)

    def review(self, *, by: Actor, at: datetime) -> None:
        """Find it good, as a second person. Raises Refused to whoever has written in it."""
        with transaction.atomic():
            self.hold()
            self._refuse_hand(by)
            findings.refuse_blocked(self, at=at)
            self._move(LineUpState.REVIEWED, by=by, at=at, facts=self._about(), reviewed_by=by.actor_key)

    def return_back(self, *, by: Actor, at: datetime, reason: str) -> None:
        """Give it back to its writer with a reason."""
        reason = clean(reason)[:300]
        if len(reason) < 4:
            raise Refused(_now("Please say what is to be mended."), field="reason")
        with transaction.atomic():
            self.hold()
            if self.state not in {LineUpState.SUBMITTED, LineUpState.REVIEWED}:
                raise Refused(_now("Only what lies with the reviewer can be given back."))
            self._go_back(by=by, at=at, note=reason, reason=reason)

    def publish(self, *, by: Actor, at: datetime) -> int:
        """Put the month on every screen and page; return how many sessions are new there."""
        with transaction.atomic():
            self.hold()
            new = publishing.put_out(self, by=by, at=at)
            facts = {**self._about(), "new": new}
            self._move(LineUpState.PUBLISHED, by=by, at=at, facts=facts, hands=[], reason="")
        return new

    def _go_back(self, *, by: Actor, at: datetime, note: str = "", **changes: Any) -> None:
        back = LineUpState.CHANGED if self.published_at else LineUpState.DRAFT
        changes |= {"submitted_by": "", "reviewed_by": ""}
        self._move(back, by=by, at=at, note=note, facts=self._about(), **changes)

    def _refuse_hand(self, by: Actor) -> None:
        if by.actor_key in {self.submitted_by, *self.hands}:
            raise Refused(
                _now("Whoever has written in it does not review it. Please ask a colleague."),
                code="second_person",
            )

    def _about(self) -> dict[str, Any]:
        return {"month": self.month.isoformat(), "site": self.site.code}
