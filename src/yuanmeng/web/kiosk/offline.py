"""What the kiosk keeps for when the network is down: one public page with the nearest vacancies.

The worker (web/shared/worker.js) shows it in the place of any page of the kiosk that cannot be had. It is
made as for nobody: no session, no form token, nothing about a visit. What cannot be done without the network
is not offered: instead of applying there is a code for one's own phone, and the people in the room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yuanmeng.occupations.education import Education
from yuanmeng.places import hexes
from yuanmeng.vacancies.query import VacancyQuery
from yuanmeng.vacancies.search import on_map, search
from yuanmeng.web.kiosk.browse import FRIENDLY
from yuanmeng.web.kiosk.keys import keyboard_words
from yuanmeng.web.shared import handing_over, jobposting, offline
from yuanmeng.web.shared.maps import map_words
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.web.shared.door import HouseRequest

MOST, NEAR_MINUTES, PAY_YUAN = 60, 15, 6000
GEO = "geo/tianshan_schematic.geojson"


@dataclass(frozen=True)
class Kept:
    """A vacancy with what the page needs to sift it without asking anybody."""

    vacancy: Vacancy
    minutes: int | None
    cell: str
    qr: str
    meets: str  # the wishes of the page that it fulfils


@for_everybody
@require_safe
@cache_control(no_cache=True)
def page(request: HouseRequest) -> HttpResponse:
    """This will be the page that stands in for all others while the network is down."""
    query = VacancyQuery.parse({"from": _here(), "sort": "nearest", "size": str(MOST)})
    found = search(query, at=request.at, with_facets=False)
    facts = {
        "kept": [_kept(vacancy, minutes) for vacancy, minutes in found.rows()], "found": found,
        "map": _cells(request.at), "map_words": map_words(), "keyboard_words": keyboard_words(),
        "here": _here(), "quiet_s": settings.KIOSK_IDLE_S, "warning_s": settings.KIOSK_WARNING_S,
        "paper": settings.KIOSK_PAPER,
    }  # fmt: skip
    return render(request, "kiosk/offline.html", facts)


@for_everybody
@require_safe
def worker(request: HouseRequest) -> HttpResponse:
    """This will give the worker script with the list of files of this build; 404 where nothing was built."""
    return offline.answer(of_the_kiosk())


def of_the_kiosk() -> offline.Offline:
    """The worker's own facts. Its scope is the whole address: the map's worker lies below /static/."""
    pages, stands_in = reverse("kiosk:home"), reverse("kiosk:offline")
    return offline.Offline(
        "kiosk",
        "src/kiosk/kiosk.ts",
        stands_in,
        f"^{pages}",
        scope="/",
        extra=(GEO,),
        in_language=(("en", f"{stands_in}?lang=en"),),
        as_nobody=True,
        visited=True,
    )


def _kept(vacancy: Vacancy, minutes: int | None) -> Kept:
    place, cell = vacancy.place, ""
    if place is not None and place.lon is not None and place.lat is not None:
        q, r = hexes.cell_of(place.lon, place.lat, hexes.RADII_M[0])
        cell = f"{hexes.RADII_M[0]}:{q}:{r}"
    address = jobposting.address_of(vacancy, via="kiosk")
    return Kept(vacancy, minutes, cell, handing_over.picture(address), " ".join(_meets(vacancy, minutes)))


def _meets(vacancy: Vacancy, minutes: int | None) -> Iterator[str]:
    """By the same measures as the search."""
    if minutes is not None and minutes <= NEAR_MINUTES:
        yield "near"
    if (vacancy.education or 0) <= Education.PRIMARY:
        yield "no_degree"
    if FRIENDLY in vacancy.tags:
        yield "friendly"
    if (vacancy.monthly_pay_fen[1] or vacancy.monthly_pay_fen[0] or 0) >= PAY_YUAN * 100:
        yield "pay"


def _cells(at: datetime) -> dict[str, Any]:
    """The map of all vacancies as `<ym-map>` is handed it (GET /api/v1/map)."""
    radius = hexes.RADII_M[0]
    cells = on_map(VacancyQuery(), radius, at=at)
    pay = [None if np.isnan(fen) else round(fen / 100) for fen in cells.pay.tolist()]
    openings, vacancies = int(cells.openings.sum()), int(cells.vacancies.sum())
    return {
        "as_of": at.isoformat(), "radius_m": radius, "origin": hexes.ORIGIN, "q": cells.q.tolist(),
        "r": cells.r.tolist(), "n": cells.openings.tolist(), "v": cells.vacancies.tolist(), "pay": pay,
        "total_openings": openings + cells.elsewhere_openings + cells.unplaced_openings,
        "total_vacancies": vacancies + cells.elsewhere_vacancies + cells.unplaced_vacancies,
        "unplaced_openings": cells.unplaced_openings, "unplaced_vacancies": cells.unplaced_vacancies,
    }  # fmt: skip


def _here() -> str:
    lon, lat = settings.HERE
    return f"{lon},{lat}"
