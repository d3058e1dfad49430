"""Today's figures and the map: the same board as the search, in numbers and in cells."""

from typing import Any

import numpy as np
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from yuanmeng.oversight import figures as oversight
from yuanmeng.oversight.narration import narrate
from yuanmeng.places import crs, hexes
from yuanmeng.vacancies.search import QueryRefused, on_map
from yuanmeng.web.api.answers import written
from yuanmeng.web.api.document import CRS, FILTERS, RADIUS
from yuanmeng.web.api.items import item_of
from yuanmeng.web.api.operations import EVERYBODY, operation
from yuanmeng.web.api.reading import crs_named, query_of
from yuanmeng.web.api.schemas import FiguresOut, MapOut, NarrationOut

router = Router(tags=["figures"])


@operation(router, "GET", "/figures", access=EVERYBODY, scope="public", response=FiguresOut)
def figures(request: Any) -> HttpResponse:
    """What is open now, by industry, and the newest vacancies."""
    now = oversight.today(request.at)
    industries = [vars(industry) for industry in now.industries]
    body = {
        "as_of": now.as_of, "open_vacancies": now.open_vacancies, "openings": now.openings,
        "employers": now.employers, "unplaced_vacancies": now.unplaced_vacancies,
        "unplaced_openings": now.unplaced_openings, "new_today": now.new_today,
        "new_this_week": now.new_this_week, "pay_median_fen": now.pay_median_fen,
        "pay_median_fen_by_industry": {i.code: i.pay_median_fen for i in now.industries},
        "industries": industries, "newest": [item_of(vacancy) for vacancy in now.newest()],
    }  # fmt: skip
    return HttpResponse(written(body), content_type="application/json")


@operation(
    router, "GET", "/map", access=EVERYBODY, scope="public", response=MapOut,
    extra={"parameters": [RADIUS, *FILTERS]},
)  # fmt: skip
def map_cells(request: Any) -> HttpResponse:
    """The map's cells as columns; takes the filters of the vacancy list."""
    radius, cells = _cells(request)
    body = {
        "as_of": request.at, "radius_m": radius, "origin": hexes.ORIGIN, "q": cells.q.tolist(),
        "r": cells.r.tolist(), "n": cells.openings.tolist(), "v": cells.vacancies.tolist(),
        "pay": _yuan(cells.pay), **_sums(cells),
    }  # fmt: skip
    return HttpResponse(written(body), content_type="application/json")


@operation(
    router, "GET", "/narration", access=EVERYBODY, scope="public", response=NarrationOut,
    extra={"parameters": FILTERS},
)  # fmt: skip
def narration(request: Any) -> HttpResponse:
    """What the map shows, in a few sentences with their figures; takes the filters of the vacancy list."""
    said = narrate(query_of(request), at=request.at)
    sentences = [[vars(piece) for piece in sentence] for sentence in said.sentences]
    return HttpResponse(written(vars(said) | {"sentences": sentences}), content_type="application/json")


@operation(
    router, "GET", "/map.geojson", access=EVERYBODY, scope="public", response={200: dict[str, Any]},
    extra={"parameters": [RADIUS, CRS, *FILTERS]},
)  # fmt: skip
def map_geojson(request: Any) -> HttpResponse:
    """The map's cells as GeoJSON polygons, in WGS-84 or, for AMap and its like, in GCJ-02."""
    radius, cells = _cells(request)
    name = request.GET.get("crs", crs.WGS84)
    shift, polygon = _shift_of(name), hexes.polygon
    body = {
        "type": "FeatureCollection",
        "as_of": request.at,
        "crs_name": name,
        **_sums(cells),
        "features": [
            {
                "type": "Feature",
                "id": f"{radius}:{q}:{r}",
                "geometry": {"type": "Polygon", "coordinates": [[shift(*c) for c in polygon(q, r, radius)]]},
                "properties": {"openings": n, "vacancies": v, "pay": pay},
            }
            for q, r, n, v, pay in zip(
                cells.q.tolist(), cells.r.tolist(), cells.openings.tolist(), cells.vacancies.tolist(),
                _yuan(cells.pay), strict=True,
            )
        ],
    }  # fmt: skip
    return HttpResponse(written(body), content_type="application/geo+json")


def _cells(request: Any) -> tuple[int, hexes.Hexes]:
    asked = request.GET.get("radius", str(hexes.RADII_M[0]))
    if asked not in {str(radius) for radius in hexes.RADII_M}:
        allowed = ", ".join(str(r) for r in hexes.RADII_M)
        raise QueryRefused(
            _("“radius” should be one of: %(allowed)s.") % {"allowed": allowed}, field="radius"
        )
    return int(asked), on_map(query_of(request, "radius", "crs"), int(asked), at=request.at)


def _sums(cells: hexes.Hexes) -> dict[str, int]:
    """Cells, elsewhere and unplaced sum to the totals, so a reader can check the picture."""
    sums: dict[str, int] = {}
    for unit in ("openings", "vacancies"):
        elsewhere, unplaced = getattr(cells, f"elsewhere_{unit}"), getattr(cells, f"unplaced_{unit}")
        total = int(getattr(cells, unit).sum()) + elsewhere + unplaced
        sums |= {f"total_{unit}": total, f"elsewhere_{unit}": elsewhere, f"unplaced_{unit}": unplaced}
    return sums


def _yuan(fen: hexes.Floats) -> list[int | None]:
    return [None if np.isnan(value) else round(value / 100) for value in fen.tolist()]


def _shift_of(name: str) -> Any:
    if crs_named(name) == crs.WGS84:
        return lambda lon, lat: [lon, lat]
    return lambda lon, lat: [round(v, 6) for v in crs.wgs_to_gcj(lon, lat)]
