"""Three ways Chinese maps write a point, and the way back to WGS-84, which is what we store.

Longitude first, degrees. At 天山路街道 GCJ-02 lies 443 m east and 204 m south of WGS-84; BD-09 a further
621 m east and 658 m north. Source: the well-known public formulas; vectors in tests/nouns/test_places_crs.py.
"""

from __future__ import annotations

import math
from math import atan2, cos, hypot, radians, sin, sqrt

AXIS_M, ECCENTRICITY2 = 6378245.0, 0.00669342162296594323
BAIDU_TURN = math.pi * 3000 / 180

WGS84, GCJ02, BD09 = "wgs84", "gcj02", "bd09"


class UnknownCrs(ValueError):
    """This will be raised for a coordinate system we neither know nor guess."""


def to_wgs(lon: float, lat: float, crs: str) -> tuple[float, float]:
    """This will turn a point of `crs` (wgs84, gcj02, bd09) into WGS-84; UnknownCrs for any other word."""
    if crs == WGS84:
        return lon, lat
    if crs == GCJ02:
        return gcj_to_wgs(lon, lat)
    if crs == BD09:
        return gcj_to_wgs(*bd_to_gcj(lon, lat))
    raise UnknownCrs(crs)


def wgs_to_gcj(lon: float, lat: float) -> tuple[float, float]:
    """This will shift a point as Chinese law asks of public maps; outside China nothing moves."""
    if not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271):
        return lon, lat
    d_lon, d_lat = _shift(lon - 105, lat - 35)
    turn = radians(lat)
    m = 1 - ECCENTRICITY2 * sin(turn) ** 2
    return (
        lon + d_lon * 180 / (AXIS_M / sqrt(m) * cos(turn) * math.pi),
        lat + d_lat * 180 / (AXIS_M * (1 - ECCENTRICITY2) / (m * sqrt(m)) * math.pi),
    )


def gcj_to_wgs(lon: float, lat: float) -> tuple[float, float]:
    """This will undo the shift by walking back its error; after six rounds the rest is below 1 mm."""
    x, y = lon, lat
    for _ in range(6):
        gx, gy = wgs_to_gcj(x, y)
        x, y = x - (gx - lon), y - (gy - lat)
    return x, y


def gcj_to_bd(lon: float, lat: float) -> tuple[float, float]:
    """This will add Baidu's second shift."""
    z = hypot(lon, lat) + 2e-5 * sin(lat * BAIDU_TURN)
    t = atan2(lat, lon) + 3e-6 * cos(lon * BAIDU_TURN)
    return z * cos(t) + 0.0065, z * sin(t) + 0.006


def bd_to_gcj(lon: float, lat: float) -> tuple[float, float]:
    """This will take Baidu's second shift off again, good to about 1e-6 degrees (15 cm)."""
    x, y = lon - 0.0065, lat - 0.006
    z = hypot(x, y) - 2e-5 * sin(y * BAIDU_TURN)
    t = atan2(y, x) - 3e-6 * cos(x * BAIDU_TURN)
    return z * cos(t), z * sin(t)


def _shift(x: float, y: float) -> tuple[float, float]:
    """Metres east and north of the shift, x and y in degrees from 105° E, 35° N."""
    p, root = math.pi, sqrt(abs(x))
    wave = (20 * sin(6 * x * p) + 20 * sin(2 * x * p)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20 * sin(y * p) + 40 * sin(y / 3 * p)) * 2 / 3
    north += (160 * sin(y / 12 * p) + 320 * sin(y * p / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20 * sin(x * p) + 40 * sin(x / 3 * p)) * 2 / 3
    east += (150 * sin(x / 12 * p) + 300 * sin(x / 30 * p)) * 2 / 3
    return east, north
