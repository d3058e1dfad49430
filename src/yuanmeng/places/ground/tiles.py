"""PMTiles: the tiles of one archive that lie near us, one layer of them, lines put together again by name."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from math import asinh, pi, radians, tan
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from yuanmeng.places.ground import vector_tile
from yuanmeng.places.ground.reading import FileRefused, Row
from yuanmeng.places.ground.rules import NEAR

# What a library and a decompressor raise over bytes that are not what they claim; ours are ValueErrors.
BROKEN = (ValueError, LookupError, OSError, EOFError, RecursionError, zlib.error, struct.error)
DEEPEST, MOST_TILES, MOST_TILE_BYTES = 15, 4_096, 16 * 2**20


def rows_of_tiles(file: Path, kind: str, layer: str) -> Iterator[Row]:
    """This will read the layer called `layer`, or the one named as the kind, or the only one."""
    try:
        from pmtiles.reader import MmapSource, Reader
        from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported
    except ImportError as why:
        raise FileRefused(
            _("Reading PMTiles needs a library: pip install 'yuanmeng[pmtiles]'. GeoJSON needs none.")
        ) from why
    with file.open("rb") as opened:
        try:
            yield from _rows(Reader(MmapSource(opened)), layer, kind)  # type: ignore[no-untyped-call]
        except (MagicNumberNotFound, SpecVersionUnsupported, *BROKEN) as why:
            raise FileRefused(_("The file is no PMTiles archive of vector tiles.")) from why


def _rows(archive: Any, layer: str, kind: str) -> Iterator[Row]:
    header = archive.header()
    if getattr(header["tile_type"], "name", "") != "MVT":
        raise ValueError("not vector tiles")
    zoom = min(header["max_zoom"], DEEPEST)
    west, north = _tile(NEAR.west, NEAR.north, zoom)
    east, south = _tile(NEAR.east, NEAR.south, zoom)
    if (east - west + 1) * (south - north + 1) > MOST_TILES:
        raise ValueError("too many tiles")
    for x in range(west, east + 1):
        for y in range(north, south + 1):
            packed = archive.get(zoom, x, y)
            if packed:
                yield from _of_tile(_unpacked(packed), (zoom, x, y), layer, kind)


def _of_tile(tile: bytes, where: tuple[int, int, int], layer: str, kind: str) -> Iterator[Row]:
    found = dict(vector_tile.layers(tile))
    wanted = layer or (kind if kind in found else "")
    if not wanted and len(found) == 1:
        wanted = next(iter(found))
    if not wanted:
        words = _("The tiles hold several layers: %(names)s. Please choose one with --layer.")
        raise FileRefused(words % {"names": ", ".join(sorted(found))[:200]})
    if wanted in found:
        yield from vector_tile.features(found[wanted], *where)


def _tile(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    span = 2**zoom
    return int((lon + 180) / 360 * span), int((1 - asinh(tan(radians(lat))) / pi) / 2 * span)


def _unpacked(packed: bytes) -> bytes:
    if packed[:2] != b"\x1f\x8b":
        return packed
    stream: Any = zlib.decompressobj(wbits=31)
    tile: bytes = stream.decompress(packed, MOST_TILE_BYTES)
    if stream.unconsumed_tail:
        raise ValueError("tile too large")
    return tile
