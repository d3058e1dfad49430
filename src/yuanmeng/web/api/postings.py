"""Postings from other systems: one address, made or changed by (source, external_ref)."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.organisations.mandates import agencies_of
from yuanmeng.organisations.models import Kind, Mandate, Organisation
from yuanmeng.vacancies.upsert import upsert
from yuanmeng.web.api.answers import written
from yuanmeng.web.api.operations import operation
from yuanmeng.web.api.problems import finding_of
from yuanmeng.web.api.schemas import UpsertOut, VacancyIn
from yuanmeng.web.api.vacancies import router

__all__ = ["router"]  # one address, one router: GET /vacancies stands in it already
POSTERS = ("recruiter", "partner")
STATES = {"noun": "Vacancy", "from": ["draft", "returned"], "to": "submitted"}
ANSWERS = {200: UpsertOut, 201: UpsertOut}


@operation(
    router,
    "POST",
    "/vacancies",
    access=POSTERS,
    scope="org",
    response=ANSWERS,
    states=STATES,
    idempotent=True,
)
def post_vacancy(request: Any, given: VacancyIn) -> HttpResponse:
    """Make a posting, or change the one with this source and external_ref; the gate's findings come along."""
    return _upserted(request, given)


@operation(router, "PUT", "/vacancies", access=POSTERS, scope="org", response=ANSWERS, states=STATES)
def put_vacancy(request: Any, given: VacancyIn) -> HttpResponse:
    """The same as POST; with If-Match: "version" it changes only what was read (412 otherwise)."""
    return _upserted(request, given)


def _upserted(request: Any, given: VacancyIn) -> HttpResponse:
    facts = given.model_dump(exclude={"source", "external_ref", "organisation", "submit"})
    organisation, agency = _organisation(request, given.organisation)
    result = upsert(
        organisation, given.source, given.external_ref, facts, agency=agency,
        submit=given.submit, by=request.viewer, at=request.at, version=_version(request),
    )  # fmt: skip
    vacancy = result.vacancy
    body = {
        "uid": vacancy.uid,
        "state": vacancy.state,
        "created": result.created,
        "changed": result.changed,
        "version": vacancy.version,
        "findings": [finding_of(finding) for finding in result.findings],
    }
    status = 201 if result.created else 200
    response = HttpResponse(written(body), status=status, content_type="application/json")
    response.headers["ETag"] = f'"{vacancy.version}"'
    if result.created:
        response.headers["Location"] = f"/api/v1/vacancies/{vacancy.uid}"
    return response


def _organisation(request: Any, uid: str | None) -> tuple[Organisation, Organisation | None]:
    """One of those the caller posts for, and the agency that does; said only where there are several.

    An agency names the client: a posting of an agency without one would say nobody's name.
    """
    viewer = request.viewer
    mine = {o.uid: o for o in viewer.organisations("recruiter") if o.kind == Kind.EMPLOYER}
    agencies = agencies_of(viewer)
    if uid is None and len(mine) == 1 and not agencies:
        return next(iter(mine.values())), None
    if uid is None and (mine or agencies):
        raise Refused(_("Please say for which organisation."), code="invalid", field="organisation")
    if uid in mine:
        return mine[uid], None
    given = Mandate.objects.active_on(timezone.localdate(request.at)).filter(agency__in=agencies)
    held = given.filter(client__uid=uid).select_related("client", "agency").first()
    if held is None:
        raise NotYours(_("There is nothing here, or nothing that is yours to see."))
    return held.client, held.agency


def _version(request: Any) -> int | None:
    given = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if not given or given == "*":
        return None
    if not given.isdigit():
        raise Refused(_("The posting was changed meanwhile. Please read it again first."), code="stale")
    return int(given)
