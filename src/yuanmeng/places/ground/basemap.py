"""The ground as the map draws it: what was imported, in the words of our own drawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yuanmeng.places import crs
from yuanmeng.places.features import Feature, GroundKind

Drawn = dict[str, Any]
# A metre: the drawing needs no more, and a third of the bytes stay at home.
DIGITS = 5
OUTLINES = {GroundKind.LIMITS, GroundKind.AREA}


def imported() -> tuple[list[Drawn], list[str]]:
    """This will give the features that stand, and whom to name for them; two empty lists without any."""
    rows = list(Feature.objects.standing().select_related("batch").order_by("kind", "pk"))
    credit = dict.fromkeys(f"{row.batch.attribution} ({row.batch.licence})" for row in rows)
    return [drawn for row in rows for drawn in _drawn(row)], list(credit)


def over(drawing: list[Drawn], ground: list[Drawn]) -> list[Drawn]:
    """This will put imported ground over our drawing, kind by kind: what was imported replaces ours whole."""
    kinds = {feature["properties"]["kind"] for feature in ground}
    kinds |= {"area"} if "border" in kinds else set()
    return [f for f in drawing if f["properties"]["kind"] not in kinds] + ground


def shifted(features: list[Drawn], name: str) -> list[Drawn]:
    """This will give the features in `name`: wgs84, or gcj02 for tiles that are drawn so."""
    if name == crs.WGS84:
        return features
    return [{**f, "geometry": _moved(f["geometry"], crs.wgs_to_gcj, 6)} for f in features]


def _drawn(row: Feature) -> list[Drawn]:
    """A thing is its outline, and for areas one point for the name, or their parts would each carry it."""
    words = {"zh": row.name_zh, "en": row.name_en or row.name_zh}
    shape = _moved(row.geometry, lambda lon, lat: (lon, lat), DIGITS)
    if row.kind not in OUTLINES:
        return [_feature(shape, kind=row.kind, **words, **_ref(row))]
    is_home = row.kind == GroundKind.LIMITS
    found = [_feature(shape, kind="limits" if is_home else "border", **words)]
    if row.name_zh:
        point = {"type": "Point", "coordinates": [row.label_lon, row.label_lat]}
        found.append(_feature(point, kind="area", home=is_home, **words))
    return found


def _ref(row: Feature) -> dict[str, str]:
    names = {GroundKind.METRO: "line", GroundKind.STREET: "rank", GroundKind.STATION: "lines"}
    return {names[GroundKind(row.kind)]: row.ref} if row.kind in names else {}


def _feature(geometry: Any, **properties: Any) -> Drawn:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _moved(shape: Any, move: Callable[[float, float], tuple[float, float]], digits: int) -> Any:
    def moved(node: Any) -> Any:
        if isinstance(node[0], list | tuple):
            return [moved(child) for child in node]
        return [round(v, digits) for v in move(*node)]

    return {"type": shape["type"], "coordinates": moved(shape["coordinates"])}
