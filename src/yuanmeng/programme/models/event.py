"""A series: what is offered, by whom, for whom, and when it usually takes place."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.models import Noun
from yuanmeng.core.text import in_language
from yuanmeng.places.models import Room, Site

# Monday is 1, as in ISO 8601.
WEEKDAYS = (
    ("1", pgettext_lazy("weekday", "Monday")), ("2", pgettext_lazy("weekday", "Tuesday")),
    ("3", pgettext_lazy("weekday", "Wednesday")), ("4", pgettext_lazy("weekday", "Thursday")),
    ("5", pgettext_lazy("weekday", "Friday")), ("6", pgettext_lazy("weekday", "Saturday")),
    ("7", pgettext_lazy("weekday", "Sunday")),
)  # fmt: skip
# What is read by everybody waits for a second person.
WORDS = ("title", "title_en", "summary", "summary_en", "organiser", "audience")


class Kind(models.TextChoices):
    NIGHT_MARKET = "night_market", _("Night market")
    SALON = "salon", _("Salon")
    LECTURE = "lecture", _("Lecture")
    COURSE = "course", _("Course")
    OTHER = "other", _("Other event")


class EventQuerySet(models.QuerySet["Event"]):
    def running(self) -> EventQuerySet:
        """Series that are still offered, in the order of their kind."""
        return self.filter(ended_at=None).select_related("room", "site").order_by("kind", "id")


class Event(Noun):
    """A night market, a salon, a course. Papers, booths and registrations will hang on it."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=60)
    title_en = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=500, blank=True)
    organiser = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=120, blank=True)
    # What a new session starts from; each may differ in the session itself.
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="events")
    place = models.CharField(max_length=120, blank=True)
    begins = models.TimeField()
    ends = models.TimeField()
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    # "1234567" every day, "67" at the weekend, "" by single dates only.
    weekdays = models.CharField(max_length=7, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="event_kind_known"),
            models.CheckConstraint(
                condition=Q(weekdays__regex=r"^1?2?3?4?5?6?7?$"), name="event_weekdays_in_order"
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.title, self.title_en)

    def falls_on(self, day: date) -> bool:
        """Tell whether the weekly rule names this day."""
        return str(day.isoweekday()) in self.weekdays

    @classmethod
    def start(cls, *, by: Actor, at: datetime, **facts: Any) -> Event:
        """Begin a series. Nothing of it is public before a session of it is."""
        with transaction.atomic():
            row = cls.objects.create(made_at=at, **facts)
            events.tell("event.started", row, by=by, at=at, of=row.kind)
        return row

    def change(self, *, by: Actor, at: datetime, **facts: Any) -> None:
        """Change words or usual times. Sessions that stand keep their time; new words wait for publishing."""
        from yuanmeng.programme.models.line_up import LineUp

        with transaction.atomic():
            worded = any(getattr(self, name) != facts.get(name, getattr(self, name)) for name in WORDS)
            if worded:
                for line_up in LineUp.objects.showing(self, since=at).select_for_update():
                    line_up.touch(by=by, at=at)
            for name, value in facts.items():
                setattr(self, name, value)
            self.save(update_fields=[*facts])
            events.tell("event.changed", self, by=by, at=at, fields=sorted(facts))

    def end(self, *, by: Actor, at: datetime) -> None:
        """Offer it no longer. Sessions that stand go on; cancel them one by one."""
        with transaction.atomic():
            self.ended_at = at
            self.save(update_fields=["ended_at"])
            events.tell("event.ended", self, by=by, at=at)
