"""How often a code on a screen was followed, by day and kind of screen; nobody's visit is remembered."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q


class Scan(models.Model):
    """So many pages were opened on one day from codes of one kind of screen (`via`, see applications.Via)."""

    day = models.DateField()
    via = models.CharField(max_length=12)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "via"], name="scan_once_a_day_and_way"),
            models.CheckConstraint(condition=~Q(via=""), name="scan_has_a_way"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.via}: {self.count}"

    @classmethod
    def note(cls, via: str, *, on: date) -> None:
        """Count one more; two at the same moment are two."""
        row, _new = cls.objects.get_or_create(day=on, via=via)
        cls.objects.filter(pk=row.pk).update(count=F("count") + 1)
