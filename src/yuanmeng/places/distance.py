"""How far it is: metres as the crow flies, minutes as a person walks or rides.

One function for every surface, so that the ring on the map and the number in the list never disagree.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_M = 6371008.8
# A street detours: 1.3 times the straight line (to be checked against counted walks).
DETOUR = 1.3
WALK_M_PER_MINUTE = 80
RIDE_M_PER_MINUTE = 200
PACES = {"walk": WALK_M_PER_MINUTE, "ride": RIDE_M_PER_MINUTE}
# Metro and bus: ten minutes to reach, wait and leave, then 25 km/h on average.
TRANSIT_START_MINUTES, TRANSIT_M_PER_MINUTE = 10, 420

Point = tuple[float, float]


def metres(here: Point, there: Point) -> float:
    """This will give the straight distance of two (lon, lat) points in metres (haversine, error < 0.6 %)."""
    lon1, lat1, lon2, lat2 = (math.radians(v) for v in (*here, *there))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(half))


def walk_minutes(m: float) -> int:
    """This will say how long `m` metres take on foot: ceil(1.3 · m / 80). Show it with 约."""
    return _minutes(DETOUR * m / WALK_M_PER_MINUTE)


def ride_minutes(m: float) -> int:
    """This will say how long `m` metres take by bicycle at 12 km/h, with the same detour."""
    return _minutes(DETOUR * m / RIDE_M_PER_MINUTE)


def minutes_of(m: NDArray[np.float64], by: str) -> NDArray[np.float64]:
    """This will be walk_minutes or ride_minutes (`by`: walk, ride) of many distances; inf stays inf."""
    return np.ceil(np.round(DETOUR * m / PACES[by], 6))


def said_minutes(minutes: int) -> int:
    """This will be the minutes as people are told them: what is next door is a minute away, not none."""
    return max(minutes, 1)


def commute_minutes(m: float) -> int:
    """This will say the quickest of walking, riding and public transport for `m` metres, a rough guide."""
    transit = TRANSIT_START_MINUTES + DETOUR * m / TRANSIT_M_PER_MINUTE
    return min(walk_minutes(m), ride_minutes(m), _minutes(transit))


def walk_reach_m(minutes: float) -> float:
    """This will give the straight distance somebody walks in `minutes`: the ring on the map."""
    return minutes * WALK_M_PER_MINUTE / DETOUR


def ride_reach_m(minutes: float) -> float:
    """This will give the straight distance somebody rides in `minutes`."""
    return minutes * RIDE_M_PER_MINUTE / DETOUR


def box(here: Point, reach_m: float) -> tuple[float, float, float, float]:
    """This will give west, south, east, north of a square round `here`: the quick filter before metres()."""
    d_lat = math.degrees(reach_m / EARTH_RADIUS_M)
    d_lon = d_lat / math.cos(math.radians(here[1]))
    return here[0] - d_lon, here[1] - d_lat, here[0] + d_lon, here[1] + d_lat


def _minutes(exact: float) -> int:
    # 80 m are one minute, not two because 1.3 · 80 / 1.3 / 80 came out as 1.0000000000000002.
    return math.ceil(round(exact, 6))
