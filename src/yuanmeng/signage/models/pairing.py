"""Pairing: the screen shows six digits, an officer enters them, and the screen fetches its token."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from yuanmeng.core import audit, events, limits
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.core.fields import blind_index
from yuanmeng.core.limits import Limit
from yuanmeng.core.models import Step
from yuanmeng.signage import wording
from yuanmeng.signage.models.device import Device, DeviceKind, hash_of

LIFE = timedelta(minutes=10)
MOST_AT_ONCE = 200  # screens that wait; somebody who opens more is no screen


def _tries(minutes: int) -> str:
    return _("Several codes were tried within a minute. Please wait a minute and read the screen again.")


TRIES = Limit("pairing", 5, timedelta(minutes=1), _tries)


class WrongCode(Refused):
    """No screen shows this code, or not any more."""

    code = "wrong_code"


class Pairing(models.Model):
    """One screen that waits. Neither its code nor its secret is readable here, and both are good once."""

    code_index = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    device = models.ForeignKey(Device, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    entered_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"pairing {self.pk}"

    @classmethod
    def open(cls, *, at: datetime) -> tuple[str, str, Pairing]:
        """Begin one; returns (the six digits to show, the secret to claim with, the row)."""
        cls.objects.filter(expires_at__lte=at).delete()
        if cls.objects.count() >= MOST_AT_ONCE:
            raise Refused(_("Very many screens are waiting to be paired. Please try again in ten minutes."))
        secret = secrets.token_hex(32)
        code = _unused_code()
        row = cls.objects.create(
            code_index=blind_index(f"pairing {code}"), secret_hash=hash_of(secret), made_at=at,
            expires_at=at + LIFE,
        )  # fmt: skip
        return code, secret, row

    def claim(self, *, at: datetime) -> str:
        """Give the screen its token, once. Raises Refused where somebody has fetched it already."""
        with transaction.atomic():
            rows = Pairing.objects.filter(pk=self.pk, claimed_at=None, expires_at__gt=at)
            if self.device is None or not rows.exclude(device=None).update(claimed_at=at):
                raise Refused(_("This code was used already. Please load the page again."), code="gone")
            token = self.device.give_token(at=at)
            Step.write(self.device, old="", new="paired", by=self.device, at=at)
            events.tell("device.paired", self.device, by=self.device, at=at, device_kind=self.device.kind)
        return token


def of_secret(secret: str, *, at: datetime) -> Pairing | None:
    """This will be the pairing a screen waits for, None when it is over."""
    rows = Pairing.objects.filter(secret_hash=hash_of(secret), expires_at__gt=at, claimed_at=None)
    return rows.select_related("device__site__place").first()


def pair(
    code: str, *, by: Actor, at: datetime, device: Device | None = None, kind: str = DeviceKind.WINDOW,
    name: str = "", **facts: Any,
) -> Device:  # fmt: skip
    """This will give the screen that shows `code` its place: a new device, or one that is there already.

    `facts` are settings as for Device.set_up. A wrong code is a try: call this outside a transaction, so that
    the count stays. Raises TooOften, WrongCode, Refused.
    """
    limits.spend(TRIES, key_of(by), at=at)
    with transaction.atomic():
        waiting = Pairing.objects.select_for_update().filter(
            code_index=blind_index(f"pairing {_digits(code)}"), device=None, expires_at__gt=at
        )
        row = waiting.first()
        if row is None:
            raise WrongCode(
                _("No screen shows this code. Codes hold for ten minutes: please read it once more."),
                field="code",
            )
        device = device or _new_device(kind, name)
        device.set_up(by=by, at=at, **facts)
        row.device, row.entered_at = device, at
        row.save(update_fields=["device", "entered_at"])
        audit.write("device.pair", by=by, at=at, about=device)
    return device


def _new_device(kind: str, name: str) -> Device:
    if kind not in DeviceKind.values:
        raise Refused(_("Please choose what kind of device this is."), field="kind")
    name = wording.line(name, 60, field="name")
    if not name:
        raise Refused(_("Please give the device a name people can find it by."), field="name")
    return Device.objects.create(kind=kind, name=name)


def _digits(code: str) -> str:
    return "".join(char for char in code if char.isdigit())[:6]


def _unused_code() -> str:
    while True:
        code = f"{secrets.randbelow(1_000_000):06d}"
        if not Pairing.objects.filter(code_index=blind_index(f"pairing {code}")).exists():
            return code
