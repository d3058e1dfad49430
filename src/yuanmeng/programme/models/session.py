"""One evening, one lesson: when, where, and the words the second person has seen."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.moves import Moving
from yuanmeng.core.text import clean, in_language
from yuanmeng.places.models import Room
from yuanmeng.programme import guard
from yuanmeng.programme.days import day_span
from yuanmeng.programme.models.event import Event
from yuanmeng.programme.models.line_up import LineUp


class SessionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


# Where a session may go next. Check-in, running and closed come with registrations.
SESSION_MOVES = {
    SessionState.PLANNED: {SessionState.PUBLISHED, SessionState.CANCELLED},
    SessionState.PUBLISHED: {SessionState.CANCELLED},
    SessionState.CANCELLED: set(),
}
FACTS = ("starts_at", "ends_at", "room", "place")


class Words(NamedTuple):
    """What is read about a session, in both languages."""

    title: str
    title_en: str
    summary: str
    summary_en: str
    organiser: str = ""
    audience: str = ""


class SessionQuerySet(models.QuerySet["Session"]):
    """Phrases about many sessions."""

    def public(self) -> SessionQuerySet:
        """What everybody may see: published once, and cancelled ones with their mark."""
        return self.exclude(published_at=None).exclude(state=SessionState.PLANNED).whole().in_order()

    def standing(self) -> SessionQuerySet:
        """Those that hold their room."""
        return self.exclude(state=SessionState.CANCELLED)

    def on_days(self, first: date, days: int = 1) -> SessionQuerySet:
        """Those that start on these local days; what passes midnight belongs to its first day."""
        begin, end = day_span(first, days)
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> SessionQuerySet:
        """Those that share a moment with a half-open span."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def not_over_at(self, at: datetime) -> SessionQuerySet:
        return self.filter(ends_at__gt=at)

    def of_kind(self, kind: str) -> SessionQuerySet:
        return self.filter(event__kind=kind) if kind else self

    def whole(self) -> SessionQuerySet:
        """With everything a page says of them, in one query."""
        return self.select_related("event", "room", "line_up__site__place")

    def in_order(self) -> SessionQuerySet:
        return self.order_by("starts_at", "ends_at", "id")


class Session(Moving):
    """A span in a room or outside. Places of several venues, check-in and head counts come later."""

    MOVES = SESSION_MOVES

    line_up = models.ForeignKey(LineUp, on_delete=models.PROTECT, related_name="sessions")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    place = models.CharField(max_length=120, blank=True)
    # "" takes the title of the series.
    title = models.CharField(max_length=60, blank=True)
    title_en = models.CharField(max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)  # for colleagues; on no screen
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    reason = models.CharField(max_length=200, blank=True)
    # The words at the last publishing. Times and places change at once, words wait for a second person.
    shown = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_not_reversed"),
            models.CheckConstraint(
                condition=Q(room__isnull=False) | ~Q(place=""), name="session_is_somewhere"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="session_starts"),
            models.Index(fields=["room", "starts_at"], name="session_of_room"),
        ]

    def __str__(self) -> str:
        return in_language(self.title or self.event.title, self.title_en or self.event.title_en)

    @property
    def day(self) -> date:
        """The local day it belongs to: the one it starts on."""
        return timezone.localdate(self.starts_at)

    @property
    def words(self) -> Words:
        """The words as they are written now."""
        return Words(
            self.title or self.event.title,
            self.title_en or ("" if self.title else self.event.title_en),
            self.event.summary,
            self.event.summary_en,
            self.event.organiser,
            self.event.audience,
        )

    @property
    def shown_words(self) -> Words:
        """The words everybody reads: those of the last publishing."""
        return Words(**self.shown) if self.shown else self.words

    @property
    def shown_title(self) -> str:
        return in_language(self.shown_words.title, self.shown_words.title_en)

    @property
    def shown_summary(self) -> str:
        return in_language(self.shown_words.summary, self.shown_words.summary_en)

    @property
    def where(self) -> str:
        """The space, or the place outside; the room is said beside it."""
        if self.room is None:
            return self.place
        site = self.line_up.site
        return in_language(site.name, site.name_en)

    @property
    def path(self) -> str:
        """Where a phone opens it: what the codes on screens and posters hold."""
        return f"/programme/{self.uid}/"

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    def change(self, *, by: Actor, at: datetime, **facts: Any) -> None:
        """Change time, place, seats or words. Raises Refused: over, cancelled, another month, room taken."""
        with transaction.atomic():
            line_up = LineUp.objects.select_for_update().get(pk=self.line_up_id)
            self._refuse_late(at)
            was = {name: getattr(self, name) for name in facts}
            for name, value in facts.items():
                setattr(self, name, clean(value) if isinstance(value, str) else value)
            line_up.refuse_span(self.starts_at, self.ends_at, at=at)
            guard.refuse_taken(self)
            self.save(update_fields=[*facts])
            line_up.touch(by=by, at=at)
            moved = any(name in FACTS and was[name] != getattr(self, name) for name in facts)
            kind = "session.moved" if moved else "session.changed"
            events.tell(kind, self, by=by, at=at, public=self.is_public)

    def cancel(self, *, by: Actor, at: datetime, reason: str = "") -> None:
        """Cancel it: the room is free at once, and every screen says so at once. Raises Refused."""
        reason = clean(reason)[:200]
        with transaction.atomic():
            line_up = LineUp.objects.select_for_update().get(pk=self.line_up_id)
            self._refuse_late(at)
            if self.is_public and len(reason) < 2:
                raise Refused(_now("Please say why: whoever comes for it reads the reason."), field="reason")
            self._move(SessionState.CANCELLED, by=by, at=at, note=reason, reason=reason)
            line_up.touch(by=by, at=at)

    def _refuse_late(self, at: datetime) -> None:
        """Asked once the month is locked: somebody may have cancelled it meanwhile."""
        self.refresh_from_db(fields=["state", "published_at"])
        if self.state == SessionState.CANCELLED:
            raise Refused(_now("This session is cancelled. Add a new one instead."))
        if self.ends_at <= at:
            raise Refused(_now("This session is over; what has been stays as it was."))
