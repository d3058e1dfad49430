"""One's own applications and suggestions. A seeker sees nothing of another, whatever uid is asked for."""

import hashlib
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from yuanmeng.applications.models import Application, Via
from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.recommend import door
from yuanmeng.seekers.models import Seeker
from yuanmeng.web.api.answers import written
from yuanmeng.web.api.operations import operation
from yuanmeng.web.api.reading import open_vacancy
from yuanmeng.web.api.schemas import ApplicationIn, ApplicationOut, ApplicationsOut, Input, SuggestionsOut
from yuanmeng.web.api.suiting import seeker_of
from yuanmeng.web.shared import applying, once
from yuanmeng.web.shared.applying import Applicant

router = Router(tags=["me"])
SEEKER = ("seeker",)
OWN = "/api/v1/me/applications/"


class PageIn(Input):
    """Which part of a list."""

    page: int = Field(1, ge=1, le=1_000)
    size: int = Field(20, ge=1, le=100)


@operation(router, "GET", "/me/applications", access=SEEKER, scope="own", response=ApplicationsOut)
def my_applications(request: Any, asked: Query[PageIn]) -> dict[str, Any]:
    """My applications, the newest first."""
    rows = _mine(request).order_by("-submitted_at", "-id")
    total, first = rows.count(), (asked.page - 1) * asked.size
    return {
        "as_of": request.at,
        "total": total,
        "page": asked.page,
        "pages": max(1, -(-total // asked.size)),
        "items": [_application(row) for row in rows[first : first + asked.size]],
    }


@operation(router, "GET", "/me/applications/{uid}", access=SEEKER, scope="own", response=ApplicationOut)
def my_application(request: Any, uid: str) -> dict[str, Any]:
    """One of my applications."""
    return _application(_one_of_mine(request, uid))


@operation(
    router, "POST", "/applications", access=SEEKER, scope="own", response={201: ApplicationOut},
    states={"noun": "Application", "from": [], "to": "submitted"}, idempotent=True,
)  # fmt: skip
def apply(request: Any, given: ApplicationIn) -> HttpResponse:
    """Apply for a vacancy, having agreed to its consent sheet. `Idempotency-Key` makes two taps one."""
    if not given.consent:
        words = _("Nothing is sent without your consent. Please read the sheet and agree to it.")
        raise Refused(words, code="consent_missing", field="consent")
    vacancy = open_vacancy(given.vacancy, at=request.at)
    made: list[Application] = []

    def act() -> str:
        applicant = _applicant(request, given)
        made.append(
            applying.apply(vacancy, applicant, user=request.viewer.user, via=Via.PHONE_WEB, at=request.at)
        )
        return f"{OWN}{made[0].uid}"

    path = _once(request, given, act)
    row = _one_of_mine(request, path.removeprefix(OWN))
    response = HttpResponse(written(_application(row)), status=201, content_type="application/json")
    response.headers["Location"] = path
    if not made:
        response.headers["Idempotent-Replay"] = "true"
    return response


@operation(
    router, "POST", "/me/applications/{uid}/withdrawal", access=SEEKER, scope="own", response=ApplicationOut,
    states={"noun": "Application", "from": ["open"], "to": "withdrawn"}, idempotent=False,
)  # fmt: skip
def withdraw(request: Any, uid: str) -> dict[str, Any]:
    """Take an application back; the consent ends with it."""
    row = _one_of_mine(request, uid)
    row.withdraw(by=request.viewer.user, at=request.at)
    return _application(row)


@operation(router, "GET", "/me/suggestions", access=SEEKER, scope="own", response=SuggestionsOut)
def my_suggestions(request: Any) -> dict[str, Any]:
    """What suits me, with reasons; empty while I do not want personal recommendations."""
    seeker = seeker_of(request.viewer)
    on = seeker is not None and seeker.recommendations_on
    lines = door.suggest_vacancies(seeker, at=request.at, limit=20, where="api") if seeker and on else []
    return {
        "as_of": request.at,
        "recommendations_on": on,
        "items": [
            {
                "uid": line.suggestion.uid,
                "vacancy": line.vacancy.uid,
                "title": line.vacancy.title,
                "organisation": line.vacancy.organisation.name,
                "reasons": line.reasons,
                "made_at": line.suggestion.made_at,
                "answer": line.suggestion.answer,
            }
            for line in lines
            if line.suggestion is not None
        ],
    }


def _once(request: Any, given: ApplicationIn, act: Any) -> str:
    """Without a key two calls are two intentions; the database still holds one live application."""
    key = request.headers.get("Idempotency-Key", "")[:80]
    if not key:
        with transaction.atomic():
            return str(act())
    digest = hashlib.sha256(f"POST {request.path} {given.model_dump_json()}".encode()).hexdigest()
    return once.once(request.viewer.actor_key, key, digest, act, at=request.at)


def _applicant(request: Any, given: ApplicationIn) -> Applicant:
    """What the caller says of themselves; what is on file already need not be said again."""
    person, seeker = request.viewer.person, seeker_of(request.viewer)
    name = given.name or (person.name if person else "")
    birth_year = given.birth_year or (person.birth_year if person else None)
    education = given.education or (seeker.education if seeker else None)
    for field, value in (("name", name), ("birth_year", birth_year), ("education", education)):
        if not value:
            raise Refused(_("Please fill in “%(field)s”.") % {"field": field}, code="invalid", field=field)
    return Applicant(name, birth_year or 0, education or 0, given.resume)


def _mine(request: Any) -> Any:
    seekers = Seeker.objects.filter(person=request.viewer.person)
    mine = Application.objects.filter(seeker__in=seekers if request.viewer.person else seekers.none())
    return mine.select_related("vacancy__organisation", "seeker__person", "consent")


def _one_of_mine(request: Any, uid: str) -> Application:
    row: Application | None = _mine(request).filter(uid=uid).first()
    if row is None:
        raise NotYours(_("There is nothing here, or nothing that is yours to see."))
    return row


def _application(row: Application) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "number": row.number,
        "vacancy": row.vacancy.uid,
        "title": row.vacancy.title,
        "organisation": row.vacancy.organisation.name,
        "state": row.state,
        "state_label": row.get_state_display(),
        "submitted_at": row.submitted_at,
        "answered_at": row.answered_at,
    }
