"""Coordinates: the vectors of the design, and back again without loss."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuanmeng.places import crs
from yuanmeng.places.distance import metres

HERE = (121.4025, 31.2111)
GCJ_HERE = (121.407150, 31.209256)
BD_HERE = (121.413673, 31.215204)


def test_it_shifts_the_reference_point_as_published() -> None:
    assert crs.wgs_to_gcj(*HERE) == pytest.approx(GCJ_HERE, abs=5e-7)
    assert crs.gcj_to_bd(*crs.wgs_to_gcj(*HERE)) == pytest.approx(BD_HERE, abs=5e-7)


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [((121.4005, 31.2105), (121.405150, 31.208655)), ((121.396759, 31.213370), (121.401408, 31.211526))],
)
def test_it_agrees_with_the_vectors_of_the_map_page(
    wgs: tuple[float, float], gcj: tuple[float, float]
) -> None:
    assert crs.wgs_to_gcj(*wgs) == pytest.approx(gcj, abs=1e-6)


def test_the_shift_here_is_443_m_east_and_204_m_south() -> None:
    lon, lat = crs.wgs_to_gcj(*HERE)
    assert metres(HERE, (lon, HERE[1])) == pytest.approx(443, abs=2)
    assert metres(HERE, (HERE[0], lat)) == pytest.approx(204, abs=2)


@given(st.floats(121.0, 122.0), st.floats(30.7, 31.9))
def test_the_way_back_loses_less_than_a_millimetre(lon: float, lat: float) -> None:
    back = crs.to_wgs(*crs.wgs_to_gcj(lon, lat), crs.GCJ02)
    assert metres(back, (lon, lat)) < 0.001


@given(st.floats(121.0, 122.0), st.floats(30.7, 31.9))
def test_the_way_back_from_baidu_loses_less_than_20_centimetres(lon: float, lat: float) -> None:
    baidu = crs.gcj_to_bd(*crs.wgs_to_gcj(lon, lat))
    assert metres(crs.to_wgs(*baidu, crs.BD09), (lon, lat)) < 0.2


def test_nothing_moves_outside_china() -> None:
    assert crs.wgs_to_gcj(2.35, 48.85) == (2.35, 48.85)


def test_wgs_stays_and_an_unknown_system_is_refused() -> None:
    assert crs.to_wgs(*HERE, crs.WGS84) == HERE
    with pytest.raises(crs.UnknownCrs):
        crs.to_wgs(*HERE, "epsg:2335")
