"""Distances and minutes: one rule for the ring on the map and the number in the list."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import PROJECT
from yuanmeng.places import distance

HERE = (121.4025, 31.2111)


def test_a_hundredth_of_a_degree_is_the_length_the_map_page_uses() -> None:
    assert distance.metres((121.40, 31.21), (121.41, 31.21)) == pytest.approx(952.09, rel=0.005)
    assert distance.metres((121.40, 31.21), (121.40, 31.22)) == pytest.approx(1109.46, rel=0.005)


@pytest.mark.parametrize(("m", "minutes"), [(0, 0), (1, 1), (61, 1), (62, 2), (800, 13), (80 / 1.3, 1)])
def test_walking_takes_a_minute_for_80_m_of_street(m: float, minutes: int) -> None:
    assert distance.walk_minutes(m) == minutes


def test_what_is_next_door_is_said_to_be_a_minute_away() -> None:
    assert [distance.said_minutes(n) for n in (0, 1, 13)] == [1, 1, 13]


@given(st.integers(1, 120))
def test_the_edge_of_the_ring_is_exactly_reached_in_time(minutes: int) -> None:
    assert distance.walk_minutes(distance.walk_reach_m(minutes)) == minutes
    assert distance.ride_minutes(distance.ride_reach_m(minutes)) == minutes


@given(st.lists(st.floats(0, 20_000), min_size=1))
def test_many_distances_are_counted_as_one_is(many: list[float]) -> None:
    column = np.array(many)
    assert distance.minutes_of(column, "walk").tolist() == [distance.walk_minutes(m) for m in many]
    assert distance.minutes_of(column, "ride").tolist() == [distance.ride_minutes(m) for m in many]


def test_the_ring_the_browser_draws_is_counted_with_the_same_figures() -> None:
    script = (PROJECT / "frontend" / "src" / "map" / "cells.ts").read_text(encoding="utf-8")
    ours = f"[{distance.WALK_M_PER_MINUTE}, {distance.RIDE_M_PER_MINUTE}, {distance.DETOUR}]"
    assert f"[WALK_M_PER_MINUTE, RIDE_M_PER_MINUTE, DETOUR] = {ours}" in script


def test_far_away_the_metro_is_quicker_than_the_feet() -> None:
    assert distance.commute_minutes(300) == distance.ride_minutes(300) <= distance.walk_minutes(300)
    assert distance.commute_minutes(12_000) < distance.ride_minutes(12_000)


@given(st.floats(0, 2 * math.pi), st.floats(10, 5000))
def test_the_box_holds_every_point_within_reach(turn: float, reach: float) -> None:
    west, south, east, north = distance.box(HERE, reach)
    lon = HERE[0] + (east - west) / 2 * math.cos(turn) * 0.999
    lat = HERE[1] + (north - south) / 2 * math.sin(turn) * 0.999
    assert west <= lon <= east and south <= lat <= north
    assert distance.metres(HERE, (lon, lat)) == pytest.approx(reach, rel=0.01)
