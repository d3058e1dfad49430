"""An address becomes a point as exactly as its words allow, and never more."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from yuanmeng.core.reference import reference
from yuanmeng.places.distance import metres
from yuanmeng.places.gazetteer import (
    AREA,
    POINT,
    STREET,
    along,
    area_name,
    bounds,
    district_code,
    find_place,
    streets,
    tidy,
)

OURS = "310105006"


def test_our_own_house_is_found_on_its_street() -> None:
    here = find_place("上海市长宁区娄山关路500号")
    assert here is not None
    assert (here.precision, here.area_code) == (STREET, OURS)
    assert here.address == "长宁区娄山关路500号"
    assert metres((here.lon, here.lat), (121.4003, 31.2105)) < 150


@pytest.mark.parametrize(
    "address",
    ["娄山关路５００号", "娄山关路 500号", "娄山关路500", "娄山关路500号3楼", "上海市上海市娄山关路500号"],
)
def test_the_way_it_is_written_does_not_move_it(address: str) -> None:
    found, plain = find_place(address), find_place("娄山关路500号")
    assert found and plain and (found.lon, found.lat) == (plain.lon, plain.lat)


def test_a_branch_street_is_not_its_big_sister() -> None:
    branch, big = find_place("天山支路140号"), find_place("天山路140号")
    assert branch and big and metres((branch.lon, branch.lat), (big.lon, big.lat)) > 300


def test_a_landmark_without_a_number_is_a_point() -> None:
    found = find_place("南丰城3楼")
    assert found and found.precision == POINT


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("浦东新区张江", "310115"),
        ("上海-徐汇区", "310104"),
        ("东新区", "310115"),
        ("闸北区", "310106"),
        ("黄浦", "310101"),
        ("天山路街道", OURS),
        ("天山四村122号", "310105006903"),
        ("静安区天山路5号", "310106"),
    ],
)
def test_a_known_area_is_an_area_and_not_a_point(words: str, code: str) -> None:
    found = find_place(words)
    assert found and (found.precision, found.area_code) == (AREA, code)


@pytest.mark.parametrize(
    "words", ["", "上海", "上海市", "深圳市南山区天山路5号", "江苏省南京市仙霞路100号", "宝山路5号", "面议"]
)
def test_what_is_not_known_is_not_guessed(words: str) -> None:
    assert find_place(words) is None


def test_a_number_far_beyond_the_part_we_draw_is_not_put_at_its_end() -> None:
    assert find_place("延安西路50号") is None


def test_numbers_walk_along_the_street_in_order() -> None:
    for stops in streets().values():
        assert all(a[0] < b[0] for a, b in pairwise(stops))
        points = [along(stops, n) for n in range(stops[0][0], stops[-1][0] + 1, 10)]
        steps = [metres(a, b) for a, b in pairwise(points)]
        assert max(steps) < 60, "ten house numbers never lie more than 60 m apart"


def test_every_sure_street_is_drawn_within_a_kilometre_of_the_sub_district() -> None:
    west, south, east, north = bounds()
    sure = [s for s in reference("gazetteer")["streets"] if s["certainty"] == "sure"]
    assert len(sure) == 12
    for street in sure:
        for _, lon, lat in street["stops"]:
            assert west - 0.01 <= lon <= east + 0.01 and south - 0.01 <= lat <= north + 0.01


def test_all_sixteen_districts_and_our_areas_are_there() -> None:
    items = reference("areas")["items"]
    assert sum(i["level"] == "district" for i in items) == 16
    assert sum(i["level"] == "subdistrict" and i["parent"] == "310105" for i in items) == 10
    assert sum(i["level"] == "committee" for i in items) == 17
    assert len({i["code"] for i in items}) == len(items)
    assert area_name(OURS) == "天山路街道" and area_name("999999") == ""


def test_the_district_of_a_cell() -> None:
    assert district_code("上海-浦东新区") == "310115"
    assert district_code("天河区") is None


def test_tidying_changes_width_and_spaces_only() -> None:
    assert tidy(" 上海市 长宁区  遵义路１００号 ") == "长宁区遵义路100号"


def test_our_streets_agree_with_the_open_map(shared: Path) -> None:
    """The schematic promises 150 m; the test boundary is a check, never a source."""
    file = shared / "map" / "tianshanlu_subdistrict_osm13469232.geojson"
    ring = json.loads(file.read_text("utf-8"))["features"][0]["geometry"]["coordinates"][0]
    west, east = min(x for x, _ in ring), max(x for x, _ in ring)
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    for address in ("娄山关路500号", "天山路700号", "玉屏南路345弄26号", "安顺路142号", "遵义路185号"):
        found = find_place(address)
        assert found and west <= found.lon <= east and south <= found.lat <= north
