"""Areas, the spaces of this install, points on the map, and the map's ground (WGS-84, longitude first)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Noun
from yuanmeng.core.text import in_language
from yuanmeng.places.features import Feature, GroundBatch, GroundKind

__all__ = [
    "Area",
    "Feature",
    "GroundBatch",
    "GroundKind",
    "Place",
    "Precision",
    "Room",
    "RoomQuerySet",
    "Site",
]


class Area(models.Model):
    """An administrative area by its code (GB/T 2260; 9-digit street, 12-digit committee)."""

    code = models.CharField(max_length=12, primary_key=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    level = models.PositiveSmallIntegerField()
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )

    def __str__(self) -> str:
        return self.name


class Precision(models.TextChoices):
    """How exactly a place is known. NONE is on no map and counted openly."""

    POINT = "point", _("Exact point")
    STREET = "street", _("Street and number")
    AREA = "area", _("Area only")
    NONE = "none", _("Not located")


class Place(Noun):
    """An address as written, beside its point when there is one. Seekers' homes are never Places."""

    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=300, blank=True)
    area_code = models.CharField(max_length=12, blank=True, db_index=True)
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.NONE)
    source_crs = models.CharField(max_length=10, default="wgs84")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lon=None, lat=None)
                | models.Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="place_on_the_globe",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address

    @property
    def point(self) -> tuple[float, float] | None:
        """Return (lon, lat), or None when the place is not on the map."""
        return (self.lon, self.lat) if self.lon is not None and self.lat is not None else None


class Site(Noun):
    """One space of this install: 才俊咖啡, 天山驿. Every act carries the space it happened in."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT)
    phone = models.CharField(max_length=30, blank=True)
    hours = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class RoomQuerySet(models.QuerySet["Room"]):
    """Phrases about rooms and their parts."""

    def leaves_of(self, room: Room) -> RoomQuerySet:
        """What is really taken with a room: its parts, or itself where it has none."""
        parts = self.filter(parent=room)
        return parts if parts.exists() else self.filter(pk=room.pk)

    def kin_of(self, room: Room) -> RoomQuerySet:
        """The rooms that cannot be used beside this one: itself, its whole, its parts."""
        whole = Q(pk=room.parent_id) if room.parent_id else Q()
        return self.filter(Q(pk=room.pk) | Q(parent=room) | whole)


class Room(Noun):
    """A part of a space that one party uses at a time: 大厅, 活动室A. A hall may be the whole of its parts.

    Bookings will bring claims: a resource and its leaves, held by the database. Whoever takes a room takes
    its leaves; what guards sessions today (programme.guard) asks the same: `leaves_of` and `kin_of`.
    """

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80, blank=True)
    capacity = models.PositiveSmallIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="room_named_once_a_site"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="room_holds_somebody"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="room_is_no_part_of_itself"),
        ]

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises Refused where a part would have parts, or lie in another space than its whole."""
        whole = self.parent
        if whole is not None and (whole.parent_id or whole.site_id != self.site_id or self._has_parts()):
            raise Refused(
                _now("A part belongs to a whole room of the same space and has no parts itself."),
                field="parent",
            )
        super().save(*args, **kwargs)

    def _has_parts(self) -> bool:
        return self.pk is not None and self.parts.exists()

    def shares(self, other: Room) -> bool:
        """Tell whether the two cannot be used side by side: one room, or a part and its whole."""
        return other.pk in {self.pk, self.parent_id} or other.parent_id == self.pk
