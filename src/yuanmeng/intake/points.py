"""Coordinates of a file: which system they are in, whether they can be true, and where that is in WGS-84."""

from __future__ import annotations

from dataclasses import dataclass

from yuanmeng.intake.reasons import Note
from yuanmeng.places.crs import BD09, GCJ02, WGS84, to_wgs

# Shanghai with its islands, degrees WGS-84. A point outside it is a slip: latitude twice, Nanning, Ürümqi.
_WEST, _SOUTH, _EAST, _NORTH = 120.85, 30.67, 122.25, 31.90
_SYSTEMS = {"wgs": WGS84, "gps": WGS84, "4326": WGS84, "gcj": GCJ02, "高德": GCJ02, "腾讯": GCJ02}
_SYSTEMS |= {"bd": BD09, "百度": BD09}


@dataclass(frozen=True, slots=True)
class Point:
    """A point in WGS-84, or none with a note saying why."""

    lon: float | None = None
    lat: float | None = None
    source_crs: str = WGS84
    note: Note | None = None


def read_point(lon: float | None, lat: float | None, hint: str = "") -> Point:
    """This will convert a point. Undeclared coordinates of Chinese files are GCJ-02; BD-09 is never taken.

    `hint` is what the column's title says in brackets ("WGS-84", "GCJ-02").
    """
    if lon is None or lat is None or (lon == 0 and lat == 0):
        return Point()
    crs = next((system for word, system in _SYSTEMS.items() if word in hint), GCJ02)
    if crs == BD09:
        return Point(note=Note.POINT_DROPPED)
    x, y = to_wgs(lon, lat, crs)
    if not (_WEST <= x <= _EAST and _SOUTH <= y <= _NORTH):
        return Point(note=Note.POINT_DROPPED)
    return Point(round(x, 6), round(y, 6), crs, Note.POINT_CONVERTED if crs != WGS84 else None)
