"""The one page of the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yuanmeng.signage.models import DeviceKind
from yuanmeng.web.shared.attaching import attached
from yuanmeng.web.shared.context import text_size
from yuanmeng.web.shared.maps import map_words
from yuanmeng.web.shared.rights import for_everybody
from yuanmeng.web.wall.filters import filters
from yuanmeng.web.wall.themes import themes
from yuanmeng.web.wall.words import wall_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import HouseRequest

ASK_MS, TOUR_MS, CARD_MS = 10_000, 20_000, 8_000
QUIET_S, WARNING_S = 60, 10


@for_everybody
def wall(request: HouseRequest) -> HttpResponse:
    """This will show the big screen: public figures only, no log-in, nothing about anybody."""
    device = attached(request, DeviceKind.WALL)
    look = device["settings"] if device else {}
    facts = {
        "settings": screen_settings(look),
        "theme": theme_at(request, look.get("theme", "auto")),
        "device": device,
        "elder": bool(text_size(request)) or look.get("elder", False),
        "words": wall_words(),
        "map_words": map_words(),
    }
    return render(request, "wall/wall.html", facts)


def screen_settings(look: dict[str, Any] | None = None) -> dict[str, Any]:
    """This will be what the browser needs to know: addresses of the public API, themes, and how often.

    `look` is how this device shows, as the office set it.
    """
    look = look or {}
    longitude, latitude = settings.HERE
    theme = look.get("theme", "auto")
    return {
        "figures": "/api/v1/figures",
        "list": "/api/v1/vacancies",
        "map": "/api/v1/map",
        "narration": "/api/v1/narration",
        "programme": "/api/v1/programme?days=8",
        "notices": "/api/v1/notices",
        "qr": "/vacancies/{uid}/qr.svg?via=wall_qr",
        "home": reverse("wall:wall") + "?lang=zh-Hans",
        "here": f"{longitude},{latitude}",
        "worker": reverse("wall:worker"),
        "session_qr": "/programme/{uid}/qr.svg",
        "themes": themes(),
        "filters": filters(),
        "theme": None if theme == "auto" else theme,
        "seams": look.get("seams"),
        "ask_ms": ASK_MS,
        "tour_ms": TOUR_MS,
        "card_ms": CARD_MS,
        "quiet_s": QUIET_S,
        "warning_s": WARNING_S,
    }


def theme_at(request: HouseRequest, set_to: str = "auto") -> str:
    """This will be day or night for the first paint; the screen's own clock goes on from there."""
    for asked in (request.GET.get("theme", ""), set_to):
        if asked in {"day", "night"}:
            return asked
    return "day" if 6 <= timezone.localtime(request.at).hour < 18 else "night"
