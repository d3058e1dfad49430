"""What stands before every operation: the rate, the form token, and what is unchanged is not sent again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from yuanmeng.core.limits import TooOften
from yuanmeng.organisations.models import ApiToken
from yuanmeng.web.api import problems
from yuanmeng.web.api.answers import etag_of
from yuanmeng.web.shared import door, limits

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    View = Callable[..., HttpResponse]

log = logging.getLogger(__name__)
SAFE = {"GET", "HEAD", "OPTIONS"}
OF_DEVICES, PAIRINGS = "/api/v1/devices/me/", "/api/v1/pairings"
DEVICE_BYTES = 256 * 1024


def guarded(view: View) -> View:
    """This will wrap one operation's view; Django's own log-in redirect stays out of the way."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = _too_many(request) or _too_long(request) or _unknown_token(request) or _forged(request)
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves the body out
        return refused or _spared(request, _in_our_words(view(request, *args, **kwargs)))

    asked.login_required = False  # type: ignore[attr-defined]
    asked.csrf_exempt = True  # type: ignore[attr-defined]
    return asked


def _too_many(request: HttpRequest) -> HttpResponse | None:
    try:
        limits.spend_page(request)
    except TooOften as refusal:
        return problems.of_refusal(refusal)
    return None


def _too_long(request: HttpRequest) -> HttpResponse | None:
    """Whoever holds a device, or nothing at all, sends little: it is not even read where it is more."""
    if not request.path.startswith((OF_DEVICES, PAIRINGS)):
        return None
    if int(request.META.get("CONTENT_LENGTH") or 0) <= DEVICE_BYTES:
        return None
    return problems.problem(413, "too_large", _("The request is too large."))


def _unknown_token(request: HttpRequest) -> HttpResponse | None:
    """A call with a token stands for the token alone: whatever cookies came along are not looked at."""
    if "Authorization" not in request.headers:
        return None
    token = request.headers["Authorization"].removeprefix("Bearer ")
    request.user = ApiToken.user_of(token) or AnonymousUser()
    request.viewer = viewer = door.viewer(request)  # type: ignore[attr-defined]
    if viewer.user is None and viewer.device is None:
        return problems.problem(401, "not_signed_in", _("This token is not valid."))
    return None


def _forged(request: HttpRequest) -> HttpResponse | None:
    """An unsafe call with cookies carries the session's form token, so that no other site can send it."""
    if request.method in SAFE or "Authorization" in request.headers:
        return None
    if request.content_type == "multipart/form-data":
        # The check would read the stream, and no operation takes files.
        return problems.problem(415, "media_type", _("Please send the body as application/json."))
    if request.path.startswith((OF_DEVICES, PAIRINGS)):
        return _forged_device(request)
    if check_csrf(request) is None:
        return None
    words = _("The form token is missing or too old. Please fetch a new one from /api/v1/session.")
    return problems.problem(403, "csrf", words)


def _forged_device(request: HttpRequest) -> HttpResponse | None:
    """A screen has no session and so no form token: it names itself in a header no other site can set.

    Nobody's calls (pairing) need neither: they take JSON only, which no form of another site sends.
    """
    device = door.viewer(request).device
    if request.path.startswith(PAIRINGS) or device is None or request.headers.get("X-Device") == device.uid:
        return None
    log.warning("device call without its X-Device: %s", device.uid)
    words = _("The header X-Device is missing or names another device.")
    return problems.problem(403, "csrf", words)


def _in_our_words(response: HttpResponse) -> HttpResponse:
    """Answers that never reached an operation (405) are problems too."""
    if response.status_code != 405:
        return response
    ours = problems.problem(405, "method", _("This address does not take that method."))
    ours.headers["Allow"] = response.headers.get("Allow", "GET")
    return ours


def _spared(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Tag what was read, and send nothing again that the caller has: If-None-Match → 304."""
    patch_vary_headers(response, ["Cookie", "Authorization"])
    if request.method not in SAFE or response.status_code != 200 or response.streaming:
        return response
    tag = response.headers.get("ETag") or etag_of(response.content)
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "no-cache")
    asked = [part.strip() for part in request.headers.get("If-None-Match", "").split(",")]
    if tag in asked or tag.removeprefix("W/") in asked or "*" in asked:
        unchanged = type(response)(status=304)
        for name in ("ETag", "Cache-Control", "Vary"):
            unchanged.headers[name] = response.headers[name]
        return unchanged
    return response
