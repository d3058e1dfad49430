"""Our own map: drawn from the gazetteer, and true enough to find one's way by."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from math import inf
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT
from yuanmeng.places.distance import metres

DRAWING = PROJECT / "frontend" / "public" / "geo" / "tianshan_schematic.geojson"
STATION_M, LINE_M = 60, 150


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
            assert _nearest((lon, lat), lines[street["zh"]]) < 1, street["zh"]


def test_every_name_is_there_in_both_languages(drawn: list[dict[str, Any]]):
    named = [f["properties"] for f in drawn if f["properties"].get("zh")]
    assert [p["zh"] for p in named if not p.get("en")] == []


def test_stations_stand_where_they_stand(drawn: list[dict[str, Any]], surveyed: Path):
    found = json.loads((surveyed / "metro_stations_osm.geojson").read_text(encoding="utf-8"))["features"]
    known = {f["properties"]["name"]: f["geometry"]["coordinates"] for f in found}
    ours = of_kind(drawn, "station")
    compared = [s for s in ours if s["properties"]["zh"] in known and s["properties"]["zh"] != "娄山关路"]
    assert len(compared) >= 7
    for station in compared:
        off = metres(tuple(station["geometry"]["coordinates"]), tuple(known[station["properties"]["zh"]]))
        assert off < STATION_M, (station["properties"]["zh"], round(off))
    # The extract has one point for the two halls of 娄山关路: that of line 15.
    halls = [s["geometry"]["coordinates"] for s in ours if s["properties"]["lines"] == "15"]
    assert metres(tuple(halls[0]), tuple(known["娄山关路"])) < STATION_M


@pytest.mark.parametrize(("line", "route"), [("2", "2"), ("15", "15"), ("3/4", "3-4"), ("10", "10")])
def test_metro_lines_run_where_they_run(drawn: list[dict[str, Any]], surveyed: Path, line: str, route: str):
    rows = json.loads((surveyed / "metro_lines_osm.geojson").read_text(encoding="utf-8"))["features"]
    tracks = [t for f in rows if f["properties"]["route"] == route for t in _lines(f["geometry"])]
    ours = next(f for f in of_kind(drawn, "metro") if f["properties"]["line"] == line)
    inside = [p for p in ours["geometry"]["coordinates"] if _within_our_promise(*p)]
    assert inside
    worst = max(min(_nearest(tuple(p), track) for track in tracks) for p in inside)
    assert worst < LINE_M, round(worst)


def _lines(geometry: dict[str, Any]) -> list[list[list[float]]]:
    many = geometry["type"] == "MultiLineString"
    return geometry["coordinates"] if many else [geometry["coordinates"]]


def _within_our_promise(lon: float, lat: float) -> bool:
    """The sub-district and a little around it; beyond, the drawing only hints."""
    return 121.386 < lon < 121.419 and 31.198 < lat < 31.219


def _nearest(point: tuple[float, float], line: list[list[float]]) -> float:
    """Metres from a point to a line, by walking along it in small steps."""
    best = inf
    for (x1, y1), (x2, y2) in pairwise(line):
        for step in range(21):
            there = (x1 + (x2 - x1) * step / 20, y1 + (y2 - y1) * step / 20)
            best = min(best, metres(point, there))
    return best
