"""The house as an app on the home screen: no shop, no mini-program, the same pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from django.http import HttpRequest

PAPER = "#f6f3ec"


@for_everybody
@require_safe
@cache_control(max_age=86400)
def webmanifest(request: HttpRequest) -> HttpResponse:
    """This will tell a phone how the house stands on its home screen (W3C Web App Manifest)."""
    body = json.dumps(manifest(), ensure_ascii=False)
    return HttpResponse(body, content_type="application/manifest+json; charset=utf-8")


def manifest() -> dict[str, Any]:
    """This will be the manifest in the reader's language."""
    return {
        "id": "/",
        "name": _("Yuanmeng – work close to home"),
        "short_name": _("Yuanmeng"),
        "description": _("Jobs near home, and people you can walk up to."),
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static("shared/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("shared/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            # Cut to a circle or a drop by the phone: the mark stands well inside.
            {"src": static("shared/icon-whole-512.png"), "sizes": "512x512", "purpose": "maskable"},
            {"src": reverse("shared:icon"), "sizes": "any", "type": "image/svg+xml"},
        ],
        "shortcuts": [
            {"name": _("Jobs"), "url": "/vacancies/"},
            {"name": _("Job map"), "url": "/map/"},
            {"name": _("My applications"), "url": "/me/applications/"},
        ],
    }
