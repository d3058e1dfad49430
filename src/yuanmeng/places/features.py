"""What lies on the ground of the map, and the files it came from (places.ground takes them in)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.models import Noun


class GroundKind(models.TextChoices):
    """What lies on the ground of a map, in the words of our own drawing."""

    LIMITS = "limits", _("Limits of the sub-district")
    AREA = "area", _("Areas around it")
    METRO = "metro", _("Metro lines")
    STATION = "station", _("Metro stations")
    ELEVATED = "elevated", _("Elevated roads")
    STREET = "street", _("Streets")
    PARK = "park", _("Parks")
    LANDMARK = "landmark", _("Landmarks")


class GroundBatch(Noun):
    """One map file that was taken in: whose it is, under which licence, and what came of it."""

    kind = models.CharField(max_length=10, choices=GroundKind.choices)
    source = models.CharField(max_length=80)
    licence = models.CharField(max_length=80)
    attribution = models.CharField(max_length=200)
    snapshot = models.CharField(max_length=80, blank=True)
    crs = models.CharField(max_length=10, default="wgs84")
    file_name = models.CharField(max_length=200)
    report = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    rolled_back_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.uid[:8]} {self.kind} {self.source}"


class FeatureQuerySet(models.QuerySet["Feature"]):
    def standing(self) -> FeatureQuerySet:
        """This will be what the map shows now."""
        return self.filter(replaced_by=None)


class Feature(Noun):
    """One thing on the ground. A later import never changes it: it replaces it, so that it can come back.

    `key` is what its source calls it; the names are what a map may print, empty where that is not official.
    `ref` is the number of a metro line or the rank of a street.
    """

    kind = models.CharField(max_length=10, choices=GroundKind.choices)
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    ref = models.CharField(max_length=20, blank=True)
    geometry = models.JSONField()
    label_lon = models.FloatField()
    label_lat = models.FloatField()
    batch = models.ForeignKey(GroundBatch, on_delete=models.PROTECT, related_name="features")
    replaced_by = models.ForeignKey(
        GroundBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="replaced"
    )

    objects = FeatureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "key"], condition=models.Q(replaced_by=None), name="feature_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name_zh or self.key
