"""Looking for vacancies and reading one; the feed of all of them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from ninja import Router

from yuanmeng.places import distance
from yuanmeng.recommend import door
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.search import Sort, VacancyQuery, search
from yuanmeng.web.api.answers import written
from yuanmeng.web.api.document import FILTERS, PAGING
from yuanmeng.web.api.items import item_of, whole_of
from yuanmeng.web.api.operations import EVERYBODY, operation
from yuanmeng.web.api.reading import open_vacancy, query_of
from yuanmeng.web.api.schemas import ConsentOut, VacanciesOut, VacancyOut
from yuanmeng.web.api.suiting import scores_for
from yuanmeng.web.shared import consenting, jobposting

router = Router(tags=["vacancies"])


@operation(
    router, "GET", "/vacancies", access=EVERYBODY, scope="public", response=VacanciesOut,
    extra={"parameters": [*FILTERS, *PAGING]},
)  # fmt: skip
def vacancies(request: Any) -> HttpResponse:
    """Open vacancies with figures beside every filter; `from=lon,lat` gives the way to each.

    Where few hold the words of `q`, `close` lists others whose work is alike; they are in no figure.
    """
    query = query_of(request)
    found = search(query, at=request.at, scores=scores_for(request.viewer, query, at=request.at))
    body = {
        "as_of": found.as_of, "total": found.total, "openings": found.openings, "page": found.page,
        "pages": found.pages, "size": query.size,
        "facets": {name: [vars(choice) for choice in choices] for name, choices in found.facets.items()},
        "items": [item_of(vacancy, minutes) for vacancy, minutes in found.rows()],
        "close": [item_of(vacancy, minutes) for vacancy, minutes in door.close_to(found, at=request.at)],
    }  # fmt: skip
    response = HttpResponse(written(body), content_type="application/json")
    if query.sort == Sort.MATCH:
        response.headers["Cache-Control"] = "no-store, private"
    return response


@operation(router, "GET", "/vacancies/{uid}", access=EVERYBODY, scope="public", response=VacancyOut)
def vacancy(request: Any, uid: str) -> HttpResponse:
    """One open vacancy with its words and as schema.org JobPosting."""
    row = open_vacancy(uid, at=request.at)
    body = whole_of(row, _minutes_to(row, VacancyQuery.parse(request.GET)), at=request.at)
    return HttpResponse(written(body), content_type="application/json")


@operation(router, "GET", "/vacancies/{uid}/consent", access=EVERYBODY, scope="public", response=ConsentOut)
def consent(request: Any, uid: str) -> dict[str, str]:
    """What somebody agrees to who applies: receiver, purpose, way and fields."""
    sheet = consenting.sheet_for(open_vacancy(uid, at=request.at))
    return {"version": consenting.VERSION, "text": sheet.text}


@operation(router, "GET", "/feed/snapshot", access=EVERYBODY, scope="public", response={200: None})
def snapshot(request: Any) -> StreamingHttpResponse:
    """All open vacancies as NDJSON, one JobPosting a line; the last line holds the count and `as_of`."""
    response = StreamingHttpResponse(_postings(request.at), content_type="application/x-ndjson")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _postings(at: Any) -> Iterator[bytes]:
    """Read in pages by key: no cursor stays open while a slow reader takes the lines."""
    rows = (
        Vacancy.objects.open_on(timezone.localdate(at)).select_related("organisation", "place").order_by("pk")
    )
    last = count = 0
    while page := list(rows.filter(pk__gt=last)[:500]):
        yield b"".join(written(jobposting.job_posting(vacancy)) + b"\n" for vacancy in page)
        last, count = page[-1].pk, count + len(page)
    yield written({"end": True, "count": count, "as_of": at}) + b"\n"


def _minutes_to(vacancy: Vacancy, query: VacancyQuery) -> int | None:
    point = vacancy.place.point if vacancy.place else None
    if query.here is None or point is None:
        return None
    reach = distance.ride_minutes if query.by == "ride" else distance.walk_minutes
    return reach(distance.metres(query.here, point))
