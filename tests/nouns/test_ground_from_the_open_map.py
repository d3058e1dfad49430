"""The extracts beside the project, with their known dirt, go the way an operator's own would."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from yuanmeng.core.actors import CLOCK
from yuanmeng.places.features import Feature
from yuanmeng.places.ground.admit import Papers, take_in
from yuanmeng.places.ground.basemap import imported

pytestmark = pytest.mark.django_db
FILES = {
    "area": "changning_area_subdistricts_osm", "limits": "tianshanlu_subdistrict_osm13469232",
    "metro": "metro_lines_osm", "station": "metro_stations_osm", "elevated": "elevated_roads_osm",
}  # fmt: skip


@pytest.fixture
def taken(shared: Path, at: datetime) -> dict[str, Any]:
    if not (shared / "map").is_dir():
        pytest.skip("the map extracts beside the project (../shared/map) are not here")
    papers = Papers("osm", "ODbL-1.0", "© OpenStreetMap contributors")
    return {
        kind: take_in(shared / "map" / f"{name}.geojson", kind, papers, by=CLOCK, at=at)
        for kind, name in FILES.items()
    }


def _names(kind: str) -> set[str]:
    return set(Feature.objects.standing().filter(kind=kind).values_list("name_zh", flat=True))


def test_its_known_dirt_stays_outside(taken: dict[str, Any]) -> None:
    assert taken["metro"].dropped["network"] == ["上海轨道交通网络"]
    dropped = taken["elevated"].dropped
    assert set(dropped["other"]) == {"其他高架高速", "其他城市高架"} and dropped["number"] == ["8"]
    assert all(name.endswith("出口") for name in dropped["exit"]) and "朝阳河桥" in dropped.get(
        "bridge", []
    ) + dropped.get("far", [])
    assert not {n for n in _names("elevated") if n.startswith("其他") or n.endswith("出口") or "桥" in n}
    assert {"内环高架路", "延安高架路"} <= _names("elevated")


def test_lines_and_stations_are_there(taken: dict[str, Any]) -> None:
    assert {"2号线", "3/4号线", "10号线", "15号线"} <= _names("metro")
    assert {"娄山关路", "中山公园", "威宁路"} <= _names("station")
    assert taken["station"].dropped.get("twice") is None


def test_our_sub_district_wins_over_the_area_of_its_name(taken: dict[str, Any]) -> None:
    assert taken["limits"].gave_way == ["天山路街道"]
    assert _names("limits") == {"天山路街道"}
    assert _names("area") - {""} == {"新华路街道", "仙霞新村街道", "北新泾街道"}


def test_every_name_stands_once_and_no_market_area_is_named(taken: dict[str, Any]) -> None:
    features, credit = imported()
    labels = [f["properties"]["zh"] for f in features if f["properties"]["kind"] == "area"]
    assert len(labels) == len(set(labels)) == 4
    assert credit == ["© OpenStreetMap contributors (ODbL-1.0)"]
