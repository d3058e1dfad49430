"""Areas, the spaces of this install, and points on the map (WGS-84, longitude first)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.models import Noun


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
