"""Devices and their tokens."""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yuanmeng.core import audit, events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Noun, Step
from yuanmeng.places.models import Site
from yuanmeng.signage import wording

log = logging.getLogger(__name__)
# A token is good for a month; the one before it for another day, so that nothing that is under way breaks.
TOKEN_LIFE, OVERLAP = timedelta(days=30), timedelta(hours=24)
# A new token that never arrived is given out once more, but not to two tabs that ask at the same moment.
ASKED_AGAIN_AFTER = timedelta(minutes=5)
NEAREST_M, FARTHEST_M = 0.5, 30.0


class DeviceKind(models.TextChoices):
    KIOSK = "kiosk", gettext_lazy("Kiosk")
    WALL = "wall", gettext_lazy("Big screen")
    WINDOW = "window", gettext_lazy("Display window")
    GATE = "gate", gettext_lazy("Gate")
    BUZZER = "buzzer", gettext_lazy("Buzzer")


class Orientation(models.TextChoices):
    LANDSCAPE = "landscape", gettext_lazy("Landscape")
    PORTRAIT = "portrait", gettext_lazy("Portrait")


class Theme(models.TextChoices):
    AUTO = "auto", gettext_lazy("By the clock")
    DAY = "day", gettext_lazy("Day")
    NIGHT = "night", gettext_lazy("Night")


class DeviceQuerySet(models.QuerySet["Device"]):
    """Phrases about many devices."""

    def paired(self) -> DeviceQuerySet:
        return self.exclude(token_hash="").filter(revoked_at=None)

    def for_board(self) -> DeviceQuerySet:
        """Every device with its space; the last pictures are large and stay where they are."""
        return self.select_related("site__place").defer("picture").order_by("site__code", "kind", "name")


class Device(Noun):
    """A thing in a room. Its token is scoped to itself, stored hashed, and never in an address."""

    kind = models.CharField(max_length=10, choices=DeviceKind.choices)
    name = models.CharField(max_length=60)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT, related_name="devices")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_at = models.DateTimeField(null=True, blank=True)
    old_token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    old_token_until = models.DateTimeField(null=True, blank=True)
    address_range = models.CharField(max_length=50, blank=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    orientation = models.CharField(max_length=10, choices=Orientation.choices, default=Orientation.LANDSCAPE)
    viewing_m = models.FloatField(default=2.0)
    theme = models.CharField(max_length=5, choices=Theme.choices, default=Theme.AUTO)
    elder = models.BooleanField(default=False)
    seams = models.JSONField(null=True, blank=True)

    # What the last heartbeat said; older ones are folded into UpSpan.
    beat = models.JSONField(default=dict, blank=True)
    picture = models.TextField(blank=True)
    picture_at = models.DateTimeField(null=True, blank=True)
    acked_hash = models.CharField(max_length=64, blank=True)
    acked_at = models.DateTimeField(null=True, blank=True)
    fault_code = models.CharField(max_length=20, blank=True)
    fault_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(viewing_m__gte=NEAREST_M, viewing_m__lte=FARTHEST_M), name="device_seen_from_near"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_key(self) -> str:
        return f"device:{self.uid}"

    @property
    def settings(self) -> dict[str, Any]:
        """Return how it shows, as devices read it."""
        return {
            "orientation": self.orientation, "viewing_m": self.viewing_m, "theme": self.theme,
            "elder": self.elder, "seams": self.seams,
        }  # fmt: skip

    def give_token(self, *, at: datetime, token: str = "") -> str:
        """Give the device a new token and return it, the only time it is readable."""
        token = token or secrets.token_hex(32)
        self.token_hash, self.token_at, self.paired_at = hash_of(token), at, at
        self.old_token_hash, self.old_token_until, self.revoked_at = "", None, None
        self.save(
            update_fields=[
                "token_hash", "token_at", "paired_at", "old_token_hash", "old_token_until", "revoked_at",
            ]
        )  # fmt: skip
        return token

    def renew_token(self, held: str, *, at: datetime) -> str:
        """Return a new token where the one `held` is a month old, else ""; the old one holds for a day more.

        Who still comes with the old one has never received the new: it gets another, and no longer overlap.
        """
        came_late = hash_of(held) == self.old_token_hash
        due = ASKED_AGAIN_AFTER if came_late else TOKEN_LIFE
        if self.token_at is None or at - self.token_at < due:
            return ""
        new = secrets.token_hex(32)
        facts: dict[str, Any] = {"token_hash": hash_of(new), "token_at": at}
        if not came_late:
            facts |= {"old_token_hash": self.token_hash, "old_token_until": at + OVERLAP}
        # Of two that ask at once one renews; the other goes on with what it has.
        rows = Device.objects.filter(pk=self.pk, token_hash=self.token_hash, revoked_at=None)
        if not rows.update(**facts):
            return ""
        for name, value in facts.items():
            setattr(self, name, value)
        return new

    def rotate_token(self, *, by: Actor | None, at: datetime) -> None:
        """Let its token be a month old: it fetches a new one at its next word, the old holds a day more."""
        with transaction.atomic():
            if not Device.objects.paired().filter(pk=self.pk).update(token_at=at - TOKEN_LIFE):
                raise Refused(_("This device holds no token. Please pair it."))
            audit.write("device.rotate", by=by, at=at, about=self)
            events.tell("device.rotated", self, by=by, at=at)

    def revoke(self, *, by: Actor | None, at: datetime, reason: str = "") -> None:
        """Take its token away at once; whatever it asks from now on is answered with 401."""
        with transaction.atomic():
            if not Device.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at):
                return
            self.revoked_at = at
            Step.write(self, old="paired", new="revoked", by=by, at=at, note=reason)
            audit.write("device.revoke", by=by, at=at, about=self, reason=reason)
            events.tell("device.revoked", self, by=by, at=at)

    def rename(self, name: str, *, by: Actor | None, at: datetime) -> None:
        """Give it another name."""
        self.name = wording.line(name, 60, field="name")
        with transaction.atomic():
            self.save(update_fields=["name"])
            events.tell("device.renamed", self, by=by, at=at)

    def set_up(self, *, by: Actor | None, at: datetime, **facts: Any) -> None:
        """Say how and where it shows: orientation, viewing_m, theme, elder, seams, address_range, site."""
        for name, value in checked(facts).items():
            setattr(self, name, value)
        with transaction.atomic():
            self.save(update_fields=[*facts])
            events.tell("device.set_up", self, by=by, at=at, fields=sorted(facts))

    def admits(self, address: str) -> bool:
        """Tell whether a call may come from this address; without a range it may from anywhere."""
        if not self.address_range:
            return True
        try:
            return ipaddress.ip_address(address) in ipaddress.ip_network(self.address_range)
        except ValueError:
            return False


SETTINGS = frozenset({"orientation", "viewing_m", "theme", "elder", "seams", "address_range", "site"})


def checked(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the settings of a device as they may be kept. Raises Refused with the field."""
    unknown = set(facts) - SETTINGS
    if unknown:
        raise TypeError(f"a device has no setting {sorted(unknown)}")
    if facts.get("orientation", Orientation.LANDSCAPE) not in Orientation.values:
        raise Refused(_("Please choose landscape or portrait."), field="orientation")
    if facts.get("theme", Theme.AUTO) not in Theme.values:
        raise Refused(_("Please choose day, night or by the clock."), field="theme")
    _check_distance(facts.get("viewing_m", 2.0))
    _check_seams(facts.get("seams"))
    _check_range(facts.get("address_range", ""))
    return facts


def _check_distance(metres: Any) -> None:
    if not isinstance(metres, int | float) or not NEAREST_M <= metres <= FARTHEST_M:
        raise Refused(
            _("People stand between 0.5 and 30 metres away. Please give the distance in metres."),
            field="viewing_m",
        )


def _check_seams(seams: Any) -> None:
    """A mosaic: {"columns": 1–12, "rows": 1–12, "gap_px": 0–200}, or None for one panel."""
    if seams is None:
        return
    limits = {"columns": (1, 12), "rows": (1, 12), "gap_px": (0, 200)}
    fits = isinstance(seams, dict) and set(seams) == set(limits)
    if not fits or not all(
        type(seams[name]) is int and low <= seams[name] <= high for name, (low, high) in limits.items()
    ):
        words = _("Please give the panels in columns and rows (1 to 12) and the seam in pixels (0 to 200).")
        raise Refused(words, field="seams")


def _check_range(written: str) -> None:
    if not written:
        return
    try:
        ipaddress.ip_network(written)
    except ValueError:
        words = _("This is no range of addresses. Please write it like 192.168.10.0/24.")
        raise Refused(words, field="address_range") from None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def device_of(token: str, *, at: datetime | None = None, address: str | None = None) -> Device | None:
    """Return the live device of a token; None for a wrong, old or revoked one, or from elsewhere."""
    if not token:
        return None
    mark, now = hash_of(token), at or timezone.now()
    holds = Q(token_hash=mark) | Q(old_token_hash=mark, old_token_until__gt=now)
    rows = Device.objects.filter(holds, revoked_at=None).select_related("site__place").defer("picture")
    device = rows.first()
    if device is None:
        _note_stranger(mark)
        return None
    if address is not None and not device.admits(address):
        log.warning("device %s called from outside its range", device.uid)
        return None
    return device


def _note_stranger(mark: str) -> None:
    """Somebody still holds a token that was taken back: the one who looks after the screens should know."""
    revoked = Device.objects.filter(token_hash=mark).exclude(revoked_at=None).values_list("uid", flat=True)
    for uid in revoked:
        log.warning("device %s called with a token that was taken back", uid)
