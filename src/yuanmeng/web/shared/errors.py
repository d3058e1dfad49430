"""Pages for what did not work. They say what is so and what to do next, and never how the house is built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from yuanmeng.web.shared import limits

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yuanmeng.core.errors import Refused
    from yuanmeng.core.limits import TooOften


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will be the same page for what does not exist and for what is not the asker's to see."""
    return _page(
        request,
        404,
        _("This page is not here"),
        _("It may have been taken down, or the address may be mistyped."),
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """This will answer a request whose form was too old or whose proof was not fresh."""
    return _page(
        request,
        403,
        _("This page has been open for too long"),
        _("Please go back, reload the page and try again. Nothing was saved."),
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """This will answer a form that did not come from one of our pages, or came from a stale one."""
    return forbidden(request)


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """This will say an expected refusal on a page of its own."""
    return _page(request, 409, _("This could not be done"), str(refusal))


def too_often(request: HttpRequest, refusal: TooOften) -> HttpResponse:
    """This will ask somebody to wait, and say why and for how long."""
    return limits.waiting(_page(request, 429, _("Please wait a little"), str(refusal)), refusal)


def too_many_pages(refusal: TooOften) -> HttpResponse:
    """This will answer a flood of requests: plain and cheap, asking neither database nor session."""
    page = loader.render_to_string("shared/too_many.html", {"sentence": str(refusal)})
    return limits.waiting(HttpResponse(page), refusal)


def broken(request: HttpRequest) -> HttpResponse:
    """This will answer when the house itself failed: plain, asking neither database nor session."""
    return HttpResponse(loader.render_to_string("shared/broken.html"), status=500)


def _page(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    return render(request, "shared/error.html", {"heading": heading, "sentence": sentence}, status=status)
