"""The map's cells hold every vacancy exactly once and keep their address for ever."""

from __future__ import annotations

import gzip
import json
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuanmeng.places import hexes

STREET = (121.4025, 31.2111)  # 娄山关路, the middle of the sub-district
lons = st.floats(121.38, 121.43)
lats = st.floats(31.19, 31.23)


def test_the_origin_lies_in_cell_zero() -> None:
    for radius in hexes.RADII_M:
        assert hexes.cell_of(*hexes.ORIGIN, radius) == (0, 0)


def test_one_step_east_is_one_step_in_q() -> None:
    east = 90 * 3**0.5 / hexes.METRES_PER_DEGREE[0]
    assert hexes.cell_of(hexes.ORIGIN[0] + east, hexes.ORIGIN[1], 90) == (1, 0)


@given(lons, lats, st.sampled_from(hexes.RADII_M))
def test_a_point_lies_nearest_to_the_centre_of_its_own_cell(lon: float, lat: float, radius: int) -> None:
    q, r = hexes.cell_of(lon, lat, radius)
    ring = [(0, 0), (1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1)]
    distances = [_metres_to_centre(lon, lat, q + dq, r + dr, radius) for dq, dr in ring]
    assert distances[0] <= min(distances) + 1e-6
    assert distances[0] <= radius + 1e-6


@given(lons, lats, st.sampled_from(hexes.RADII_M))
def test_the_centre_of_a_cell_lies_in_it(lon: float, lat: float, radius: int) -> None:
    q, r = hexes.cell_of(lon, lat, radius)
    centre = hexes.centres(np.array([q]), np.array([r]), radius)
    assert hexes.cell_of(float(centre[0][0]), float(centre[1][0]), radius) == (q, r)


def test_a_polygon_is_a_closed_ring_of_six_corners_at_the_radius() -> None:
    ring = hexes.polygon(3, -2, 180)
    assert ring[0] == ring[-1] and len(set(ring)) == 6
    for lon, lat in ring:
        assert _metres_to_centre(lon, lat, 3, -2, 180) == pytest.approx(180, abs=0.2)
    doubled_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert doubled_area > 0, "GeoJSON wants the outer ring counter-clockwise"


def test_every_opening_is_in_a_cell_or_elsewhere_or_unplaced() -> None:
    lon, lat, openings, pay = _street(2_000, seed=3)
    lon[:50] = np.nan
    lon[50:90] = 121.6
    for radius in hexes.RADII_M:
        hexed = hexes.aggregate(lon, lat, openings, pay, radius)
        parts = hexed.openings.sum() + hexed.elsewhere_openings + hexed.unplaced_openings
        assert parts == openings.sum()
        assert hexed.vacancies.sum() + hexed.elsewhere_vacancies + hexed.unplaced_vacancies == 2_000
        assert hexed.unplaced_vacancies == 50 and hexed.elsewhere_vacancies >= 40


def test_the_pay_of_a_cell_is_the_median_of_those_that_state_one() -> None:
    lon, lat = np.full(5, STREET[0]), np.full(5, STREET[1])
    pay = np.array([6_000.0, np.nan, 9_000.0, 7_000.0, 8_000.0])
    hexed = hexes.aggregate(lon, lat, np.ones(5, dtype=np.int64), pay, 90)
    assert hexed.pay.tolist() == [7_500.0]
    silent = hexes.aggregate(lon, lat, np.ones(5, dtype=np.int64), np.full(5, np.nan), 90)
    assert np.isnan(silent.pay).all()


def test_medians_agree_with_numpy_cell_by_cell() -> None:
    lon, lat, openings, pay = _street(3_000, seed=9)
    hexed = hexes.aggregate(lon, lat, openings, pay, 360)
    q, r = hexes.cells_of(lon, lat, 360)
    for i in range(len(hexed.q)):
        mine = (q == hexed.q[i]) & (r == hexed.r[i])
        assert hexed.pay[i] == pytest.approx(np.nanmedian(pay[mine]))
        assert hexed.openings[i] == openings[mine].sum()


def test_no_vacancies_make_an_empty_map() -> None:
    nothing = np.zeros(0)
    hexed = hexes.aggregate(nothing, nothing, nothing.astype(np.int64), nothing, 90)
    assert len(hexed.q) == len(hexed.pay) == 0 and hexed.unplaced_openings == 0


def test_a_hundred_thousand_vacancies_fit_the_time_and_the_wire() -> None:
    lon, lat, openings, pay = _street(100_000, seed=1)
    started = time.process_time()  # our own time: other work on the machine is not ours to answer for
    hexed = hexes.aggregate(lon, lat, openings, pay, 90)
    assert time.process_time() - started < 0.2
    columns = [hexed.q, hexed.r, hexed.openings, hexed.vacancies, np.nan_to_num(hexed.pay).astype(int)]
    assert len(gzip.compress(json.dumps([c.tolist() for c in columns]).encode())) < 50_000


def _street(n: int, seed: int) -> tuple[hexes.Floats, hexes.Floats, hexes.Ints, hexes.Floats]:
    chance = np.random.default_rng(seed)
    lon = chance.normal(STREET[0], 0.008, n)
    lat = chance.normal(STREET[1], 0.006, n)
    return lon, lat, chance.integers(1, 9, n), np.round(chance.lognormal(9, 0.35, n))


def _metres_to_centre(lon: float, lat: float, q: int, r: int, radius: int) -> float:
    x, y = hexes.centres(np.array([q]), np.array([r]), radius)
    east, north = hexes.METRES_PER_DEGREE
    return float(np.hypot((lon - x[0]) * east, (lat - y[0]) * north))
