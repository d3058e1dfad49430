"""The vacancy list's parameters, read once for list, map and feed."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.places import crs
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.search import QueryRefused, VacancyQuery

KNOWN = {
    "q", "industry", "occupation", "employment_type", "area", "organisation", "education", "no_degree",
    "pay_min", "posted_days", "tag", "from", "minutes", "ride", "by", "cell", "sort", "page", "size", "lang",
    "elder",
}  # fmt: skip


def query_of(request: Any, *also: str) -> VacancyQuery:
    """This will read the filters; a parameter nobody knows is refused by name rather than passed over."""
    for name in request.GET:
        if name not in KNOWN and name not in also:
            raise QueryRefused(_("There is no parameter “%(name)s”.") % {"name": name[:40]}, field=name[:40])
    return VacancyQuery.parse(request.GET)


def crs_named(name: str) -> str:
    """This will be wgs84 or gcj02; anything else, BD-09 too, is refused."""
    if name not in {crs.WGS84, crs.GCJ02}:
        raise Refused(_("“crs” should be wgs84 or gcj02."), code="bad_query", field="crs")
    return name


def open_vacancy(uid: str, *, at: Any) -> Vacancy:
    """This will be a vacancy that is open now; closed, drafted and unknown ones are the same 404."""
    found = Vacancy.objects.open_on(timezone.localdate(at)).select_related("organisation", "place", "agency")
    vacancy = found.filter(uid=uid).first()
    if vacancy is None:
        raise Http404
    return vacancy
