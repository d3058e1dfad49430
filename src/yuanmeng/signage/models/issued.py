"""Which manifests a device was given, and which it says it shows."""

from __future__ import annotations

from django.db import models

from yuanmeng.signage.models.device import Device


class Issued(models.Model):
    """One manifest one device was given: [placement, item] pairs, and plays planned for its first day."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="issued")
    hash = models.CharField(max_length=64)
    day = models.DateField()
    pairs = models.JSONField(default=list)
    planned = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["device", "hash"], name="a_manifest_is_issued_once"),
        ]

    def __str__(self) -> str:
        return self.hash[:12]


class Ack(models.Model):
    """A device says: this manifest is what I show. `said_at` is its own clock."""

    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="acks")
    hash = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["device", "id"], name="ack_of_device")]

    def __str__(self) -> str:
        return self.hash[:12]
