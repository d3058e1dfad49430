"""Devices and their tokens. What they show is decided elsewhere."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.models import Noun
from yuanmeng.places.models import Site


class DeviceKind(models.TextChoices):
    KIOSK = "kiosk", _("Kiosk")
    WALL = "wall", _("Big screen")
    WINDOW = "window", _("Display window")
    GATE = "gate", _("Gate")
    BUZZER = "buzzer", _("Buzzer")


class Device(Noun):
    """A thing in a room. Its token is scoped to itself, stored hashed, and never in an address."""

    kind = models.CharField(max_length=10, choices=DeviceKind.choices)
    name = models.CharField(max_length=60)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="devices")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def actor_key(self) -> str:
        return f"device:{self.uid}"

    def give_token(self, *, at: datetime, token: str = "") -> str:
        """Give the device a new token and return it, the only time it is readable."""
        token = token or secrets.token_hex(32)
        self.token_hash, self.paired_at, self.revoked_at = hash_of(token), at, None
        self.save(update_fields=["token_hash", "paired_at", "revoked_at"])
        return token

    def revoke(self, *, at: datetime) -> None:
        self.revoked_at = at
        self.save(update_fields=["revoked_at"])


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def device_of(token: str) -> Device | None:
    """Return the live device of a token, or None for a wrong or revoked one."""
    if not token:
        return None
    return Device.objects.filter(token_hash=hash_of(token), revoked_at=None).select_related("site").first()
