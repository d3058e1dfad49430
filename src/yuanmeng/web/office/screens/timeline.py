"""What one screen shows over a day, and why: as a picture of lanes, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.signage import issuing
from yuanmeng.signage.manifest import Stretch, midnight, stretches
from yuanmeng.signage.models import Device, Placement

LANE_PX, AXIS_PX = 44, 24
HOURS = tuple(
    (round(hour / 0.24, 1), f"{hour}:00", {0: "start", 24: "end"}.get(hour, "middle"))
    for hour in range(0, 25, 4)
)


@dataclass(frozen=True)
class Bar:
    """A piece of a lane, in percent of the day; `wins` where it is what the screen shows."""

    x: float
    width: float
    wins: bool


@dataclass(frozen=True)
class Lane:
    """One placement on this day."""

    placement: Placement | None
    bars: list[Bar]
    y: int


@dataclass(frozen=True)
class Piece:
    """One stretch in words: what is shown, and what has to stand back."""

    starts: datetime
    ends: datetime
    items: list[str]
    shown: list[Placement]
    hidden: list[Placement]

    @property
    def to_midnight(self) -> bool:
        return timezone.localtime(self.ends).time() == time()


@dataclass(frozen=True)
class Day:
    """A day of one screen. `axis` is where the hours stand in the picture, in pixels from above."""

    on: date
    lanes: list[Lane]
    pieces: list[Piece]
    hours = HOURS

    @property
    def axis(self) -> int:
        return len(self.lanes) * LANE_PX

    @property
    def height(self) -> int:
        return self.axis + AXIS_PX


def day_of(device: Device, on: date) -> Day:
    """This will be what a device shows on a local day by what is placed now."""
    zone = timezone.get_default_timezone()
    start, end = midnight(on, zone), midnight(on + timedelta(days=1), zone)
    made = issuing.made_for(device, at=start).as_dict()
    entries = [one for one in made["entries"] if _moment(one, "from") < end and _moment(one, "to") > start]
    placements = _placements({one["placement"] for one in entries})
    cut = _joined(stretches(made, start, end))
    order = sorted(
        {one["placement"]: (not one["interrupt"], -one["priority"]) for one in entries}.items(),
        key=lambda pair: pair[1],
    )
    lanes = [
        Lane(placements.get(uid), _bars(uid, cut, entries, start, end), n * LANE_PX)
        for n, (uid, _rank) in enumerate(order)
    ]
    pieces = [_piece(one, entries, placements) for one in cut]
    return Day(on, lanes, pieces)


def _moment(entry: dict[str, Any], name: str) -> datetime:
    return datetime.fromisoformat(entry[name])


def _placements(uids: set[str]) -> dict[str, Placement]:
    rows = Placement.objects.filter(uid__in=uids).select_related("playlist", "notice")
    return {row.uid: row for row in rows}


def _joined(cut: Iterable[Stretch]) -> list[Stretch]:
    """Neighbours that show the same are one."""
    found: list[Stretch] = []
    for one in cut:
        if found and found[-1].entries == one.entries and found[-1].items == one.items:
            found[-1] = Stretch(found[-1].starts, one.ends, one.entries)
        else:
            found.append(one)
    return found


def _holds(entry: dict[str, Any], stretch: Stretch) -> bool:
    return _moment(entry, "from") <= stretch.starts and stretch.ends <= _moment(entry, "to")


def _bars(
    uid: str, cut: list[Stretch], entries: list[dict[str, Any]], start: datetime, end: datetime
) -> list[Bar]:
    whole = (end - start).total_seconds()
    bars: list[Bar] = []
    for stretch in cut:
        if not any(one["placement"] == uid and _holds(one, stretch) for one in entries):
            continue
        x = 100 * (stretch.starts - start).total_seconds() / whole
        width = 100 * (stretch.ends - stretch.starts).total_seconds() / whole
        wins = any(one["placement"] == uid for one in stretch.entries)
        bars.append(Bar(round(x, 2), round(width, 2), wins))
    return bars


def _piece(stretch: Stretch, entries: list[dict[str, Any]], placements: dict[str, Placement]) -> Piece:
    shown = [one["placement"] for one in stretch.entries]
    holding = [one["placement"] for one in entries if _holds(one, stretch)]
    back = [uid for uid in dict.fromkeys(holding) if uid not in shown]
    return Piece(
        stretch.starts, stretch.ends, [_name(item) for item in stretch.items],
        [placements[uid] for uid in dict.fromkeys(shown) if uid in placements],
        [placements[uid] for uid in back if uid in placements],
    )  # fmt: skip


def _name(item: dict[str, Any]) -> str:
    return str(item["title"] or _("an image"))
