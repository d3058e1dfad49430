"""From rows to manifests: what was placed is read once for all devices, and made into one for each.

    made = issuing.issue(device, at=at)        # the device fetches it: written down as given
    made = issuing.made_for(device, at=at)     # somebody looks: nothing is written
    made.hash, made.body

Both cost one small query while nothing has changed (`Version`): 500 devices that ask cost little.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from yuanmeng.signage.manifest import DAYS, File, Item, Screen, Window, canonical, manifest, planned_plays
from yuanmeng.signage.models import (
    Content,
    ContentKind,
    ContentState,
    Device,
    DeviceKind,
    Issued,
    Placement,
    Version,
)

PROGRAMME = "/programme/"
CARDS = 12  # vacancies fetched for one round of cards
MOST_KEPT = 2_000
# Who shows what nobody has placed on a device by name; a kiosk in use is never taken over.
WINDOWS, SCREENS = frozenset({DeviceKind.WINDOW}), frozenset({DeviceKind.WINDOW, DeviceKind.WALL})


@dataclass(frozen=True)
class Made:
    """One manifest: its hash, its bytes, which [placement, item] are in it, and plays planned on day one."""

    hash: str
    body: bytes
    pairs: tuple[tuple[str, str], ...]
    planned: int
    day: date

    def as_dict(self) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(self.body)
        return made


@dataclass(frozen=True)
class _Hung:
    """A window, and on which devices it hangs."""

    window: Window
    devices: frozenset[int]
    site: int | None

    def reaches(self, device: Device) -> bool:
        if self.devices:
            return device.pk in self.devices
        kinds = SCREENS if self.window.interrupt else WINDOWS
        return device.kind in kinds and self.site in (None, device.site_id)


class _Kept:
    """What was made lately, in this process."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._made: OrderedDict[Any, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any) -> Any:
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)

    def put(self, key: Any, value: Any) -> None:
        with self._lock:
            self._made[key] = value
            self._made.move_to_end(key)
            while len(self._made) > self.most:
                self._made.popitem(last=False)


_manifests, _hung, _issued = _Kept(MOST_KEPT), _Kept(4), _Kept(MOST_KEPT * 4)


def issue(device: Device, *, at: datetime) -> Made:
    """This will be the manifest of a device that fetches it; noted, so that forged plays are told apart."""
    made = made_for(device, at=at)
    if _issued.get((device.pk, made.hash)) is None:
        row = Issued(
            device=device, hash=made.hash, day=made.day, pairs=[list(pair) for pair in made.pairs],
            planned=made.planned, made_at=at,
        )  # fmt: skip
        Issued.objects.bulk_create([row], ignore_conflicts=True)
        _issued.put((device.pk, made.hash), True)
    return made


def made_for(device: Device, *, at: datetime, mark: str | None = None) -> Made:
    """This will be the manifest of a device on the local day of `at`; who asks for many reads `mark` once."""
    # The mark is read before the rows: what changes in between is made anew at the next ask.
    mark, day = Version.now() if mark is None else mark, timezone.localdate(at)
    screen = _screen(device)
    key = (mark, day, device.uid, device.kind, device.site_id, canonical([screen.settings, screen.house]))
    made = _manifests.get(key) if mark else None
    if made is None:
        windows = [hung.window for hung in _everything(mark, day) if hung.reaches(device)]
        made = _made(screen, windows, day)
        if mark:
            _manifests.put(key, made)
    return made if isinstance(made, Made) else _made(screen, [], day)


def _made(screen: Screen, windows: list[Window], day: date) -> Made:
    said = manifest(screen, windows, day=day, zone=timezone.get_default_timezone())
    pairs = sorted({(entry["placement"], item["id"]) for entry in said["entries"] for item in entry["items"]})
    return Made(said["hash"], canonical(said), tuple(pairs), planned_plays(said), day)


def _screen(device: Device) -> Screen:
    site = device.site
    house = {
        "name": site.name if site else "",
        "address": site.place.address if site else "",
        "hours": site.hours if site else "",
        "phone": site.phone if site else "",
    }
    return Screen(device.uid, device.settings, house)


def _everything(mark: str, day: date) -> list[_Hung]:
    """Every placement that reaches into the horizon, read once for all devices of this process."""
    kept = _hung.get((mark, day)) if mark else None
    if kept is None:
        rows = Placement.objects.touching(day - timedelta(days=1), day + timedelta(days=DAYS - 1))
        rows = rows.select_related("notice__file").prefetch_related(
            "devices", "playlist__items__content__file"
        )
        kept = [_hung_of(row) for row in rows]
        if mark:
            _hung.put((mark, day), kept)
    return list(kept)


def _hung_of(row: Placement) -> _Hung:
    window = Window(
        placement=row.uid, from_on=row.from_on, to_on=row.to_on, items=tuple(_items(row)),
        weekdays=row.weekdays, starts=row.starts, ends=row.ends, priority=row.priority,
        interrupt=row.interrupt, starts_at=row.starts_at, ends_at=row.ends_at,
    )  # fmt: skip
    return _Hung(window, frozenset(device.pk for device in row.devices.all()), row.site_id)


def _items(row: Placement) -> list[Item]:
    """Only what is approved at this moment: withdrawn content is gone although it still stands in a list."""
    if row.notice is not None:
        pairs: list[tuple[Content, int | None]] = [(row.notice, None)]
    else:
        rows = row.playlist.items.all() if row.playlist else ()
        pairs = [(item.content, item.seconds) for item in rows]
    return [_item(content, seconds) for content, seconds in pairs if content.state == ContentState.APPROVED]


def _item(content: Content, seconds: int | None) -> Item:
    file = content.file
    return Item(
        id=content.uid, kind=content.kind, seconds=seconds or content.seconds, title=content.title,
        body=content.body, title_en=content.title_en, body_en=content.body_en,
        file=File(file.sha256, file.url, file.bytes, file.type) if file else None, source=_source(content),
        qr=content.link or _page(content), valid_from=content.valid_from, valid_until=content.valid_until,
    )  # fmt: skip


def _source(content: Content) -> str | None:
    """Where the device fetches what is not written into the manifest."""
    if content.kind == ContentKind.VACANCIES:
        return f"/api/v1/vacancies?{urlencode({**content.query, 'size': CARDS}, doseq=True)}"
    if content.kind == ContentKind.PROGRAMME:
        return "/api/v1/programme?days=31"
    if content.kind == ContentKind.COURSES:
        return "/api/v1/programme?days=31&kind=course"
    return None


def _page(content: Content) -> str | None:
    """Where the QR leads if nobody says otherwise: the same thing on the phone."""
    if content.kind in {ContentKind.PROGRAMME, ContentKind.COURSES}:
        return PROGRAMME
    if content.kind != ContentKind.VACANCIES:
        return None
    asked = urlencode(content.query, doseq=True)
    return f"/vacancies/?{asked}" if asked else "/vacancies/"
