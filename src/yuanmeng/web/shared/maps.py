"""What every employment map says, on the wall, the kiosk and the search page alike."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from yuanmeng.places import crs
from yuanmeng.places.ground import basemap, online

DRAWING = "geo/tianshan_schematic.geojson"
# Tiles of others show streets and names themselves; of ours only this lies over them.
OVER_TILES = {"limits", "space"}


def map_words() -> dict[str, str]:
    """This will be the words of `<ym-map words="…">` for `json_script`; the browser puts the values in."""
    return {
        "label": _("Map of the vacancies around here; the list holds the same vacancies"),
        "legend": _("People wanted per cell"),
        "as_of": _("Data as of {time}"),
        "unplaced": _("{n} more without a place on the map"),
        "cell": _("{n} {n:person|people} wanted, {v} {v:vacancy|vacancies}"),
        "pay": _("usual pay {yuan} yuan a month"),
        "ring": _("about {n} min on foot"),
        "ride": _("about {n} min by bicycle"),
        "schematic": _schematic(),
        "attribution": _("Drawn by Yuanmeng"),
        "zoom_in": _("Nearer"),
        "zoom_out": _("Farther"),
        "flat": _("Flat"),
        "tall": _("Columns"),
        "no_webgl": _("This device cannot draw the map. The list holds the same vacancies."),
        "no_data": _("The map's data could not be fetched. The list holds the same vacancies."),
    }


def ground(name: str = "") -> dict[str, Any]:
    """This will be the ground of every map, as this install is set: GeoJSON in `name` (wgs84, gcj02), else in
    what its tiles are drawn in, with the line that must stand under it. Reads the imported map: one query."""
    tiles = online.tiles_of(settings.BASEMAP, settings.TIANDITU_KEY)
    ours = drawing()
    imported, credit = ([], []) if settings.BASEMAP == online.SCHEMATIC else basemap.imported()
    features = basemap.over(ours, imported)
    if tiles:
        features = [f for f in features if f["properties"]["kind"] in OVER_TILES]
    system = name or (tiles.crs if tiles else crs.WGS84)
    return {
        "type": "FeatureCollection",
        "basemap": settings.BASEMAP if tiles else online.EXTRACT if imported else online.SCHEMATIC,
        "crs_name": system,
        "note": "" if tiles else _note(imported),
        "attribution": " · ".join([*_named(tiles), *credit, _("Drawn by Yuanmeng")]),
        "approval": _approval(),
        "tiles": [list(layer) for layer in tiles.layers] if tiles else [],
        "deepest": tiles.deepest if tiles else None,
        "features": basemap.shifted(features, system),
    }


@cache
def drawing() -> list[dict[str, Any]]:
    """This will be our own drawing; none of it where the front end was not built."""
    folders = (settings.DIST, Path(settings.PROJECT) / "frontend" / "public")
    file = next((folder / DRAWING for folder in folders if (folder / DRAWING).is_file()), None)
    return list(json.loads(file.read_text(encoding="utf-8"))["features"]) if file else []


def _note(imported: list[dict[str, Any]]) -> str:
    """Our own streets stay schematic under other people's lines, and are called so."""
    if any(feature["properties"]["kind"] == "street" for feature in imported):
        return ""
    return _("Streets schematic, true within about 150 m") if imported else _schematic()


def _schematic() -> str:
    return _("Schematic map, places true within about 150 m")


def _approval() -> str:
    number = settings.MAP_APPROVAL
    return _("Map approval number: %(number)s") % {"number": number} if number else ""


def _named(tiles: online.Tiles | None) -> list[str]:
    """Whom the tiles' owners want to see named."""
    if tiles is None:
        return []
    return [_("Map tiles: Tianditu") if settings.BASEMAP == online.TIANDITU else _("Map tiles: AMap")]
