"""Tiles of others that may lie under our map: where they come from, how they count coordinates, whom to name.

Read by the settings, so it knows nothing of Django. 天地图 is drawn in CGCS2000, which is WGS-84 within
centimetres: no shift. AMap is drawn in GCJ-02, here 443 m east and 204 m south of the truth: what lies over
it is shifted too.
"""

from __future__ import annotations

from dataclasses import dataclass

SCHEMATIC, EXTRACT, TIANDITU, AMAP = "schematic", "extract", "tianditu", "amap"
BASEMAPS = (SCHEMATIC, EXTRACT, TIANDITU, AMAP)


@dataclass(frozen=True)
class Tiles:
    """This will say of a tile service: its host for the content policy, its layers from below (each with the
    addresses that share the work), its coordinate system, its deepest zoom."""

    host: str
    layers: tuple[tuple[str, ...], ...]
    crs: str
    deepest: int


def tiles_of(basemap: str, key: str = "") -> Tiles | None:
    """This will be the tiles of a basemap; None for our own, and for 天地图 without a key."""
    if basemap == TIANDITU and key:
        return Tiles("https://*.tianditu.gov.cn", (_wmts("vec", key), _wmts("cva", key)), "wgs84", 18)
    if basemap == AMAP:
        return Tiles("https://*.is.autonavi.com", (_amap(),), "gcj02", 18)
    return None


def hosts_of(basemap: str, key: str = "") -> list[str]:
    """This will be what the content policy must let through; nothing for a map that stays in the house."""
    tiles = tiles_of(basemap, key)
    return [tiles.host] if tiles else []


def _wmts(layer: str, key: str) -> tuple[str, ...]:
    """The spherical Mercator matrix set is `w`; `c` would be degrees."""
    return tuple(
        f"https://t{server}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
        f"&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
        for server in range(8)
    )


def _amap() -> tuple[str, ...]:
    return tuple(
        f"https://webrd0{server}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={{x}}&y={{y}}&z={{z}}"
        for server in range(1, 5)
    )
