"""How every page of the kiosk is rendered: with its idle time, and with what was just said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render

from yuanmeng.signage.models import DeviceKind
from yuanmeng.web.kiosk.keys import keyboard_words
from yuanmeng.web.kiosk.visit import idle_seconds
from yuanmeng.web.shared.attaching import attached
from yuanmeng.web.shared.context import text_size

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
    frame = {
        "quiet_s": idle_seconds(request, visit),
        "warning_s": settings.KIOSK_WARNING_S
        * (2 if text_size(request) and not visit.facts.get("idle") else 1),
        "said": visit.take("said"),
        "told": visit.take("told"),
        "visiting": bool(visit.facts),
        "kept": _kept(visit),
        "basket": visit.basket,
        "at_home": page == "home",
        "keyboard_words": keyboard_words(),
        "device": attached(request, DeviceKind.KIOSK),
    }
    return render(request, f"kiosk/{page}.html", frame | facts)


def _kept(visit: Visit) -> set[int] | None:
    """The keys of what the one who proved a phone keeps; None offers nobody a star."""
    seeker = visit.seeker
    return set(seeker.favourites.values_list("vacancy", flat=True)) if seeker is not None else None
