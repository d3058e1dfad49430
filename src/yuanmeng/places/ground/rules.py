"""What of a map file is taken, under which name, and why the rest stays outside.

Known dirt of open extracts: the whole network as one "line", everything unnamed as 其他…, slip roads (…出口),
bridges of other roads, a road called `8`, and areas of the property market with names nobody gave them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from yuanmeng.core.reference import reference
from yuanmeng.places.features import GroundKind
from yuanmeng.places.ground import shapes
from yuanmeng.places.ground.shapes import Shape
from yuanmeng.places.hexes import WINDOW, Box

NEAR = WINDOW.widened(3_000)
LINES, AREAS, POINTS = {"LineString", "MultiLineString"}, {"Polygon", "MultiPolygon"}, {"Point"}
SHAPES = {
    GroundKind.LIMITS: AREAS, GroundKind.AREA: AREAS, GroundKind.PARK: AREAS, GroundKind.METRO: LINES,
    GroundKind.ELEVATED: LINES, GroundKind.STREET: LINES, GroundKind.STATION: POINTS,
    GroundKind.LANDMARK: POINTS,
}  # fmt: skip
MAIN_STREETS = {"motorway", "trunk", "primary", "secondary", "main"}
LONGEST_NAME = 60


class Why(StrEnum):
    """Why something of a file is not on the map."""

    SHAPE = "shape"
    FAR = "far"
    UNNAMED = "unnamed"
    NETWORK = "network"
    OTHER = "other"
    EXIT = "exit"
    BRIDGE = "bridge"
    NUMBER = "number"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    IS_LIMITS = "is_limits"


class Dropped(Exception):
    """This will be raised for what stays outside; `why` says the reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Candidate:
    """One thing that may be taken in: its key in the source, its printable names, its number, its shape."""

    key: str
    name_zh: str
    name_en: str
    ref: str
    shape: Shape


def judged(kind: str, properties: dict[str, Any], shape: Shape) -> Candidate:
    """This will turn a row of a file into what may be taken in; raises Dropped."""
    if shape["type"] not in SHAPES[GroundKind(kind)]:
        raise Dropped(Why.SHAPE)
    if not any(_near(NEAR, *point) for point in shapes.points(shape)):
        raise Dropped(Why.FAR)
    name = _text(properties, "name:zh-Hans", "name:zh", "name_zh", "zh", "name")
    english = _text(properties, "name:en", "name_en", "en")
    found = Candidate(name, name, english, "", shape)
    return _OF_KIND.get(GroundKind(kind), _named)(found, properties)


def _named(found: Candidate, properties: dict[str, Any]) -> Candidate:
    if not found.key:
        raise Dropped(Why.UNNAMED)
    return found


def _metro(found: Candidate, properties: dict[str, Any]) -> Candidate:
    """The shared line is 3-4 in one file and 3/4 in another: here it is 3/4."""
    route = _text(properties, "route", "ref", "line").replace("-", "/")
    if route == "network" or "网络" in found.key:
        raise Dropped(Why.NETWORK)
    number = re.search(r"(\d{1,2}(?:/\d{1,2})?)\s*号线", found.key)
    ref = route if re.fullmatch(r"\d{1,2}(/\d{1,2})?", route) else number[1] if number else ""
    if not ref:
        raise Dropped(Why.UNNAMED)
    return replace(found, key=ref, name_zh=f"{ref}号线", name_en=f"Line {ref}", ref=ref)


def _elevated(found: Candidate, properties: dict[str, Any]) -> Candidate:
    name = _named(found, properties).key
    if name.isdigit():
        raise Dropped(Why.NUMBER)
    if name.startswith("其他"):
        raise Dropped(Why.OTHER)
    if name.endswith("出口"):
        raise Dropped(Why.EXIT)
    if "桥" in name:  # also 虹桥路: what is raised there are ramps, the road itself lies on the ground
        raise Dropped(Why.BRIDGE)
    return found


def _street(found: Candidate, properties: dict[str, Any]) -> Candidate:
    rank = _text(properties, "rank", "highway", "class", "kind_detail")
    rank = "main" if rank in MAIN_STREETS else "outer" if rank == "outer" else "side"
    return replace(_named(found, properties), ref=rank)


def _station(found: Candidate, properties: dict[str, Any]) -> Candidate:
    name = _named(found, properties).key.removesuffix("站")
    return replace(found, key=name, name_zh=name, ref=_text(properties, "lines", "ref")[:20])


def _limits(found: Candidate, properties: dict[str, Any]) -> Candidate:
    """Only our own sub-district has limits here, by its code or its name."""
    home = reference("gazetteer")["subdistrict"]
    names = {found.key, _text(properties, "admin")}
    if home["code"] != _text(properties, "code") and home["zh"] not in names:
        raise Dropped(Why.ELSEWHERE)
    return replace(found, key=home["zh"], name_zh=home["zh"], name_en=home["en"])


def _area(found: Candidate, properties: dict[str, Any]) -> Candidate:
    """An area prints a name only where that is an office's: `admin`, or a name of the register."""
    known = _register()
    stated = _text(properties, "admin") if "admin" in properties else found.key
    official = stated if stated in known else ""
    if not found.key:
        raise Dropped(Why.UNNAMED)
    return replace(found, key=official or found.key, name_zh=official, name_en=known.get(official, ""))


_OF_KIND = {
    GroundKind.METRO: _metro, GroundKind.ELEVATED: _elevated, GroundKind.STREET: _street,
    GroundKind.STATION: _station, GroundKind.LIMITS: _limits, GroundKind.AREA: _area,
}  # fmt: skip


def _register() -> dict[str, str]:
    rows = reference("areas")["items"]
    return {row["zh"]: row.get("en", "") for row in rows if row["level"] == "subdistrict"}


def _near(box: Box, lon: float, lat: float) -> bool:
    return box.west <= lon <= box.east and box.south <= lat <= box.north


def _text(properties: dict[str, Any], *names: str) -> str:
    """The first of these properties that says something, as a short line of text."""
    given = (str(properties[name]).strip() for name in names if properties.get(name) not in (None, ""))
    return next((" ".join(text.split())[:LONGEST_NAME] for text in given if text), "")
