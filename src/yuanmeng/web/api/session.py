"""Opening and closing a session for programs and tests; pages have their own log-in."""

from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import ValidationError

from yuanmeng.core.errors import Refused
from yuanmeng.web.api.answers import HouseParser, written
from yuanmeng.web.api.operations import EVERYBODY, operation
from yuanmeng.web.api.schemas import SessionIn, SessionOut
from yuanmeng.web.shared import door, signing_in

router = Router(tags=["session"])
FORMS = ("application/json", "application/x-www-form-urlencoded")
BODY = {"requestBody": {"content": {form: {"schema": SessionIn.json_schema()} for form in FORMS}}}


@operation(router, "GET", "/session", access=EVERYBODY, scope="own", response=SessionOut)
def who(request: Any) -> HttpResponse:
    """Who is asking, and the form token that unsafe calls carry in X-CSRFToken; sets the cookies."""
    return _said(request)


@operation(router, "POST", "/session", access=EVERYBODY, scope="own", response={201: SessionOut}, extra=BODY)
def open_session(request: Any) -> HttpResponse:
    """Sign in by name, password and second factor, or by phone and code; JSON or form."""
    given = _given(request)
    if given.phone:
        signing_in.by_phone(request, given.phone, given.code)
    else:
        signing_in.by_password(request, given.username, given.password, given.totp)
    return _said(request, status=201)


@operation(router, "DELETE", "/session", access=EVERYBODY, scope="own", response={204: None})
def close_session(request: Any) -> HttpResponse:
    """Sign out: the session and everything it knew end here."""
    signing_in.close(request)
    response = HttpResponse(status=204)
    response.headers["Clear-Site-Data"] = door.FORGET
    return response


def _given(request: Any) -> SessionIn:
    form = request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}
    raw = request.POST.dict() if form else HouseParser().parse_body(request)
    if form:
        raw.pop("csrfmiddlewaretoken", None)
    try:
        return SessionIn.model_validate(raw)
    except ValidationError as exc:
        field = ".".join(str(part) for part in exc.errors()[0]["loc"])
        raise Refused(
            _("Please check “%(field)s”.") % {"field": field}, code="invalid", field=field
        ) from None


def _said(request: Any, status: int = 200) -> HttpResponse:
    viewer = request.viewer
    body = {
        "signed_in": viewer.user is not None,
        "roles": sorted(viewer.roles),
        "duties": sorted(viewer.duties),
        "name": str(viewer.user or ""),
        "organisations": sorted({organisation.uid for organisation in viewer.organisations()}),
        "csrf_token": get_token(request),
    }
    response = HttpResponse(written(body), content_type="application/json", status=status)
    response.headers["Cache-Control"] = "no-store, private"
    return response
