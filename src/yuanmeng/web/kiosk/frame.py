"""How every page of the kiosk is rendered: with its idle time, and with what was just said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render

from yuanmeng.web.kiosk.visit import idle_seconds

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.web.kiosk.visit import Visit
    from yuanmeng.web.shared.door import HouseRequest


def visit_of(request: HouseRequest) -> Visit:
    """This will be the visit that `at_kiosk` put on the request."""
    visit: Visit = request.visit  # type: ignore[attr-defined]
    return visit


def show(request: HouseRequest, page: str, facts: dict[str, Any]) -> HttpResponse:
    """This will render a page of the kiosk."""
    visit = visit_of(request)
    large = request.COOKIES.get("ym_text") in {"1", "2", "3"}
    frame = {
        "quiet_s": idle_seconds(request, visit),
        "warning_s": settings.KIOSK_WARNING_S * (2 if large and not visit.facts.get("idle") else 1),
        "said": visit.take("said"),
        "visiting": bool(visit.facts),
    }
    return render(request, f"kiosk/{page}.html", frame | facts)
