"""A placement: which playlist hangs on which windows, on which days, at which hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Noun, Step
from yuanmeng.places.models import Site
from yuanmeng.signage.models.content import Content
from yuanmeng.signage.models.device import Device, DeviceKind
from yuanmeng.signage.models.playlist import Playlist
from yuanmeng.signage.models.version import Version

EVERY_DAY = 0b1111111  # bit 0 is Monday
HIGHEST = 9
LONGEST = timedelta(days=400)


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Phrases about many placements."""

    def standing(self) -> PlacementQuerySet:
        return self.filter(withdrawn_at=None)

    def touching(self, first: date, last: date) -> PlacementQuerySet:
        """Those with a start day from `first` to `last`."""
        return self.standing().filter(from_on__lte=last, to_on__gte=first)


class Placement(Noun):
    """A playlist, or the one notice of an emergency, on windows for days and hours.

    No device named: all windows of `site`, or of all spaces where there is none either. `ends` at or before
    `starts` means over midnight, and the night belongs to the day it begins on; equal means the whole day.
    An interrupt shows nothing else beside it and always has an end.
    """

    playlist = models.ForeignKey(
        Playlist, null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    notice = models.ForeignKey(
        Content, null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    devices = models.ManyToManyField(Device, blank=True, related_name="placements")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="placements")
    from_on = models.DateField()
    to_on = models.DateField()
    weekdays = models.PositiveSmallIntegerField(default=EVERY_DAY)
    starts = models.TimeField(default=time(0))
    ends = models.TimeField(default=time(0))
    priority = models.PositiveSmallIntegerField(default=0)
    interrupt = models.BooleanField(default=False)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(playlist=None, notice__isnull=False) | Q(playlist__isnull=False, notice=None),
                name="placement_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="placement_days_not_reversed"),
            models.CheckConstraint(
                condition=Q(weekdays__gte=1, weekdays__lte=EVERY_DAY), name="placement_on_some_weekday"
            ),
            models.CheckConstraint(condition=Q(priority__lte=HIGHEST), name="placement_priority_0_to_9"),
            # An emergency that nobody ends would hang for ever.
            models.CheckConstraint(
                condition=Q(interrupt=False) | Q(ends_at__isnull=False), name="interrupt_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="placement_ends_after_it_starts",
            ),
        ]
        indexes = [models.Index(fields=["from_on", "to_on"], name="placement_by_days")]

    def __str__(self) -> str:
        return str(self.playlist or self.notice)

    @classmethod
    def put_up(
        cls, playlist: Playlist, *, from_on: date, to_on: date, by: Actor, at: datetime,
        devices: Iterable[Device] = (), **facts: Any,
    ) -> Placement:  # fmt: skip
        """Hang a playlist up; `facts`: site weekdays starts ends priority interrupt starts_at ends_at."""
        _check(from_on, to_on, facts)
        named = list(devices)
        _refuse_other_screens(named)
        return cls._hang(
            playlist=playlist, from_on=from_on, to_on=to_on, devices=named, by=by, at=at, **facts
        )

    @classmethod
    def interrupt_with(
        cls, notice: Content, *, until: datetime, by: Actor, at: datetime, devices: Iterable[Device] = (),
        site: Site | None = None,
    ) -> Placement:  # fmt: skip
        """Show one notice alone, from now until then (signage.emergency says who may)."""
        return cls._hang(
            notice=notice, from_on=timezone.localdate(at), to_on=timezone.localdate(until), devices=devices,
            by=by, at=at, site=site, priority=HIGHEST, interrupt=True, starts_at=at, ends_at=until,
        )  # fmt: skip

    @classmethod
    def _hang(cls, *, devices: Iterable[Device], by: Actor, at: datetime, **facts: Any) -> Placement:
        with transaction.atomic():
            row = cls.objects.create(made_at=at, made_by=key_of(by), **facts)
            row.devices.set(devices)
            Step.write(row, old="", new="up", by=by, at=at)
            events.tell("placement.put_up", row, by=by, at=at, interrupt=row.interrupt)
            Version.bump()
        return row

    def withdraw(self, *, by: Actor | None, at: datetime, reason: str = "") -> None:
        """Take it down; a second time changes nothing."""
        with transaction.atomic():
            if not Placement.objects.filter(pk=self.pk, withdrawn_at=None).update(withdrawn_at=at):
                return
            self.withdrawn_at = at
            Step.write(self, old="up", new="withdrawn", by=by, at=at, note=reason)
            events.tell("placement.withdrawn", self, by=by, at=at, interrupt=self.interrupt)
            Version.bump()


def _refuse_other_screens(devices: Iterable[Device]) -> None:
    """A wall or kiosk has a page of its own and would not show what hangs there: nobody should think so."""
    for device in devices:
        if device.kind != DeviceKind.WINDOW:
            raise Refused(
                _("“%(name)s” is no display window. Playlists run on display windows only.")
                % {"name": device.name},
                field="devices",
            )


def _check(from_on: date, to_on: date, facts: dict[str, Any]) -> None:
    if to_on < from_on:
        raise Refused(_("The last day lies before the first one. Please check both."), field="to_on")
    if to_on - from_on > LONGEST:
        raise Refused(
            _("A placement runs for a year at most. Please choose an earlier last day."), field="to_on"
        )
    if not 1 <= facts.get("weekdays", EVERY_DAY) <= EVERY_DAY:
        raise Refused(_("Please choose at least one day of the week."), field="weekdays")
    if not 0 <= facts.get("priority", 0) <= HIGHEST:
        raise Refused(_("Please choose a priority from 0 to 9."), field="priority")
    if facts.get("interrupt") and facts.get("ends_at") is None:
        raise Refused(_("What interrupts everything needs an end. Please say until when."), field="ends_at")
    starts_at, ends_at = facts.get("starts_at"), facts.get("ends_at")
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused(_("The last moment lies before the first one. Please check both."), field="ends_at")
