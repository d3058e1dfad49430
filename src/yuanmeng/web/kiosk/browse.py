"""Looking for work at the machine: the first screen, list and map, one vacancy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from yuanmeng.counsel import calls
from yuanmeng.recommend import door
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.query import QueryRefused, VacancyQuery
from yuanmeng.vacancies.search import search
from yuanmeng.web.kiosk.frame import show, visit_of
from yuanmeng.web.kiosk.visit import at_kiosk
from yuanmeng.web.shared.context import text_size
from yuanmeng.web.shared.maps import map_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.vacancies.search import Found
    from yuanmeng.web.shared.door import HouseRequest

PAGE, ELDER_PAGE = 6, 3
# What employers say themselves about a vacancy. It marks and finds; nobody's age is asked or limited.
FRIENDLY = "50+友好"


@dataclass(frozen=True)
class Chip:
    """This will be a big button that sets or lifts one wish."""

    label: str
    query: str
    on: bool


@at_kiosk
@require_safe
def home(request: HouseRequest) -> HttpResponse:
    """This will be the first screen: large print or not, which language, and what to do."""
    found = search(VacancyQuery(size=1), at=request.at, with_facets=False)
    return show(request, "home", {"found": found, "query": found.query, "chips": wishes(VacancyQuery())})


@at_kiosk
@require_safe
def vacancies(request: HouseRequest) -> HttpResponse:
    """This will be list and map side by side, both answers to the same question, nearest first."""
    try:
        query = VacancyQuery.parse(_with_defaults(request))
    except QueryRefused as refusal:
        visit_of(request).note(at=request.at, said=str(refusal))
        query = VacancyQuery(here=settings.HERE, size=_size(request))
    found = search(query, at=request.at, with_facets=False)
    facts = {
        "query": query, "typed": _typed(query), "found": found, "items": found.rows(), "pager": _pager(found),
        "chips": wishes(query), "map_words": map_words(), "view": _view(request),
        "map_src": "/api/v1/map?radius={radius}&" + query.address(sort="", size="", cell=""),
        "is_asked": query != VacancyQuery(here=query.here, sort=query.sort, size=query.size, page=query.page),
        "map_go": "?" + query.address(cell="", size="") + "&cell={cell}", "here": _here(),
    }  # fmt: skip
    return show(request, "vacancies", facts)


@at_kiosk
@require_safe
def vacancy(request: HouseRequest, uid: str) -> HttpResponse:
    """This will be one vacancy: the work, the way there, and two ways to apply."""
    row, seeker = open_vacancy(uid, request), visit_of(request).seeker
    if seeker is not None:
        door.note_opened(seeker, row, at=request.at)
    return show(request, "vacancy", {"vacancy": row, "taken": row.uid in visit_of(request).basket})


@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def help_page(request: HouseRequest) -> HttpResponse:
    """This will say where the people are who help, and call one of them here."""
    machine, words = _machine(request)
    if request.method == "POST":
        calls.call(machine, words, at=request.at)
        return redirect("kiosk:help")
    return show(request, "help", {"called": calls.waiting(machine, at=request.at)})


def _machine(request: HouseRequest) -> tuple[str, str]:
    """Which machine calls, and how the desk reads it. Browsers without a token are one machine together."""
    with translation.override(settings.LANGUAGE_CODE):
        device = request.device
        if device is None:
            return "unpaired", _("Somebody asks for help at a kiosk.")
        return device.uid, _("Somebody asks for help at “%(kiosk)s”.") % {"kiosk": device.name}


def open_vacancy(uid: str, request: HouseRequest) -> Vacancy:
    """This will be a vacancy that is open today. Raises Http404 for every other."""
    day = timezone.localdate(request.at)
    row = Vacancy.objects.open_on(day).select_related("organisation", "place").filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def wishes(query: VacancyQuery) -> list[Chip]:
    """This will list the big chips; those that are set lift their wish when touched again."""
    kinds = "PART_TIME,PER_DIEM,TEMPORARY"
    return [
        _chip(_("Close to here"), query, query.minutes is not None, minutes=15),
        _chip(_("No degree"), query, query.no_degree, no_degree=1),
        _chip(_("Friendly to my age"), query, FRIENDLY in query.tag, tag=FRIENDLY),
        _chip(_("From 6,000 yuan"), query, query.pay_min is not None, pay_min=6000),
        _chip(_("This week"), query, query.posted_days is not None, posted_days=7),
        _chip(_("Part time, day pay"), query, bool(query.employment_type), employment_type=kinds),
    ]


def _chip(label: str, query: VacancyQuery, on: bool, **wish: Any) -> Chip:
    change = dict.fromkeys(wish, "") if on else wish
    return Chip(label, "?" + query.address(cell="", size="", **{"from": ""}, **change), on)


def _with_defaults(request: HouseRequest) -> Any:
    asked = request.GET.copy()
    asked["from"], asked["size"] = _here(), str(_size(request))
    # Whoever types a word wants what is called so; all others what is near.
    if not asked.get("q", "").strip():
        asked.setdefault("sort", "nearest")
    return asked


def _size(request: HouseRequest) -> int:
    return ELDER_PAGE if text_size(request) else PAGE


def _view(request: HouseRequest) -> str:
    asked = request.GET.get("view", "")
    return asked if asked in {"map", "wishes"} else "list"


def _typed(query: VacancyQuery) -> list[tuple[str, str]]:
    """What a search by word takes along: the wishes that are lit, as fields of its form."""
    kept = query.to_params()
    for name in ("q", "from", "page", "size", "sort", "cell"):
        kept.pop(name, None)
    return [
        (name, one) for name, value in kept.items() for one in (value if isinstance(value, list) else [value])
    ]


def _here() -> str:
    lon, lat = settings.HERE
    return f"{lon},{lat}"


def _pager(found: Found) -> dict[str, Any]:
    return {"page": found.page, "pages": found.pages, "previous": found.page - 1, "next": found.page + 1}
