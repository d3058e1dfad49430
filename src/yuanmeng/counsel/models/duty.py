"""Who is on duty when, as far as to-dos need it; the full roster is a later room."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone

from yuanmeng.people.models import User
from yuanmeng.places.models import Site


class ShiftQuerySet(models.QuerySet["Shift"]):
    def running_at(self, at: datetime) -> ShiftQuerySet:
        """Shifts that have begun and not ended; the last minute belongs to the next shift."""
        return self.filter(starts_at__lte=at, ends_at__gt=at).order_by("starts_at", "id")


class Shift(models.Model):
    """One person on duty from a moment to a moment, at one of our spaces or at any."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="shifts")
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.CASCADE)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    objects = ShiftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user} {timezone.localtime(self.starts_at):%m-%d %H:%M}"
