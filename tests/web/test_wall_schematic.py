"""Our own map: drawn from the gazetteer, and true enough to find one's way by."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tools import draw_schematic

from tests.conftest import PROJECT
from yuanmeng.places.distance import metres
from yuanmeng.places.hexes import METRES_PER_DEGREE, ORIGIN, Box

DRAWING = PROJECT / "frontend" / "public" / "geo" / "tianshan_schematic.geojson"
STATION_M, LINE_M = 50, 150
# The sub-district and a kilometre around it, less a strip in the south where lines leave the sheet.
PROMISED = Box(121.3805, 31.1955, 121.425, 31.2265)

Line = list[tuple[float, float]]


@pytest.fixture(scope="module")
def drawn() -> list[dict[str, Any]]:
    return json.loads(DRAWING.read_text(encoding="utf-8"))["features"]


@pytest.fixture
def surveyed(shared: Path) -> Path:
    """Extracts to check against; nothing of them is in our drawing."""
    if not (shared / "map").is_dir():
        pytest.skip("the map extracts beside the project (../shared/map) are not here")
    return shared / "map"


def of_kind(drawn: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [feature for feature in drawn if feature["properties"]["kind"] == kind]


def test_the_drawing_is_what_the_tool_draws(tmp_path: Path):
    before = DRAWING.read_bytes()
    subprocess.run([sys.executable, str(PROJECT / "tools" / "draw_schematic.py")], check=True)
    assert DRAWING.read_bytes() == before


def test_a_numbered_house_lies_on_the_street_its_address_names(drawn: list[dict[str, Any]]):
    gazetteer = json.loads((PROJECT / "data" / "reference" / "gazetteer.json").read_text(encoding="utf-8"))
    lines = {f["properties"]["zh"]: f["geometry"]["coordinates"] for f in of_kind(drawn, "street")}
    for street in gazetteer["streets"]:
        for _number, lon, lat in street["stops"]:
            assert farthest([(lon, lat)], [lines[street["zh"]]]) < 1, street["zh"]


def test_every_name_is_there_in_both_languages(drawn: list[dict[str, Any]]):
    named = [f["properties"] for f in drawn if f["properties"].get("zh")]
    assert [p["zh"] for p in named if not p.get("en")] == []


def test_other_areas_are_called_as_the_register_calls_them(drawn: list[dict[str, Any]]):
    register = json.loads((PROJECT / "data" / "reference" / "areas.json").read_text(encoding="utf-8"))[
        "items"
    ]
    official = {row["zh"] for row in register if row["level"] == "subdistrict"}
    names = [f["properties"]["zh"] for f in of_kind(drawn, "area")]
    assert set(names) <= official and len(set(names)) == len(names)


def test_control_points_are_few_and_coarse():
    """Drawn, not traced: a tracing has a point every few metres."""
    assert all(round(v, 4) == v for line in draw_schematic.METRO.values() for point in line for v in point)
    assert max(len(line) for line in draw_schematic.METRO.values()) <= 12
    assert len(draw_schematic.LIMITS) <= 24


def test_stations_stand_where_they_stand(drawn: list[dict[str, Any]], surveyed: Path):
    known = {f["properties"]["name"]: f["geometry"]["coordinates"] for f in read(surveyed, "metro_stations")}
    compared = 0
    for station in of_kind(drawn, "station"):
        name, numbers = station["properties"]["zh"] or "娄山关路", station["properties"]["lines"]
        # The extract has one point for the two halls of 娄山关路, that of line 15, and lacks some stations.
        if name not in known or (name, numbers) == ("娄山关路", "2"):
            continue
        off = metres(tuple(station["geometry"]["coordinates"]), tuple(known[name]))
        assert off < STATION_M, (name, round(off))
        compared += 1
    assert compared >= 8


def test_stations_lie_on_their_lines(drawn: list[dict[str, Any]]):
    """Also those the extract lacks: 延安西路 stands on our lines 3 and 4."""
    tracks = {f["properties"]["line"]: f["geometry"]["coordinates"] for f in of_kind(drawn, "metro")}
    for station in of_kind(drawn, "station"):
        for number in station["properties"]["lines"].replace("3 4", "3/4").split():
            if number in tracks:
                assert farthest([station["geometry"]["coordinates"]], [tracks[number]]) < STATION_M


# South of 虹桥路 the extract has lines 3 and 4 apart; between, one row `3-4`. The row `network` is no line.
ROUTES = [("2", {"2"}), ("15", {"15"}), ("3/4", {"3-4", "3", "4"}), ("10", {"10"})]


@pytest.mark.parametrize(("line", "routes"), ROUTES)
def test_metro_lines_run_where_they_run(
    drawn: list[dict[str, Any]], surveyed: Path, line: str, routes: set[str]
):
    rows = [f for f in read(surveyed, "metro_lines") if f["properties"]["route"] in routes]
    ours = [f for f in of_kind(drawn, "metro") if f["properties"]["line"] == line]
    agree(ours, rows)


@pytest.mark.parametrize("name", ["内环高架路", "延安高架路"])
def test_elevated_roads_run_where_they_run(drawn: list[dict[str, Any]], surveyed: Path, name: str):
    rows = [f for f in read(surveyed, "elevated_roads") if f["properties"]["name"] == name]
    ours = [f for f in of_kind(drawn, "elevated") if f["properties"]["zh"] == name]
    agree(ours, rows)


def test_the_limits_are_the_limits(drawn: list[dict[str, Any]], surveyed: Path):
    file = surveyed / "tianshanlu_subdistrict_osm13469232.geojson"
    agree(of_kind(drawn, "limits"), json.loads(file.read_text(encoding="utf-8"))["features"])


def read(surveyed: Path, name: str) -> list[dict[str, Any]]:
    return json.loads((surveyed / f"{name}_osm.geojson").read_text(encoding="utf-8"))["features"]


def agree(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> None:
    """Both ways: nothing of ours lies astray, and nothing of theirs is left out."""
    drawn, surveyed = lines_of(ours), lines_of(theirs)
    assert drawn and surveyed
    for points, lines in ((drawn, surveyed), (surveyed, drawn)):
        worst = farthest([p for line in points for p in walked(line) if promised(*p)], lines)
        assert worst < LINE_M, round(worst)


def lines_of(features: list[dict[str, Any]]) -> list[Line]:
    found: list[Line] = []
    for geometry in (feature["geometry"] for feature in features):
        deep = {"LineString": 0, "MultiLineString": 1, "Polygon": 1}[geometry["type"]]
        found += geometry["coordinates"] if deep else [geometry["coordinates"]]
    return found


def promised(lon: float, lat: float) -> bool:
    return PROMISED.west < lon < PROMISED.east and PROMISED.south < lat < PROMISED.north


def walked(line: Line, step_m: float = 25) -> Line:
    """A point at least every `step_m` along a line."""
    points: Line = []
    for a, b in pairwise(line):
        parts = max(1, round(metres(tuple(a), tuple(b)) / step_m))
        points += [(a[0] + (b[0] - a[0]) * i / parts, a[1] + (b[1] - a[1]) * i / parts) for i in range(parts)]
    return [*points, tuple(line[-1])]


def farthest(points: Line, lines: list[Line]) -> float:
    """Metres from the worst of the points to the nearest of the lines: exact on each straight piece."""
    ends = _metric([pair for line in lines for pair in pairwise(line)])
    start, along = ends[:, 0], ends[:, 1] - ends[:, 0]
    length2 = np.maximum((along**2).sum(axis=1), 1e-9)
    to_point = _metric(points)[:, None] - start  # (points, pieces, 2)
    share = np.clip((to_point * along).sum(axis=2) / length2, 0, 1)
    off = np.hypot(*np.moveaxis(to_point - share[..., None] * along, 2, 0))
    return float(off.min(axis=1).max())


def _metric(points: Any) -> Any:
    return (np.asarray(points, dtype=float) - ORIGIN) * METRES_PER_DEGREE
