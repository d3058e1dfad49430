"""PMTiles and .osm.pbf: made here, read back; a missing library and broken bytes are said in words."""

from __future__ import annotations

import builtins
import gzip
from datetime import datetime
from math import asinh, pi, radians, tan
from pathlib import Path
from typing import Any

import pytest

from yuanmeng.core.actors import CLOCK
from yuanmeng.places.features import Feature
from yuanmeng.places.ground import vector_tile
from yuanmeng.places.ground.admit import GroundRefused, Papers, Report, take_in
from yuanmeng.places.ground.reading import FileRefused

pytestmark = pytest.mark.django_db
OURS = Papers("survey-1", "CC0-1.0", "A survey of ours")
ZOOM, EXTENT = 14, 4096
HERE = (121.4001, 31.2103)


@pytest.fixture
def take(at: datetime) -> Any:
    def taking(file: Path, kind: str, **more: Any) -> Report:
        return take_in(file, kind, OURS, by=CLOCK, at=at, **more)

    return taking


# --- PMTiles -----------------------------------------------------------------------------------


def number(value: int) -> bytes:
    """A protobuf varint."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def part(field: int, body: bytes | int) -> bytes:
    if isinstance(body, int):
        return number(field << 3) + number(body)
    return number(field << 3 | 2) + number(len(body)) + body


def pixel(lon: float, lat: float) -> tuple[int, int, int, int]:
    """Tile x, y and the place in it, at our zoom."""
    span = 2**ZOOM
    x, y = (lon + 180) / 360 * span, (1 - asinh(tan(radians(lat))) / pi) / 2 * span
    return int(x), int(y), round(x % 1 * EXTENT), round(y % 1 * EXTENT)


def layer(name: str, kind: int, title: str, strokes: list[list[tuple[int, int]]]) -> bytes:
    """One layer of one feature with a name."""
    commands, at = b"", (0, 0)
    for stroke in strokes:
        for n, (x, y) in enumerate(stroke):
            if n < 2:
                commands += number(9 if n == 0 else (len(stroke) - 1) << 3 | 2)
            commands += b"".join(number(d << 1 if d >= 0 else -d * 2 - 1) for d in (x - at[0], y - at[1]))
            at = (x, y)
    feature = part(2, number(0) + number(0)) + part(3, kind) + part(4, commands)
    value = part(1, title.encode())
    return part(
        3,
        part(15, 2)
        + part(1, name.encode())
        + part(2, feature)
        + part(3, b"name")
        + part(4, value)
        + part(5, EXTENT),
    )


def archive(file: Path, tiles: dict[tuple[int, int], bytes]) -> Path:
    writer = pytest.importorskip("pmtiles.writer", reason="the library pmtiles is not installed").Writer
    from pmtiles.tile import Compression, TileType, zxy_to_tileid

    with file.open("wb") as out:
        made = writer(out)
        for tile_id, tile in sorted((zxy_to_tileid(ZOOM, x, y), tile) for (x, y), tile in tiles.items()):
            made.write_tile(tile_id, gzip.compress(tile))
        header = {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_zoom": ZOOM,
            "max_zoom": ZOOM,
            "min_lon_e7": 0,
            "min_lat_e7": 0,
            "max_lon_e7": 0,
            "max_lat_e7": 0,
            "center_zoom": ZOOM,
            "center_lon_e7": 0,
            "center_lat_e7": 0,
        }
        made.finalize(header, {})
    return file


def test_a_station_in_a_tile_is_where_it_was_put(tmp_path: Path, take: Any) -> None:
    x, y, px, py = pixel(*HERE)
    tile = layer("stations", vector_tile.POINT, "娄山关路", [[(px, py)]])
    take(archive(tmp_path / "a.pmtiles", {(x, y): tile}), "station")
    standing = Feature.objects.get()
    assert standing.name_zh == "娄山关路"
    assert standing.geometry["coordinates"] == pytest.approx(HERE, abs=1e-5)


def test_a_street_over_two_tiles_is_one_street(tmp_path: Path, take: Any) -> None:
    x, y, px, py = pixel(*HERE)
    west = layer("street", vector_tile.LINE, "天山路", [[(px, py), (EXTENT, py)]])
    east = layer("street", vector_tile.LINE, "天山路", [[(0, py), (900, py + 40)]])
    take(
        archive(
            tmp_path / "a.pmtiles", {(x, y): west + layer("water", 1, "河", [[(1, 1)]]), (x + 1, y): east}
        ),
        "street",
    )
    shape = Feature.objects.get().geometry
    assert len(shape["coordinates"]) == 2
    assert shape["coordinates"][0][1][0] == pytest.approx(shape["coordinates"][1][0][0], abs=1e-5)


def test_of_several_layers_one_is_asked_for(tmp_path: Path, take: Any) -> None:
    x, y, px, py = pixel(*HERE)
    tile = layer("pois", 1, "甲", [[(px, py)]]) + layer("other", 1, "乙", [[(px, py)]])
    file = archive(tmp_path / "a.pmtiles", {(x, y): tile})
    with pytest.raises(FileRefused) as refused:
        take(file, "station")
    assert "other, pois" in str(refused.value)
    take(file, "station", layer="pois")
    assert Feature.objects.get().name_zh == "甲"


@pytest.mark.parametrize("kind", ["limits", "area", "park"])
def test_areas_are_not_taken_from_tiles(tmp_path: Path, take: Any, kind: str) -> None:
    (tmp_path / "a.pmtiles").write_bytes(b"PMTiles")
    with pytest.raises(FileRefused):
        take(tmp_path / "a.pmtiles", kind)


@pytest.mark.parametrize("junk", [b"", b"PMTiles\x03" + b"\xff" * 200, b"junk" * 100])
def test_broken_archives_are_said_to_be_broken(tmp_path: Path, take: Any, junk: bytes) -> None:
    pytest.importorskip("pmtiles", reason="the library pmtiles is not installed")
    (tmp_path / "a.pmtiles").write_bytes(junk)
    with pytest.raises((FileRefused, GroundRefused)):
        take(tmp_path / "a.pmtiles", "street")


@pytest.mark.parametrize(
    "tile", [b"\x1a\xff", b"\xff" * 11, part(3, part(1, b"street") + part(2, part(2, b"\x05\x05")))]
)
def test_a_broken_tile_is_no_surprise(tmp_path: Path, take: Any, tile: bytes) -> None:
    x, y, _px, _py = pixel(*HERE)
    file = archive(tmp_path / "a.pmtiles", {(x, y): tile})
    with pytest.raises((FileRefused, GroundRefused)):
        take(file, "street")


# --- OpenStreetMap -----------------------------------------------------------------------------


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    osmium = pytest.importorskip("osmium", reason="the library osmium is not installed")
    from osmium.osm import mutable

    file = tmp_path / "town.osm.pbf"
    spots = {n: (121.39 + n * 0.004, 31.205 + (n % 2) * 0.004) for n in range(1, 6)}
    corners = {11: (121.39, 31.2), 12: (121.41, 31.2), 13: (121.41, 31.22), 14: (121.39, 31.22)}
    with osmium.SimpleWriter(str(file)) as out:
        for key, at in (spots | corners).items():
            tags = {"railway": "station", "subway": "yes", "name": "娄山关路"} if key == 1 else {}
            out.add_node(mutable.Node(id=key, location=at, tags=tags))
        roads = {
            21: ({"highway": "primary", "name": "天山路"}, [1, 2, 3]),
            22: ({"highway": "primary", "name": "天山路"}, [3, 4]),
            23: ({"highway": "service", "name": "小区路"}, [4, 5]),
            24: ({"highway": "trunk", "bridge": "viaduct", "name": "内环高架路"}, [1, 5]),
            25: ({"railway": "subway", "name": "上海地铁2号线"}, [1, 3, 5]),
            26: ({"leisure": "park", "name": "虹桥公园"}, [11, 12, 13, 11]),
            27: (
                {"boundary": "administrative", "admin_level": "8", "name": "天山路街道"},
                [11, 12, 13, 14, 11],
            ),
        }
        for key, (tags, nodes) in roads.items():
            out.add_way(mutable.Way(id=key, nodes=nodes, tags=tags))
    return file


@pytest.mark.parametrize(
    ("kind", "name", "shape"),
    [
        ("station", "娄山关路", "Point"),
        ("street", "天山路", "MultiLineString"),
        ("metro", "2号线", "LineString"),
        ("elevated", "内环高架路", "LineString"),
        ("park", "虹桥公园", "MultiPolygon"),
        ("limits", "天山路街道", "MultiPolygon"),
        ("area", "天山路街道", "MultiPolygon"),
    ],
)
def test_every_kind_is_found_in_an_extract(
    extract: Path, take: Any, kind: str, name: str, shape: str
) -> None:
    take(extract, kind)
    standing = Feature.objects.get()
    assert (standing.name_zh, standing.geometry["type"]) == (name, shape)


def test_landmarks_are_not_guessed_from_an_extract(extract: Path, take: Any) -> None:
    with pytest.raises(FileRefused):
        take(extract, "landmark")


def test_a_broken_extract_is_said_to_be_broken(tmp_path: Path, take: Any) -> None:
    pytest.importorskip("osmium", reason="the library osmium is not installed")
    (tmp_path / "a.osm.pbf").write_bytes(b"junk" * 100)
    with pytest.raises(FileRefused):
        take(tmp_path / "a.osm.pbf", "street")


@pytest.mark.parametrize(
    ("name", "library", "extra"), [("a.pmtiles", "pmtiles", "pmtiles"), ("a.osm.pbf", "osmium", "osm")]
)
def test_a_missing_library_is_named(
    tmp_path: Path, take: Any, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    real = builtins.__import__

    def missing(wanted: str, *args: Any, **kwargs: Any) -> Any:
        if wanted.split(".")[0] == library:
            raise ImportError(wanted)
        return real(wanted, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", missing)
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(FileRefused) as refused:
        take(tmp_path / name, "street")
    assert f"yuanmeng[{extra}]" in str(refused.value)
