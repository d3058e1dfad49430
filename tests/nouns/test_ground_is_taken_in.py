"""A map file is taken in whole or not at all: what is dropped is named, what stands is never doubled."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from yuanmeng.core.actors import CLOCK
from yuanmeng.core.models import EventRow
from yuanmeng.ops import cli
from yuanmeng.places import crs
from yuanmeng.places.features import Feature, GroundBatch
from yuanmeng.places.ground import shapes
from yuanmeng.places.ground.admit import GroundRefused, Papers, Report, roll_back, take_in
from yuanmeng.places.ground.reading import FileRefused
from yuanmeng.places.ground.sentences import lines_of

pytestmark = pytest.mark.django_db
OURS = Papers("survey-1", "CC0-1.0", "A survey of ours")
HERE = (121.4001, 31.2103)
SQUARE = [[121.39, 31.2], [121.41, 31.2], [121.41, 31.22], [121.39, 31.22], [121.39, 31.2]]


def point(name: str | None, lon: float = HERE[0], lat: float = HERE[1], **more: Any) -> dict[str, Any]:
    return row("Point", [lon, lat], name=name, **more)


def line(name: str | None, *, lat: float = HERE[1], **more: Any) -> dict[str, Any]:
    return row("LineString", [[121.39, lat], [121.4, lat], [121.41, lat]], name=name, **more)


def row(shape: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.fixture
def take(tmp_path: Path, at: datetime) -> Any:
    def taking(kind: str, rows: list[Any], papers: Papers = OURS, **more: Any) -> Report:
        file = tmp_path / "map.geojson"
        file.write_text(json.dumps({"type": "FeatureCollection", "features": rows}), encoding="utf-8")
        return take_in(file, kind, papers, by=CLOCK, at=at, **more)

    return taking


def names(kind: str) -> list[str]:
    return sorted(Feature.objects.standing().filter(kind=kind).values_list("name_zh", flat=True))


@pytest.mark.parametrize(
    "papers", [Papers("x", "", "somebody"), Papers("x", "ODbL-1.0", " "), Papers(" ", "ODbL-1.0", "somebody")]
)
def test_nothing_without_licence_attribution_and_source(take: Any, papers: Papers) -> None:
    with pytest.raises(GroundRefused):
        take("station", [point("甲站")], papers)
    assert not GroundBatch.objects.exists()


@pytest.mark.parametrize("name", ["bd09", "cgcs2000", ""])
def test_coordinates_of_no_sure_system_are_refused(take: Any, name: str) -> None:
    with pytest.raises(GroundRefused):
        take("station", [point("甲站")], Papers("x", "CC0-1.0", "x", crs=name))


def test_gcj_is_shifted_back(take: Any) -> None:
    take("station", [point("甲", *crs.wgs_to_gcj(*HERE))], Papers("x", "CC0-1.0", "x", crs="gcj02"))
    standing = Feature.objects.get()
    assert standing.geometry["coordinates"] == pytest.approx(HERE, abs=2e-6)
    assert (standing.label_lon, standing.label_lat) == pytest.approx(HERE, abs=2e-6)


def test_what_is_dropped_is_named_with_its_reason(take: Any) -> None:
    report = take(
        "elevated",
        [
            line("内环高架路"),
            line("其他高架高速"),
            line("吴中路出口"),
            line("朝阳河桥"),
            line("8"),
            line(None),
            line("远方高架", lat=32.0),
            point("一点"),
            row("LineString", [[121.4, 31.2]], name="短"),
        ],
    )
    assert names("elevated") == ["内环高架路"]
    assert report.dropped == {
        "other": ["其他高架高速"],
        "exit": ["吴中路出口"],
        "bridge": ["朝阳河桥"],
        "number": ["8"],
        "unnamed": ["–"],
        "far": ["远方高架"],
        "shape": ["一点", "短"],
    }
    assert report.read == 9 and report.new == 1
    assert any("8" in said for said in lines_of(report))


def test_the_network_is_no_line_and_the_shared_line_has_one_name(take: Any) -> None:
    report = take(
        "metro",
        [
            line("上海地铁3/4号线", route="3-4"),
            line("上海轨道交通网络", route="network"),
            line("上海地铁15号线"),
            line("磁浮线"),
        ],
    )
    assert dict(Feature.objects.values_list("ref", "name_zh")) == {"3/4": "3/4号线", "15": "15号线"}
    assert report.dropped == {"network": ["上海轨道交通网络"], "unnamed": ["磁浮线"]}


def test_pieces_of_one_street_are_one_street(take: Any) -> None:
    report = take("street", [line("天山路", highway="primary"), line("天山路", lat=31.211), line("小路")])
    street = Feature.objects.get(name_zh="天山路")
    assert street.geometry["type"] == "MultiLineString" and len(street.geometry["coordinates"]) == 2
    assert dict(Feature.objects.values_list("name_zh", "ref")) == {"天山路": "main", "小路": "side"}
    assert report.new == 2


def test_one_station_of_a_name(take: Any) -> None:
    report = take("station", [point("威宁路站"), point("威宁路", 121.3827)])
    assert names("station") == ["威宁路"] and report.dropped == {"twice": ["威宁路"]}


def test_areas_of_the_property_market_have_no_printed_name(take: Any) -> None:
    take(
        "area",
        [
            row("Polygon", [SQUARE], name="新华路", admin="新华路街道"),
            row("Polygon", [SQUARE], name="古北", admin=None),
            row("Polygon", [SQUARE], name="虹桥街道"),
            row("Polygon", [SQUARE], name="学区", admin="学区街道"),
        ],
    )
    assert names("area") == ["", "", "新华路街道", "虹桥街道"]
    assert Feature.objects.get(name_zh="新华路街道").name_en == "Xinhua Road Sub-district"


def test_our_sub_district_stands_once_whichever_file_comes_first(take: Any) -> None:
    area = [row("Polygon", [SQUARE], name="天山", admin="天山路街道")]
    limits = [
        row("Polygon", [SQUARE], name="天山路街道", code="310105006"),
        row("Polygon", [SQUARE], name="别处"),
    ]
    take("area", area, Papers("areas", "CC0-1.0", "x"))
    report = take("limits", limits)
    assert (report.gave_way, report.dropped) == (["天山路街道"], {"elsewhere": ["别处"]})
    assert (names("limits"), names("area")) == (["天山路街道"], [])
    with pytest.raises(GroundRefused):
        take("area", area, Papers("areas", "CC0-1.0", "x"))


def test_the_same_file_again_changes_nothing(take: Any) -> None:
    rows = [point("甲"), point("乙", 121.401)]
    take("station", rows)
    again = take("station", rows)
    assert (again.new, again.changed, again.alike, again.batch) == (0, 0, 2, "")
    assert GroundBatch.objects.count() == 1


def test_only_looking_writes_nothing(take: Any) -> None:
    assert take("station", [point("甲")], dry=True).new == 1
    assert not Feature.objects.exists() and not GroundBatch.objects.exists() and not EventRow.objects.exists()


def test_a_newer_file_replaces_and_its_rollback_restores(take: Any, at: datetime) -> None:
    take("station", [point("甲"), point("乙", 121.401), point("丙", 121.402)])
    before = _standing()
    report = take("station", [point("甲"), point("乙", 121.4015), point("丁", 121.403)])
    assert (report.new, report.changed, report.alike, report.gone) == (1, 1, 1, ["丙"])
    assert names("station") == ["丁", "乙", "甲"]
    assert roll_back(GroundBatch.objects.get(uid=report.batch), by=CLOCK, at=at) == 2
    assert _standing() == before
    assert [row.kind for row in EventRow.objects.order_by("pk")][-1] == "ground.rolled_back"


def test_what_gave_way_comes_back_with_a_rollback(take: Any, at: datetime) -> None:
    take("area", [row("Polygon", [SQUARE], name="天山", admin="天山路街道")])
    before = _standing()
    report = take("limits", [row("Polygon", [SQUARE], name="天山路街道")])
    roll_back(GroundBatch.objects.get(uid=report.batch), by=CLOCK, at=at)
    assert _standing() == before


def test_the_newest_source_gives_a_name_its_place(take: Any) -> None:
    take("station", [point("甲")], Papers("old", "CC0-1.0", "old"))
    report = take("station", [point("甲", 121.405)], Papers("new", "CC0-1.0", "new"))
    assert report.gave_way == ["甲"] and Feature.objects.standing().get().source == "new"


def test_the_later_import_is_rolled_back_first(take: Any, at: datetime) -> None:
    first, second = take("station", [point("甲")]), take("station", [point("乙")])
    with pytest.raises(GroundRefused):
        roll_back(GroundBatch.objects.get(uid=first.batch), by=CLOCK, at=at)
    for batch in (second, first):
        roll_back(GroundBatch.objects.get(uid=batch.batch), by=CLOCK, at=at)
    assert not Feature.objects.exists()
    with pytest.raises(GroundRefused):
        roll_back(GroundBatch.objects.get(uid=first.batch), by=CLOCK, at=at)


def test_lat_first_is_noticed(take: Any) -> None:
    with pytest.raises(GroundRefused):
        take("station", [point("甲", 31.2103, 89.9)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"features": {}}',
        "[" * 100_000,
        '{"features": [NaN]}',
        "9" * 5000,
        '{"features": [], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}}',
    ],
)
def test_what_is_no_geojson_is_refused_in_words(tmp_path: Path, at: datetime, text: str) -> None:
    file = tmp_path / "broken.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises((FileRefused, GroundRefused)):
        take_in(file, "station", OURS, by=CLOCK, at=at)


@pytest.mark.parametrize("name", ["map.shp", "map.kml", "missing.geojson", "map.osm"])
def test_other_files_are_refused_in_words(tmp_path: Path, at: datetime, name: str) -> None:
    if "missing" not in name:
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(FileRefused):
        take_in(tmp_path / name, "station", OURS, by=CLOCK, at=at)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        7,
        {"type": "Point"},
        {"type": "Point", "coordinates": ["a", 1]},
        {"type": "Circle", "coordinates": []},
        {"type": "Point", "coordinates": [181, 0]},
        {"type": "Point", "coordinates": [[121, 31]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "Point", "coordinates": [True, False]},
        {"type": "LineString", "coordinates": [[0, 0]] * 60_000},
        {"type": "GeometryCollection", "geometries": []},
    ],
)
def test_odd_shapes_are_refused_and_nothing_breaks(odd: Any) -> None:
    with pytest.raises(shapes.ShapeRefused):
        shapes.checked(odd)


def test_many_polygons_have_one_name_and_it_lies_inside() -> None:
    small = [[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.0]]
    horseshoe = [
        [1.0, 0.0],
        [2.0, 0.0],
        [2.0, 0.1],
        [1.1, 0.1],
        [1.1, 0.9],
        [2.0, 0.9],
        [2.0, 1.0],
        [1.0, 1.0],
        [1.0, 0.0],
    ]
    shape = shapes.checked({"type": "MultiPolygon", "coordinates": [[small], [horseshoe]]})
    lon, lat = shapes.label_point(shape)
    assert 1.0 < lon < 1.1 and 0 < lat < 1


def test_the_commands_take_in_list_and_roll_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "open_install", lambda *args, **kwargs: None)
    file = tmp_path / "stations.geojson"
    whole = {"type": "FeatureCollection", "source": "survey-2026", "features": [point("甲")]}
    file.write_text(json.dumps(whole), encoding="utf-8")

    def geo(*words: str) -> tuple[int, Any]:
        code = cli.main(["geo", *words, "--json"])
        return code, json.loads(capsys.readouterr().out.splitlines()[-1])

    assert geo("import", str(file), "--kind", "station")[0] == 2
    papers = ["--licence", "CC0-1.0", "--attribution", "x"]
    assert geo("import", str(file), "--kind", "station", *papers, "--dry-run")[1]["new"] == 1
    code, taken = geo("import", str(file), "--kind", "station", *papers)
    assert code == 0 and taken["batch"]
    assert geo("list")[1]["batches"][0] | {"at": ""} == {
        "uid": taken["batch"],
        "kind": "station",
        "source": "survey-2026",
        "licence": "CC0-1.0",
        "attribution": "x",
        "snapshot": "",
        "at": "",
        "standing": 1,
        "rolled_back": False,
    }
    assert geo("rollback", taken["batch"][:8])[0] == 0
    assert geo("rollback", "nothing")[0] == 2
    assert geo("list")[1]["batches"][0]["rolled_back"]


def _standing() -> list[Any]:
    columns = ("uid", "kind", "source", "key", "name_zh", "geometry", "label_lon", "batch_id")
    return list(Feature.objects.standing().order_by("pk").values_list(*columns))
