"""What did not work, as application/problem+json: a stable code, a sentence, no internals."""

from __future__ import annotations

import logging
from math import ceil
from typing import TYPE_CHECKING, Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from yuanmeng.core.errors import MoveRefused, NotYours, Refused
from yuanmeng.core.limits import TooOften
from yuanmeng.people.login import LoginRefused
from yuanmeng.people.throttle import TooManyTries
from yuanmeng.vacancies.gate import Blocked
from yuanmeng.web.api.answers import written

if TYPE_CHECKING:
    from django.http import HttpRequest
    from ninja import NinjaAPI

log = logging.getLogger(__name__)
# What a refusal's code means in HTTP; any other expected refusal is about content: 422.
STATUS_OF_CODE = {
    "duplicate": 409, "taken": 409, "full": 409, "closed": 409, "conflict": 409, "move_refused": 409,
    "second_person": 422, "unreadable": 400, "not_signed_in": 401, "csrf": 403, "too_many": 429,
    "gone": 410, "stale": 412, "version_missing": 428, "media_type": 415, "not_acceptable": 406,
}  # fmt: skip
NOT_FOUND = "not_found"


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """This will be one problem as a response; further members go along where they are not None."""
    body = {"type": "about:blank", "title": _title(status), "status": status, "code": code, "detail": detail}
    body |= {name: value for name, value in more.items() if value not in (None, "", [])}
    return HttpResponse(written(body), status=status, content_type="application/problem+json")


def not_found() -> HttpResponse:
    """This will be the one answer for what does not exist and for what is not the asker's to see."""
    return problem(404, NOT_FOUND, _("There is nothing here, or nothing that is yours to see."))


def of_refusal(refusal: Refused) -> HttpResponse:
    """This will say an expected refusal."""
    if isinstance(refusal, NotYours):
        return not_found()
    if isinstance(refusal, TooManyTries | TooOften):
        response = problem(429, "too_many", str(refusal))
        response.headers["Retry-After"] = str(ceil(refusal.wait.total_seconds()))
        return response
    if isinstance(refusal, LoginRefused):
        return problem(401, refusal.code, str(refusal))
    status = 409 if isinstance(refusal, MoveRefused) else STATUS_OF_CODE.get(refusal.code, 422)
    more = {"field": refusal.field, "conflicting_id": getattr(refusal, "conflicting_id", None)}
    if isinstance(refusal, Blocked):
        more["findings"] = [finding_of(finding) for finding in refusal.findings]
    return problem(status, refusal.code, str(refusal), **more)


def finding_of(finding: Any) -> dict[str, Any]:
    """This will be one finding of the posting gate."""
    plain = ("rule", "act", "field", "start", "end", "text")
    words = {name: str(getattr(finding, name)) for name in ("clause", "suggestion")}
    return {name: getattr(finding, name) for name in plain} | words


def handle_all(api: NinjaAPI) -> None:
    """This will teach an API to answer every exception as a problem."""
    api.add_exception_handler(Refused, lambda request, refusal: of_refusal(_one(refusal)))
    api.add_exception_handler(Http404, lambda request, exc: not_found())
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(RecursionError, _unreadable)
    api.add_exception_handler(OperationalError, _away)
    api.add_exception_handler(Exception, _broken)


def _one(refusal: Any) -> Refused:
    assert isinstance(refusal, Refused)
    return refusal


def _invalid(request: HttpRequest, exc: Any) -> HttpResponse:
    """422 names the field: the last named part of the place, without the frame around it."""
    errors = [{"field": _place(error["loc"]), "message": str(error["msg"])} for error in exc.errors]
    first = errors[0]["field"] if errors else ""
    words = _("Please check “%(field)s”.") % {"field": first}
    return problem(422, "invalid", words, field=first, errors=errors)


def _place(loc: Any) -> str:
    """`("body", "given", "tags", 0)` → `tags.0`: where it is, as the caller knows it."""
    parts = [str(part) for part in loc]
    if parts[:1] == ["body"]:
        return ".".join(parts[2:]) or "body"
    return parts[-1]


def _http_error(request: HttpRequest, exc: Any) -> HttpResponse:
    if isinstance(exc.__cause__, Refused):
        return of_refusal(exc.__cause__)
    if exc.status_code == 400:
        return _unreadable(request, exc)
    return problem(exc.status_code, "refused", _("This request cannot be answered."))


def _unreadable(request: HttpRequest, exc: Any) -> HttpResponse:
    return problem(400, "unreadable", _("The request cannot be read. Please send valid JSON."))


def _too_big(request: HttpRequest, exc: Any) -> HttpResponse:
    return problem(413, "too_large", _("The request is too large."))


def _away(request: HttpRequest, exc: Any) -> HttpResponse:
    log.error("database away: %s", type(exc).__name__)
    response = problem(503, "busy", _("We are very busy just now. Please try again in a moment."))
    response.headers["Retry-After"] = "2"
    return response


def _broken(request: HttpRequest, exc: Any) -> HttpResponse:
    log.exception(
        "api failed at %s", request.resolver_match and request.resolver_match.view_name, exc_info=exc
    )
    return problem(500, "broken", _("Something broke on our side. We have noted it; please try again later."))


def _title(status: int) -> str:
    """The status in words of the protocol, the same in every language."""
    from http import HTTPStatus

    return HTTPStatus(status).phrase
