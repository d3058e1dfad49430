"""Where a row says it is becomes a Place: as exactly as the words or the point allow, never more."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from yuanmeng.places.gazetteer import Found, find_place
from yuanmeng.places.models import Place, Precision


class Placed(Protocol):
    """What a row knows of its place."""

    @property
    def address(self) -> str: ...
    @property
    def lon(self) -> float | None: ...
    @property
    def lat(self) -> float | None: ...
    @property
    def source_crs(self) -> str: ...


def places_of(rows: Iterable[tuple[Placed, str]]) -> list[Place | None]:
    """This will make the places of (row, district code) pairs, one for each address and point, and keep them.

    None where a row says no place at all: the gate asks for it.
    """
    made: dict[tuple[object, ...], Place] = {}
    result: list[Place | None] = []
    for row, area_code in rows:
        if not row.address and row.lon is None:
            result.append(None)
            continue
        key = (row.address, row.lon, row.lat, area_code)
        if key not in made:
            made[key] = _place(row, area_code)
        result.append(made[key])
    Place.objects.bulk_create(made.values())
    return result


def _place(row: Placed, area_code: str) -> Place:
    found = _found(row.address)
    code = found.area_code if found and found.area_code.startswith(area_code) else area_code
    if row.lon is not None:
        return _make(row, code, row.lon, row.lat, Precision.POINT)
    if found and found.precision in (Precision.POINT, Precision.STREET):
        return _make(row, code, found.lon, found.lat, found.precision)
    # A district's middle is no workplace: it stays off the map and is counted openly there.
    return _make(row, code, None, None, Precision.AREA if code else Precision.NONE)


def _make(row: Placed, code: str, lon: float | None, lat: float | None, precision: str) -> Place:
    return Place(
        address=row.address,
        area_code=code,
        lon=lon,
        lat=lat,
        precision=precision,
        source_crs=row.source_crs,
    )


@lru_cache(maxsize=20_000)
def _found(address: str) -> Found | None:
    return find_place(address)
