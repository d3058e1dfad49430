"""An extract of OpenStreetMap (.osm.pbf): which of its objects are which kind of ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from yuanmeng.places.features import GroundKind
from yuanmeng.places.ground.reading import FileRefused, Row

Tags = dict[str, str]
STREETS = {"trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street"}
RAISED = {"motorway", "trunk", "primary"}


def _is_raised(tags: Tags) -> bool:
    return tags.get("highway") in RAISED and tags.get("bridge", "no") != "no" and "name" in tags


# Which objects are read for a kind: node, way or area, and what their tags say. A 街道 is of level 8.
WANTED: dict[str, tuple[str, Callable[[Tags], bool]]] = {
    GroundKind.LIMITS: ("area", lambda t: t.get("boundary") == "administrative" and "name" in t),
    GroundKind.AREA: (
        "area",
        lambda t: t.get("boundary") == "administrative" and t.get("admin_level") == "8",
    ),
    GroundKind.PARK: ("area", lambda t: t.get("leisure") == "park" and "name" in t),
    GroundKind.STREET: ("way", lambda t: t.get("highway") in STREETS and not _is_raised(t) and "name" in t),
    GroundKind.ELEVATED: ("way", _is_raised),
    GroundKind.METRO: ("way", lambda t: t.get("railway") in {"subway", "light_rail"} and "name" in t),
    GroundKind.STATION: ("node", lambda t: t.get("railway") == "station" and _is_metro(t)),
}


def _is_metro(tags: Tags) -> bool:
    return "subway" in {tags.get("station"), "subway" if tags.get("subway") == "yes" else ""}


def rows_of_extract(file: Path, kind: str) -> Iterator[Row]:
    """This will walk the extract once; ways are put together by name later (admit.py)."""
    try:
        import osmium
    except ImportError as why:
        raise FileRefused(
            _("Reading .osm.pbf needs a library: pip install 'yuanmeng[osm]'. GeoJSON needs none.")
        ) from why
    if kind not in WANTED:
        raise FileRefused(_("This kind is not read from .osm.pbf. Please import it from GeoJSON."))
    shape, fits = WANTED[kind]
    walk: Any = osmium.FileProcessor(str(file)).with_locations()
    walk = walk.with_areas() if shape == "area" else walk
    try:
        for thing in walk:
            if _is(thing, shape) and fits(tags := dict(thing.tags)):
                yield tags, _GEOMETRY[shape](thing)
    except (RuntimeError, osmium.InvalidLocationError) as why:
        raise FileRefused(_("The file is no extract of OpenStreetMap that can be read.")) from why


def _is(thing: Any, shape: str) -> bool:
    return bool(getattr(thing, f"is_{shape}")())


def _line(way: Any) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": _points(way.nodes)}


def _polygons(area: Any) -> dict[str, Any]:
    whole = [
        [_points(outer), *(_points(inner) for inner in area.inner_rings(outer))]
        for outer in area.outer_rings()
    ]
    return {"type": "MultiPolygon", "coordinates": whole}


def _point(node: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [node.location.lon, node.location.lat]}


def _points(nodes: Any) -> list[list[float]]:
    """An extract may lack nodes at its edge: those are left out."""
    return [[node.lon, node.lat] for node in nodes if node.location.valid()]


_GEOMETRY: dict[str, Callable[[Any], dict[str, Any]]] = {"node": _point, "way": _line, "area": _polygons}
