"""Short ways in: what people ask for most, as links into the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from yuanmeng.vacancies.query import Sort, VacancyQuery

if TYPE_CHECKING:
    from yuanmeng.organisations.viewer import Viewer
    from yuanmeng.vacancies.models import Vacancy


@dataclass(frozen=True)
class Chip:
    """A link with a few words; `on` when it is what one sees already."""

    label: str
    path: str
    on: bool = False


def here() -> str:
    """This will be where the station stands, as the search takes it."""
    lon, lat = settings.HERE
    return f"{lon},{lat}"


def hot() -> list[Chip]:
    """This will be the first page's chips."""
    asked: list[tuple[str, dict[str, Any]]] = [
        (_("15 minutes on foot from the station"), {"minutes": 15, "from": here(), "sort": "nearest"}),
        (_("No degree needed"), {"no_degree": 1}),
        (_("New today"), {"posted_days": 1}),
        (_("Part time"), {"employment_type": "PART_TIME"}),
        (_("Paid by the day"), {"employment_type": "PER_DIEM"}),
        (_("Internships"), {"employment_type": "INTERN"}),
        (_("Hotels and restaurants"), {"industry": "H"}),
        (_("Help for households and repairs"), {"industry": "O"}),
    ]
    return [Chip(label, "/vacancies/?" + urlencode(query)) for label, query in asked]


def quick(query: VacancyQuery) -> list[Chip]:
    """This will be the switches above a list."""
    near = query.minutes is not None
    near_path = query.address(minutes="", sort="") if near else query.address(minutes=15, **{"from": here()})
    return [
        Chip(_("15 minutes on foot"), "?" + near_path, near),
        Chip(
            _("No degree needed"),
            "?" + query.address(no_degree="" if query.no_degree else 1),
            query.no_degree,
        ),
        Chip(
            _("New this week"),
            "?" + query.address(posted_days="" if query.posted_days else 7),
            query.posted_days is not None,
        ),
    ]


def sorts(query: VacancyQuery, viewer: Viewer) -> list[Chip]:
    """This will be the orders of a list. "Suits me" is offered only to those who want recommendations."""
    named = [(Sort.NEWEST, _("Newest")), (Sort.NEAREST, _("Nearest")), (Sort.PAY, _("Pay"))]
    if query.q:
        named.insert(0, (Sort.BEST, _("Best match of words")))
    if wants_recommendations(viewer):
        named.append((Sort.MATCH, _("Suits me")))
    return [Chip(label, "?" + _sorted_by(sort, query), query.sort == sort) for sort, label in named]


def _sorted_by(sort: Sort, query: VacancyQuery) -> str:
    if sort == Sort.NEAREST and query.here is None:
        return query.address(sort=str(sort), **{"from": here()})
    return query.address(sort=str(sort))


def wants_recommendations(viewer: Viewer) -> bool:
    """This will be true for a registered seeker who has left recommendations on."""
    seeker = getattr(viewer.person, "seeker", None)
    return bool(seeker is not None and seeker.recommendations_on)


def like(vacancy: Vacancy) -> list[Chip]:
    """This will be ways on from one vacancy: the same employer, the same kind of work, the same corner."""
    found = [
        Chip(
            _("Other jobs of this employer"),
            "/vacancies/?" + urlencode({"organisation": vacancy.organisation.uid}),
        )
    ]
    if vacancy.occupation_code:
        group = "-".join(vacancy.occupation_code.split("-")[:2])
        found.append(Chip(_("The same kind of work"), "/vacancies/?" + urlencode({"occupation": group})))
    if vacancy.place is not None and vacancy.place.point is not None:
        lon, lat = vacancy.place.point
        near = {"from": f"{lon:.6f},{lat:.6f}", "minutes": 10, "sort": "nearest"}
        found.append(Chip(_("Jobs close to this place"), "/vacancies/?" + urlencode(near)))
    return found
