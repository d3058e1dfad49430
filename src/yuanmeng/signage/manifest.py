"""What one device shows over the next days: a pure function of what was placed and of the local day.

    made = manifest(Screen(…), windows, day=date(2026, 11, 25), zone=zone)

Records in, a dictionary out; the same rows in any order give the same bytes, and nothing in it says "now".

1. Each window (a placement as a record) is laid on each day it starts on; a night belongs to its start day.
2. What reaches into the horizon (three local days from midnight) is cut to it; spans that touch become one.
3. Items whose validity does not meet the span are left out; a span without items is left out.
4. Files of the items are listed once; the canonical JSON of all this is hashed.

At a moment the device shows, of the entries that hold it, those that interrupt, else those of the highest
priority; several of the same rank follow each other in the order given (`showing`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from typing import Any

SCHEMA = "yuanmeng.manifest/1"
DAYS = 3


@dataclass(frozen=True)
class File:
    """A picture, by what is in it."""

    sha256: str
    url: str
    bytes: int
    type: str


@dataclass(frozen=True)
class Item:
    """One content for so many seconds."""

    id: str
    kind: str
    seconds: int
    title: str = ""
    body: str = ""
    title_en: str = ""
    body_en: str = ""
    file: File | None = None
    source: str | None = None
    qr: str | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None

    def meets(self, start: datetime, end: datetime) -> bool:
        """Tell whether there is a moment of the span at which it may be shown."""
        return (self.valid_from is None or self.valid_from < end) and (
            self.valid_until is None or self.valid_until > start
        )


@dataclass(frozen=True)
class Window:
    """One placement: when, how strong, and what. `ends` at or before `starts` is on the next day."""

    placement: str
    from_on: date
    to_on: date
    items: tuple[Item, ...]
    weekdays: int = 0b1111111
    starts: time = time(0)
    ends: time = time(0)
    priority: int = 0
    interrupt: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None


@dataclass(frozen=True)
class Screen:
    """The device: how it shows, and what it says of the house."""

    uid: str
    settings: dict[str, Any] = field(default_factory=dict)
    house: dict[str, str] = field(default_factory=dict)


def manifest(screen: Screen, windows: Iterable[Window], *, day: date, zone: tzinfo) -> dict[str, Any]:
    """This will be the manifest of one device for three local days from the midnight of `day`."""
    start, end = midnight(day, zone), midnight(day + timedelta(days=DAYS), zone)
    spans = [(span, window) for window in windows for span in _spans(window, day, zone, start, end)]
    entries = [entry for span, window in spans if (entry := _entry(span, window, zone))]
    files = {item.file for span, window in spans for item in window.items if item.file and item.meets(*span)}
    body = {
        "schema": SCHEMA,
        "device": screen.uid,
        "from": _iso(start, zone),
        "until": _iso(end, zone),
        "settings": screen.settings,
        "house": screen.house,
        "entries": sorted(entries, key=_order),
        "files": [vars(file) for file in sorted(files, key=lambda one: one.sha256)],
    }
    return {**body, "hash": hash_of(body)}


def midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def canonical(value: Any) -> bytes:
    """This will be the one way to write a value as JSON."""
    return json.dumps(
        value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def hash_of(body: dict[str, Any]) -> str:
    """This will be the hash of a manifest, its own hash left out."""
    return hashlib.sha256(canonical({k: v for k, v in body.items() if k != "hash"})).hexdigest()


def showing(made: dict[str, Any], moment: datetime) -> list[dict[str, Any]]:
    """This will be the entries a device shows at a moment: interrupts first, else the highest priority."""
    holding = [
        entry
        for entry in made["entries"]
        if datetime.fromisoformat(entry["from"]) <= moment < datetime.fromisoformat(entry["to"])
        and any(shown_at(item, moment) for item in entry["items"])
    ]
    best = max((_rank(entry) for entry in holding), default=None)
    return [entry for entry in holding if _rank(entry) == best]


def shown_at(item: dict[str, Any], moment: datetime) -> bool:
    """This will tell whether an item is valid at a moment."""
    first, last = item["valid_from"], item["valid_until"]
    return (first is None or datetime.fromisoformat(first) <= moment) and (
        last is None or moment < datetime.fromisoformat(last)
    )


@dataclass(frozen=True)
class Stretch:
    """A stretch of time in which a device shows the same: these items in turn, of these entries."""

    starts: datetime
    ends: datetime
    entries: tuple[dict[str, Any], ...]

    @property
    def items(self) -> list[dict[str, Any]]:
        return [item for entry in self.entries for item in entry["items"] if shown_at(item, self.starts)]

    @property
    def rounds(self) -> float:
        """Return how often everything is shown; 0.0 where nothing is."""
        round_s = sum(item["seconds"] for item in self.items)
        return (self.ends - self.starts).total_seconds() / round_s if round_s else 0.0


def stretches(made: dict[str, Any], start: datetime, end: datetime) -> list[Stretch]:
    """This will cut a span of time where something begins or ends to be shown; gaps have no entries."""
    edges = {start, end}
    for entry in made["entries"]:
        moments = [entry["from"], entry["to"]]
        moments += [item[name] for item in entry["items"] for name in ("valid_from", "valid_until")]
        edges |= {datetime.fromisoformat(moment) for moment in moments if moment is not None}
    times = sorted(edge for edge in edges if start <= edge <= end)
    return [Stretch(a, b, tuple(showing(made, a))) for a, b in pairwise(times)]


def planned_by_item(made: dict[str, Any], *, until: datetime | None = None) -> dict[str, float]:
    """This will count the plays of each item on the manifest's first day, or on that day `until` then."""
    start = datetime.fromisoformat(made["from"])
    end = start + timedelta(days=1)
    planned: dict[str, float] = {}
    for stretch in stretches(made, start, min(end, until or end)):
        for item in stretch.items:
            planned[item["id"]] = planned.get(item["id"], 0.0) + stretch.rounds
    return planned


def planned_plays(made: dict[str, Any]) -> int:
    """This will count the plays of the manifest's first day, if nothing comes between."""
    return round(sum(planned_by_item(made).values()))


def _rank(entry: dict[str, Any]) -> tuple[bool, int]:
    return entry["interrupt"], entry["priority"]


def _spans(
    window: Window, day: date, zone: tzinfo, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """The stretches of time a window is open within the horizon, joined where they touch."""
    found: list[tuple[datetime, datetime]] = []
    for ahead in range(-1, DAYS):  # the night of yesterday reaches into today
        on = day + timedelta(days=ahead)
        if not (window.from_on <= on <= window.to_on and window.weekdays >> on.weekday() & 1):
            continue
        opens, closes = _day_part(window, on, zone)
        opens = max(opens, start, *([window.starts_at] if window.starts_at else []))
        closes = min(closes, end, *([window.ends_at] if window.ends_at else []))
        if opens >= closes:
            continue
        if found and found[-1][1] >= opens:
            found[-1] = (found[-1][0], max(found[-1][1], closes))
        else:
            found.append((opens, closes))
    return found


def _day_part(window: Window, on: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """In one clock that knows no summer time: two moments of one zone are compared by their faces."""
    closes_on = on if window.ends > window.starts else on + timedelta(days=1)
    opens = datetime.combine(on, window.starts, tzinfo=zone)
    return opens.astimezone(UTC), datetime.combine(closes_on, window.ends, tzinfo=zone).astimezone(UTC)


def _entry(span: tuple[datetime, datetime], window: Window, zone: tzinfo) -> dict[str, Any] | None:
    items = [_item(item, zone) for item in window.items if item.meets(*span)]
    if not items:
        return None
    return {
        "from": _iso(span[0], zone),
        "to": _iso(span[1], zone),
        "priority": window.priority,
        "interrupt": window.interrupt,
        "placement": window.placement,
        "items": items,
    }


def _item(item: Item, zone: tzinfo) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "seconds": item.seconds,
        "title": item.title,
        "body": item.body,
        "title_en": item.title_en,
        "body_en": item.body_en,
        "file": item.file.sha256 if item.file else None,
        "source": item.source,
        "valid_from": _iso(item.valid_from, zone) if item.valid_from else None,
        "valid_until": _iso(item.valid_until, zone) if item.valid_until else None,
        "qr": item.qr,
    }


def _order(entry: dict[str, Any]) -> tuple[Any, ...]:
    return (entry["from"], not entry["interrupt"], -entry["priority"], entry["placement"], entry["to"])


def _iso(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")
