"""What went wrong on a device, in its own words and under a code of ours."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yuanmeng.signage.models.device import Device


class FaultCode(models.TextChoices):
    WEBGL_LOST = "webgl_lost", _("The map's drawing stopped")
    WEBGL_MISSING = "webgl_missing", _("The map cannot be drawn here")
    FILE_HASH = "file_hash", _("A file arrived damaged")
    DATA_HTTP = "data_http", _("Data could not be fetched")
    DATA_SCHEMA = "data_schema", _("Data could not be read")
    QUOTA = "quota", _("The device's storage is full")
    CLOCK_SKEW = "clock_skew", _("The device's clock is wrong")
    FONT_MISSING = "font_missing", _("Chinese letters are missing")
    ELEMENT_ERROR = "element_error", _("A part of the page stopped")
    MEMORY_RELOAD = "memory_reload", _("Loaded anew to free memory")


class Fault(models.Model):
    """One thing that went wrong once. `happened_at` is corrected like the time of a play."""

    client_id = models.CharField(max_length=36, unique=True)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="faults")
    code = models.CharField(max_length=20, choices=FaultCode.choices)
    detail = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__in=FaultCode.values), name="fault_code_known"),
        ]
        indexes = [models.Index(fields=["device", "id"], name="fault_of_device")]

    def __str__(self) -> str:
        return self.code
