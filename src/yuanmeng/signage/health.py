"""How a device is, in one word and with the reason. Green is said only where it is proved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from yuanmeng.signage import issuing
from yuanmeng.signage.models import Device, DeviceKind, FaultCode

FRESH, DARK = timedelta(seconds=90), timedelta(minutes=5)
FAULT_LASTS = timedelta(minutes=10)
SLOW_FPS, FULL_HEAP_MB, MOST_SKEW_MS = 10, 200, 120_000


class Condition(models.TextChoices):
    NORMAL = "normal", gettext_lazy("In order")
    STALE = "stale", gettext_lazy("Content not updated")
    DARK = "dark", gettext_lazy("Not heard of")
    SLOW = "slow", gettext_lazy("Slow")
    FAULTY = "faulty", gettext_lazy("Faulty")
    UNPAIRED = "unpaired", gettext_lazy("Not paired")
    REVOKED = "revoked", gettext_lazy("Access ended")


@dataclass(frozen=True)
class Health:
    """The condition and why, in words for the person who goes and looks."""

    condition: Condition
    reason: str

    @property
    def is_well(self) -> bool:
        return self.condition == Condition.NORMAL


def health(device: Device, at: datetime, *, mark: str | None = None) -> Health:
    """This will say how a device is. Normal: it shows the manifest of now and was heard in the last 90 s.

    A wall that has never acknowledged a manifest shows its own page and is judged by its heartbeat alone.
    Who asks about many reads `mark` (Version.now) once.
    """
    if device.revoked_at is not None:
        return Health(Condition.REVOKED, _("Its access was taken back. Pair it again to use it."))
    if not device.token_hash:
        return Health(Condition.UNPAIRED, _("It has never been paired. Enter the code it shows."))
    if device.seen_at is None or at - device.seen_at >= DARK:
        return Health(Condition.DARK, _silence(device, at))
    return _trouble(device, at) or _staleness(device, at, mark) or _slowness(device, at) or _well()


def _well() -> Health:
    return Health(Condition.NORMAL, _("It shows what it should, and was heard a moment ago."))


def _silence(device: Device, at: datetime) -> str:
    if device.seen_at is None:
        return _("It has not been heard of since it was paired. Is it switched on?")
    minutes = int((at - device.seen_at).total_seconds() // 60)
    if minutes >= 120:
        return _("It was last heard %(hours)d hours ago. Please check power and network.") % {
            "hours": minutes // 60
        }
    return _("It was last heard %(minutes)d minutes ago. Please check power and network.") % {
        "minutes": minutes
    }


def _trouble(device: Device, at: datetime) -> Health | None:
    code = device.beat.get("fault") or ""
    if not code and device.fault_at is not None and at - device.fault_at < FAULT_LASTS:
        code = device.fault_code
    # Loading anew to free memory is what it should do.
    if not code or code == FaultCode.MEMORY_RELOAD:
        return None
    label = FaultCode(code).label if code in FaultCode.values else code
    return Health(Condition.FAULTY, _("It says: %(fault)s.") % {"fault": label})


def _staleness(device: Device, at: datetime, mark: str | None) -> Health | None:
    if not takes_manifest(device):
        return None
    if device.acked_hash == issuing.made_for(device, at=at, mark=mark).hash:
        return None
    if not device.acked_hash:
        return Health(Condition.STALE, _("It has not yet said that it shows what was placed."))
    return Health(Condition.STALE, _("It still shows an earlier list than the one of now."))


def takes_manifest(device: Device) -> bool:
    """This will tell whether a device is one that says which manifest it shows."""
    return device.kind == DeviceKind.WINDOW or (device.kind == DeviceKind.WALL and bool(device.acked_hash))


def _slowness(device: Device, at: datetime) -> Health | None:
    beat = device.beat
    if device.seen_at is not None and at - device.seen_at >= FRESH:
        seconds = int((at - device.seen_at).total_seconds())
        words = ngettext(
            "It answers late: last heard %(n)d second ago.",
            "It answers late: last heard %(n)d seconds ago.",
            seconds,
        )
        return Health(Condition.SLOW, words % {"n": seconds})
    if 0 < (beat.get("fps") or 0) < SLOW_FPS:
        words = _("It draws %(fps)d pictures a second; movement looks jerky.") % {"fps": beat["fps"]}
        return Health(Condition.SLOW, words)
    if (beat.get("heap_mb") or 0) > FULL_HEAP_MB:
        words = _("Its page uses %(heap)d MB of memory; it will load anew by itself.") % {
            "heap": beat["heap_mb"]
        }
        return Health(Condition.SLOW, words)
    if abs(beat.get("skew_ms") or 0) > MOST_SKEW_MS:
        return Health(Condition.SLOW, _("Its clock is off by more than two minutes. Please set it."))
    return None
