"""What lies under the map: our drawing, imported ground over it, or tiles; its owners are always named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.conftest import PROJECT
from yuanmeng.core.actors import CLOCK
from yuanmeng.ops.checks import for_the_settings
from yuanmeng.places import crs
from yuanmeng.places.ground.admit import Papers, take_in
from yuanmeng.places.ground.online import hosts_of, tiles_of
from yuanmeng.web.shared import maps

pytestmark = pytest.mark.django_db
HALL = (121.396759, 31.213370)


def asked(query: str = "", status: int = 200) -> Any:
    answer = Client().get(f"/api/v1/basemap{query}")
    assert answer.status_code == status
    return answer.json()


def kinds(ground: Any) -> set[str]:
    return {feature["properties"]["kind"] for feature in ground["features"]}


@pytest.fixture
def station(tmp_path: Path, at: datetime) -> None:
    """One imported station: it takes the place of all of ours."""
    file = tmp_path / "s.geojson"
    point = {"type": "Point", "coordinates": HALL}
    row = {"type": "Feature", "properties": {"name": "娄山关路"}, "geometry": point}
    file.write_text(json.dumps({"features": [row]}), encoding="utf-8")
    papers = Papers("osm", "ODbL-1.0", "© OpenStreetMap contributors")
    take_in(file, "station", papers, by=CLOCK, at=at)


def test_without_an_import_it_is_our_drawing_and_says_so() -> None:
    ground = asked()
    assert (ground["basemap"], ground["crs_name"], ground["tiles"]) == ("schematic", "wgs84", [])
    assert "示意图" in ground["note"] and ground["attribution"]
    assert {"limits", "area", "metro", "station", "street", "elevated", "park", "space"} <= kinds(ground)


def test_imported_ground_takes_the_place_of_its_kind_and_its_owner_is_named(station: None) -> None:
    ground = asked()
    stations = [f for f in ground["features"] if f["properties"]["kind"] == "station"]
    assert [f["properties"]["zh"] for f in stations] == ["娄山关路"]
    assert {"street", "metro"} <= kinds(ground), "what was not imported stays as we drew it"
    assert ground["basemap"] == "extract"
    assert "© OpenStreetMap contributors (ODbL-1.0)" in ground["attribution"]
    assert "示意" in ground["note"]


def test_who_wants_the_drawing_gets_the_drawing(station: None, settings: Any) -> None:
    settings.BASEMAP = "schematic"
    assert asked() == asked() and asked()["basemap"] == "schematic"


def test_the_same_ground_is_not_sent_twice() -> None:
    first = Client().get("/api/v1/basemap")
    again = Client().get("/api/v1/basemap", HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert again.status_code == 304


def test_gcj_is_given_to_whoever_asks_and_bd_is_refused(station: None) -> None:
    def of(query: str) -> Any:
        features = asked(query)["features"]
        return next(f["geometry"]["coordinates"] for f in features if f["properties"]["kind"] == "station")

    assert of("?crs=wgs84") == pytest.approx(HALL, abs=6e-6)
    assert of("?crs=gcj02") == pytest.approx((121.401408, 31.211526), abs=7e-6)
    asked("?crs=bd09", status=422)


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [((121.4005, 31.2105), (121.405150, 31.208655)), (HALL, (121.401408, 31.211526))],
)
def test_the_shift_of_china_is_the_known_one_and_comes_back(wgs: Any, gcj: Any) -> None:
    assert crs.wgs_to_gcj(*wgs) == pytest.approx(gcj, abs=1e-6)
    assert crs.gcj_to_wgs(*gcj) == pytest.approx(wgs, abs=1.5e-6)


def test_tianditu_lies_unshifted_under_our_limits(settings: Any) -> None:
    settings.BASEMAP, settings.TIANDITU_KEY = "tianditu", "k" * 32
    ground = asked()
    assert (ground["basemap"], ground["crs_name"]) == ("tianditu", "wgs84")
    assert kinds(ground) == {"limits", "space"}
    names, words = ground["tiles"]
    assert "/vec_w/wmts" in names[0] and "/cva_w/wmts" in words[0]
    assert all("TILEMATRIXSET=w" in url and "tk=" + "k" * 32 in url for url in (*names, *words))
    assert "天地图" in ground["attribution"]


def test_amap_shifts_everything_that_lies_over_it(settings: Any) -> None:
    settings.BASEMAP = "amap"
    ground, plain = asked(), asked("?crs=wgs84")
    assert (ground["basemap"], ground["crs_name"]) == ("amap", "gcj02")
    for ours, true in zip(ground["features"], plain["features"], strict=True):
        if ours["geometry"]["type"] == "Point":
            point = crs.wgs_to_gcj(*true["geometry"]["coordinates"])
            assert ours["geometry"]["coordinates"] == pytest.approx(point, abs=1e-6)


def test_the_number_of_the_examined_map_is_printed(settings: Any) -> None:
    assert asked()["approval"] == ""
    settings.MAP_APPROVAL = "沪S(2026)000号"
    assert asked()["approval"] == "审图号：沪S(2026)000号"


@pytest.mark.parametrize(
    ("basemap", "key", "hosts"),
    [
        ("schematic", "k", []), ("extract", "k", []), ("tianditu", "", []), ("odd", "k", []),
        ("tianditu", "k", ["https://*.tianditu.gov.cn"]), ("amap", "", ["https://*.is.autonavi.com"]),
    ],
)  # fmt: skip
def test_only_chosen_tiles_open_the_content_policy(basemap: str, key: str, hosts: list[str]) -> None:
    assert hosts_of(basemap, key) == hosts
    tiles = tiles_of(basemap, key)
    for url in (url for layer in (tiles.layers if tiles else ()) for url in layer):
        assert url.split("/")[2].endswith(hosts[0].removeprefix("https://*"))


@pytest.mark.parametrize(
    ("basemap", "host"), [("", None), ("amap", "is.autonavi.com"), ("tianditu", "tianditu.gov.cn")]
)
def test_the_policy_follows_the_setting(tmp_path: Path, basemap: str, host: str | None) -> None:
    words = "from yuanmeng.config import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES'])"
    env = {"YUANMENG_DATA": str(tmp_path), "YUANMENG_BASEMAP": basemap, "YUANMENG_TIANDITU_KEY": "k"}
    done = subprocess.run(
        [sys.executable, "-c", words], env={**os.environ, **env, "PYTHONPATH": str(PROJECT / "src")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.count("https://") == (2 if host else 0)
    assert host is None or host in done.stdout


@pytest.mark.parametrize(
    ("basemap", "key", "found"), [("mars", "", "E004"), ("tianditu", "", "E005"), ("amap", "", None)]
)
def test_a_ground_that_cannot_be_shown_stops_the_start(
    settings: Any, basemap: str, key: str, found: str | None
) -> None:
    settings.BASEMAP, settings.TIANDITU_KEY = basemap, key
    ids = [message.id for message in for_the_settings()]
    assert [mark for mark in ids if mark in {"yuanmeng.E004", "yuanmeng.E005"}] == (
        [f"yuanmeng.{found}"] if found else []
    )


def test_where_nothing_was_built_the_answer_still_stands(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(maps, "drawing", list)
    assert asked()["features"] == []
