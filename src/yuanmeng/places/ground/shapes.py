"""Geometries as GeoJSON writes them: checked, shifted, merged, and one point for the name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from math import isfinite
from typing import Any

from yuanmeng.places.hexes import METRES_PER_DEGREE

Point = tuple[float, float]
Line = list[Point]
Shape = dict[str, Any]

DEPTHS = {"Point": 0, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
MOST_POINTS = 50_000
DIGITS = 6


class ShapeRefused(ValueError):
    """This will be raised for a geometry that is broken, too large, or of a kind a map has no use for."""


def checked(shape: Any, shift: Callable[[float, float], Point] = lambda lon, lat: (lon, lat)) -> Shape:
    """This will be a copy with every point a pair of degrees, shifted and rounded; heights are dropped.

    Raises ShapeRefused.
    """
    kind = shape.get("type") if isinstance(shape, dict) else None
    if kind not in DEPTHS:
        raise ShapeRefused(str(kind))
    budget = [MOST_POINTS]
    made: Shape = {
        "type": kind,
        "coordinates": _copied(shape.get("coordinates"), DEPTHS[kind], shift, budget),
    }
    if any(len(line) < 2 for line in lines(made)) or any(len(ring) < 4 for ring in rings(made)):
        raise ShapeRefused("too few points")
    return made


def _copied(node: Any, depth: int, shift: Callable[[float, float], Point], budget: list[int]) -> Any:
    if not isinstance(node, list | tuple):
        raise ShapeRefused("no list")
    if depth:
        return [_copied(child, depth - 1, shift, budget) for child in node]
    budget[0] -= 1
    if budget[0] < 0:
        raise ShapeRefused("too many points")
    return _point(node, shift)


def _point(node: Any, shift: Callable[[float, float], Point]) -> Point:
    numbers = [v for v in node[:2] if isinstance(v, int | float) and not isinstance(v, bool) and isfinite(v)]
    if len(numbers) < 2 or not (-180 <= numbers[0] <= 180 and -90 <= numbers[1] <= 90):
        raise ShapeRefused("no point on the globe")
    lon, lat = shift(*numbers)
    return round(lon, DIGITS), round(lat, DIGITS)


def points(shape: Shape) -> Iterator[Point]:
    """This will give every point."""
    if shape["type"] == "Point":
        yield shape["coordinates"]
    for line in (*lines(shape), *rings(shape)):
        yield from line


def lines(shape: Shape) -> list[Line]:
    """This will give the lines of a line or of many; none of anything else."""
    if shape["type"] == "LineString":
        return [shape["coordinates"]]
    return list(shape["coordinates"]) if shape["type"] == "MultiLineString" else []


def rings(shape: Shape) -> list[Line]:
    """This will give all rings of a polygon or of many."""
    return [ring for polygon in polygons(shape) for ring in polygon]


def polygons(shape: Shape) -> list[list[Line]]:
    """This will give the polygons, each as its outer ring and its holes."""
    if shape["type"] == "Polygon":
        return [shape["coordinates"]]
    return list(shape["coordinates"]) if shape["type"] == "MultiPolygon" else []


def merged(shapes: Iterable[Shape]) -> Shape:
    """This will put lines of one name into one, as they lie; of anything else the first is taken."""
    many = list(shapes)
    parts = [line for shape in many for line in lines(shape)]
    if len(many) == 1 or not parts:
        return many[0]
    return {"type": "MultiLineString", "coordinates": parts}


def label_point(shape: Shape) -> Point:
    """This will be the one place for a name: the point itself, the middle of the longest line, or inside the
    largest polygon of many."""
    if shape["type"] == "Point":
        return shape["coordinates"][0], shape["coordinates"][1]
    if found := lines(shape):
        return _middle(max(found, key=_length))
    return _inside(max((polygon[0] for polygon in polygons(shape)), key=lambda ring: abs(_area(ring))))


def _middle(line: Line) -> Point:
    half = _length(line) / 2
    for a, b in pairwise(line):
        step = _length([a, b])
        if step and half <= step:
            return _between(a, b, half / step)
        half -= step
    return line[-1]


def _inside(ring: Line) -> Point:
    """The centroid, or where that lies outside (a crescent) the middle of the widest cut at its height."""
    lon, lat = _centroid(ring)
    cuts = sorted(_crossings(ring, lat))
    spans = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2)]
    if any(a <= lon <= b for a, b in spans) or not spans:
        return round(lon, DIGITS), round(lat, DIGITS)
    a, b = max(spans, key=lambda span: span[1] - span[0])
    return round((a + b) / 2, DIGITS), round(lat, DIGITS)


def _crossings(ring: Line, lat: float) -> Iterator[float]:
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > lat) != (y2 > lat):
            yield x1 + (lat - y1) / (y2 - y1) * (x2 - x1)


def _centroid(ring: Line) -> Point:
    area = _area(ring)
    if not area:
        return ring[0]
    x0, y0 = ring[0]  # near the ring, so that no digits are lost
    cross = [((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) for (x1, y1), (x2, y2) in pairwise(ring)]
    ends = list(pairwise(ring))
    x = sum((a[0] + b[0] - 2 * x0) * c for (a, b), c in zip(ends, cross, strict=True)) / (6 * area)
    y = sum((a[1] + b[1] - 2 * y0) * c for (a, b), c in zip(ends, cross, strict=True)) / (6 * area)
    return x0 + x, y0 + y


def _area(ring: Line) -> float:
    x0, y0 = ring[0]
    return sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _length(line: Line) -> float:
    return sum(
        (((x2 - x1) * METRES_PER_DEGREE[0]) ** 2 + ((y2 - y1) * METRES_PER_DEGREE[1]) ** 2) ** 0.5
        for (x1, y1), (x2, y2) in pairwise(line)
    )


def _between(a: Point, b: Point, share: float) -> Point:
    return round(a[0] + share * (b[0] - a[0]), DIGITS), round(a[1] + share * (b[1] - a[1]), DIGITS)
