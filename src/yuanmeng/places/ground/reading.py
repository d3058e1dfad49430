"""A map file becomes rows of (properties, geometry), whatever its format. Nothing of a file is trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.places.features import GroundKind

Row = tuple[dict[str, Any], Any]
MOST_BYTES, MOST_ROWS = 64 * 2**20, 50_000
# PMTiles and extracts of OpenStreetMap are read in parts and may be larger than what fits in a head.
MOST_ARCHIVE_BYTES = 4 * 2**30


class FileRefused(Refused):
    """A file that cannot be read at all."""

    code = "map_file"


def rows_of(file: Path, kind: str, *, layer: str = "") -> Iterator[Row]:
    """This will read a map file by its name's ending; FileRefused says what else would do."""
    name = file.name.lower()
    if name.endswith((".geojson", ".json")):
        return _geojson(_small(file, MOST_BYTES))
    _small(file, MOST_ARCHIVE_BYTES)
    if name.endswith(".pmtiles"):
        if kind in {GroundKind.LIMITS, GroundKind.AREA, GroundKind.PARK}:
            raise FileRefused(_("Tiles cut areas into pieces. Please import them from GeoJSON or .osm.pbf."))
        from yuanmeng.places.ground.tiles import rows_of_tiles

        return rows_of_tiles(file, kind, layer)
    if name.endswith(".osm.pbf"):
        from yuanmeng.places.ground.openstreetmap import rows_of_extract

        return rows_of_extract(file, kind)
    raise FileRefused(_("Maps are read from .geojson, .pmtiles and .osm.pbf. Please convert the file."))


def head_of(file: Path) -> dict[str, Any]:
    """This will be what a GeoJSON file says of itself beside its rows (source, attribution); else empty."""
    if not file.name.lower().endswith((".geojson", ".json")):
        return {}
    whole = _parsed(_small(file, MOST_BYTES))
    return {key: value for key, value in whole.items() if key != "features"}


def _small(file: Path, most: int) -> Path:
    try:
        size = file.stat().st_size
    except OSError as why:
        raise FileRefused(_("The file cannot be opened: %(why)s") % {"why": why.strerror or why}) from why
    if size > most:
        words = _("The file is larger than %(mb)d MB. Please cut it to the area the map shows.")
        raise FileRefused(words % {"mb": most // 2**20})
    return file


def _parsed(file: Path) -> dict[str, Any]:
    try:
        whole = json.loads(file.read_bytes(), parse_constant=_no_number)
    except (OSError, ValueError, RecursionError) as why:
        raise FileRefused(_("The file is not valid GeoJSON.")) from why
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        raise FileRefused(_("The file is not valid GeoJSON. It should be a FeatureCollection."))
    named = str((whole.get("crs") or {}).get("properties", {}).get("name", "")) if _has_crs(whole) else ""
    if named and not named.endswith(("CRS84", "4326")):
        raise FileRefused(
            _("The file says its coordinates are %(crs)s. Please convert it to WGS-84.") % {"crs": named[:60]}
        )
    return whole


def _has_crs(whole: dict[str, Any]) -> bool:
    crs = whole.get("crs")
    return isinstance(crs, dict) and isinstance(crs.get("properties"), dict)


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _geojson(file: Path) -> Iterator[Row]:
    features = _parsed(file)["features"]
    if len(features) > MOST_ROWS:
        raise FileRefused(
            _("The file holds more than %(count)d features. Please cut it to the area the map shows.")
            % {"count": MOST_ROWS}
        )
    for feature in features:
        row = feature if isinstance(feature, dict) else {}
        properties = row.get("properties")
        yield (properties if isinstance(properties, dict) else {}), row.get("geometry")
