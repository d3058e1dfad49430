"""Heartbeats, folded: the last one stands on the device, all of them together make spans of being there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from yuanmeng.signage.models.device import Device

# A beat comes every 30 s; three that are missed are a gap.
GAP = timedelta(seconds=90)


class UpSpan(models.Model):
    """From when to when a device was heard without a gap."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="up_spans")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(to_at__gte=F("from_at")), name="up_span_not_reversed"),
        ]
        indexes = [models.Index(fields=["device", "to_at"], name="up_span_of_device")]

    def __str__(self) -> str:
        return f"{self.from_at} – {self.to_at}"

    @classmethod
    def note(cls, device: Device, *, at: datetime) -> None:
        """Lengthen the span that runs, or begin a new one after a gap."""
        running = cls.objects.filter(device=device, to_at__gte=at - GAP)
        if running.filter(to_at__lt=at).update(to_at=at) or running.exists():
            return
        cls.objects.create(device=device, from_at=at, to_at=at)
