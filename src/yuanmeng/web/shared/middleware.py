"""The rules of the house for every request, in the order of config.settings.MIDDLEWARE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.core.limits import TooOften
from yuanmeng.people import sessions
from yuanmeng.web.shared import door, errors, framing, limits
from yuanmeng.web.shared.context import TEXT_COOKIE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    Answer = Callable[[HttpRequest], HttpResponseBase]

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
YEAR_S = 365 * 24 * 3600
LANGUAGES = {"zh": "zh-hans", "zh-hans": "zh-hans", "zh-cn": "zh-hans", "en": "en"}


class HouseRules:
    """Refuses TRACE, says what pages may not use, and keeps personal pages out of every cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if settings.FRAMED_BY and framing.may_be_framed(request.path) and not _personal(request):
            framing.let(response, settings.FRAMED_BY)
        if _personal(request):
            response.headers["Cache-Control"] = "no-store, private"
        return response


def _personal(request: HttpRequest) -> bool:
    """Static files and pages nobody is logged in for are public; everything else is somebody's."""
    session = getattr(request, "session", None)
    return session is not None and session.accessed and not session.is_empty()


class Sessions(SessionMiddleware):
    """Django's, but it takes away only the cookie of a session that this request has ended.

    A key that opens nothing may be one that was changed while the request was on its way (a log-in, a proved
    phone): its late answer would throw the new key out of the browser, and end a visit in the middle.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        session = getattr(request, "session", None)
        if session is None or session.modified or not session.is_empty():
            return super().process_response(request, response)
        if session.accessed:
            patch_vary_headers(response, ("Cookie",))
        return response


class ChooseLanguage:
    """Chinese, unless ?lang=en or the cookie asks for English. The browser's own wish is not asked:

    a wall, a kiosk and a phone bought abroad all stand in the same street.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = LANGUAGES.get(request.GET.get("lang", "").lower())
        kept = LANGUAGES.get(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "").lower())
        language = asked or kept or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        if asked and asked != kept:
            keep(response, settings.LANGUAGE_COOKIE_NAME, asked)
        if request.GET.get("elder") in {"0", "1", "2", "3"}:
            keep(response, TEXT_COOKIE, request.GET["elder"], readable=True)
        return response


def keep(response: HttpResponseBase, name: str, value: str, *, readable: bool = False) -> None:
    """This will remember a preference for a year, in a cookie that says nothing about the person."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=YEAR_S, secure=secure, httponly=not readable, samesite="Lax")


class NotTooFast:
    """Stops an address that asks for very many pages; the API counts its calls and answers in its words."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            try:
                limits.spend_page(request)
            except TooOften as refusal:
                return errors.too_many_pages(refusal)
        return self.get_response(request)


class WhoAsks:
    """Gives each request its `viewer` (who asks, read anew) and its `at`, and ends sessions that are over."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at = request.at = timezone.now()  # type: ignore[attr-defined]
        by_hand = "X-Renews" not in request.headers
        is_over = request.user.is_authenticated and not sessions.touch(
            request.session, at=at, by_hand=by_hand
        )
        if is_over:
            logout(request)
        request.device = door.device_of(request)  # type: ignore[attr-defined]
        request.viewer = SimpleLazyObject(lambda: door.viewer(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if is_over:
            response.headers.setdefault("Clear-Site-Data", door.FORGET)
        return response


class SayRefusals:
    """Says an expected refusal that no view caught: on the page before, or on a page of its own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refusal: Exception) -> HttpResponse | None:
        if not isinstance(refusal, Refused) or request.path.startswith("/api/"):
            return None
        if isinstance(refusal, NotYours):
            return errors.not_found(request)
        if isinstance(refusal, TooOften):
            return errors.too_often(request, refusal)
        back = door.page_before(request)
        if request.method == "POST" and back:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(back)
        return errors.refused(request, refusal)
