"""Looking for work: the first page, the search with its map, one vacancy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yuanmeng.oversight import figures
from yuanmeng.recommend import door
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.query import QueryRefused, VacancyQuery
from yuanmeng.vacancies.search import search
from yuanmeng.web.citizen import chips, fitting, programme
from yuanmeng.web.citizen.facets import facets_of, taken_of
from yuanmeng.web.shared import jobposting, qr, scanning
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from yuanmeng.vacancies.search import Found
    from yuanmeng.web.shared.door import HouseRequest

# The ways a person may have come by a code on a screen (applications.Via).
VIAS = {"wall_qr", "window_qr", "booth", "kiosk"}
ON_HOME, ALIKE = 6, 4


@for_everybody
@require_safe
def home(request: HouseRequest) -> HttpResponse:
    """This will be the first page: one search box, what is asked for most, today's figures."""
    now = figures.today(request.at)
    facts = {
        "figures": now, "items": [(row, None) for row in now.newest(ON_HOME)], "chips": chips.hot(),
        "sessions": programme.coming(at=request.at),
    }  # fmt: skip
    return render(request, "citizen/home.html", facts | _common(request))


@for_everybody
@require_safe
def vacancies(request: HouseRequest, *, with_map: bool = False) -> HttpResponse:
    """This will be the search: the same question asked of the API gives the same answer."""
    refused = ""
    try:
        query = VacancyQuery.parse(request.GET)
    except QueryRefused as refusal:
        query, refused = VacancyQuery(), str(refusal)
    found = search(query, at=request.at, scores=fitting.scores(request.viewer, at=request.at))
    facts = {
        "query": query, "found": found, "items": found.rows(), "pager": pager_of(found),
        "close": door.close_to(found, at=request.at),
        "facets": facets_of(found), "taken": taken_of(found), "sorts": chips.sorts(query, request.viewer),
        "chips": chips.quick(query), "refused": refused,
        "with_map": with_map, "map_src": map_source(query), "map_go": map_go(query),
    }  # fmt: skip
    status = 422 if refused else 200
    return render(request, "citizen/vacancies.html", facts | _common(request), status=status)


@for_everybody
@require_safe
def vacancy(request: HouseRequest, uid: str) -> HttpResponse:
    """This will be the page of one vacancy, the same whichever screen its code was on."""
    row = shown_vacancy(uid)
    if not row.is_open_on(timezone.localdate(request.at)):
        return render(request, "citizen/gone.html", {"vacancy": row}, status=410)
    scanning.note(request, via_of(request))
    seeker = fitting.seeker_of(request.viewer)
    if seeker is not None:
        door.note_opened(seeker, row, at=request.at)
    facts = {
        "vacancy": row, "posting": jobposting.job_posting(row), "via": via_of(request),
        "applied": fitting.live_application(request.viewer, row),
        "reasons": fitting.reasons(request.viewer, row), "nearby": chips.like(row),
        "steps": fitting.steps(request.viewer, row, at=request.at),
        "similar": door.similar(row, at=request.at, limit=ALIKE),
    }  # fmt: skip
    return render(request, "citizen/vacancy.html", facts | _common(request))


@for_everybody
@require_safe
@cache_control(max_age=3600, public=True)
def vacancy_qr(request: HouseRequest, uid: str) -> HttpResponse:
    """This will be the code that opens the vacancy on a phone; `via` says which screen it stood on."""
    row = shown_vacancy(uid)
    address = jobposting.address_of(row, via=via_of(request))
    return HttpResponse(qr.svg(address), content_type="image/svg+xml")


def shown_vacancy(uid: str) -> Vacancy:
    """This will be a vacancy that is, or once was, public. Drafts and unknown ones are the same 404."""
    row = Vacancy.objects.select_related("organisation", "place").filter(uid=uid).first()
    if row is None or row.published_at is None:
        raise Http404
    return row


def via_of(request: HouseRequest) -> str:
    """This will be the screen somebody came from, or ""."""
    asked = request.GET.get("via", "")
    return asked if asked in VIAS else ""


def pager_of(found: Found) -> dict[str, Any]:
    """This will be what shared/_pager.html needs."""
    return {"page": found.page, "pages": found.pages, "previous": found.page - 1, "next": found.page + 1}


def map_source(query: VacancyQuery) -> str:
    """This will be where the map asks for the same vacancies as the list; `{radius}` is the map's to fill."""
    asked = query.address(sort="", size="", page="", cell="")
    return "/api/v1/map?radius={radius}" + (f"&{asked}" if asked else "")


def map_go(query: VacancyQuery) -> str:
    """This will be where a tapped cell leads: the same question, inside that cell."""
    asked = query.address(cell="")
    return "/map/?cell={cell}" + (f"&{asked}" if asked else "")


def _common(request: HouseRequest) -> dict[str, Any]:
    lon, lat = settings.HERE
    return {"today": timezone.localdate(request.at), "here": f"{lon},{lat}"}
