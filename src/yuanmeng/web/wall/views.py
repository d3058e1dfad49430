"""The one page of the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from yuanmeng.web.shared.maps import map_words
from yuanmeng.web.shared.rights import for_everybody
from yuanmeng.web.wall.themes import themes
from yuanmeng.web.wall.words import wall_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ASK_MS, TOUR_MS, CARD_MS = 10_000, 20_000, 8_000
QUIET_S, WARNING_S = 60, 10


@for_everybody
def wall(request: HttpRequest) -> HttpResponse:
    """This will show the big screen: public figures only, no log-in, nothing about anybody."""
    facts = {"settings": screen_settings(), "theme": theme_at(request)}
    return render(request, "wall/wall.html", facts | {"words": wall_words(), "map_words": map_words()})


def screen_settings() -> dict[str, Any]:
    """This will be what the browser needs to know: addresses of the public API, themes, and how often."""
    longitude, latitude = settings.HERE
    return {
        "figures": "/api/v1/figures",
        "list": "/api/v1/vacancies",
        "map": "/api/v1/map",
        "qr": "/vacancies/{uid}/qr.svg?via=wall_qr",
        "home": reverse("wall:wall") + "?lang=zh-Hans",
        "here": f"{longitude},{latitude}",
        "worker": reverse("wall:worker"),
        "themes": themes(),
        "ask_ms": ASK_MS,
        "tour_ms": TOUR_MS,
        "card_ms": CARD_MS,
        "quiet_s": QUIET_S,
        "warning_s": WARNING_S,
    }


def theme_at(request: HttpRequest) -> str:
    """This will be day or night for the first paint; the screen's own clock goes on from there."""
    asked = request.GET.get("theme", "")
    if asked in {"day", "night"}:
        return asked
    return "day" if 6 <= timezone.localtime(request.at).hour < 18 else "night"  # type: ignore[attr-defined]
