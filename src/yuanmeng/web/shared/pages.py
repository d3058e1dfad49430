"""Small pages every surface links to."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger("yuanmeng.security")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<circle cx="16" cy="16" r="16" fill="#b7560f"/>'
    '<circle cx="16" cy="16" r="9" fill="none" stroke="#fffdf8" stroke-width="3.2"/>'
    '<circle cx="16" cy="16" r="3.2" fill="#fffdf8"/></svg>'
)
LONGEST_REPORT = 4096


@for_everybody
def privacy(request: HttpRequest) -> HttpResponse:
    """This will say in plain words what is kept of a person, why, how long, and what they may ask for."""
    return render(request, "shared/privacy.html")


@for_everybody
def help_page(request: HttpRequest) -> HttpResponse:
    """This will say where and when somebody can be asked; a human counter always stays."""
    return render(request, "shared/help.html")


@for_everybody
@cache_control(max_age=86400, public=True)
def icon(request: HttpRequest) -> HttpResponse:
    """This will be the small round mark of the house."""
    return HttpResponse(ICON, content_type="image/svg+xml")


@csrf_exempt
@for_everybody
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """This will write down which rule a browser saw broken, never the address it was on."""
    try:
        report = json.loads(request.body[:LONGEST_REPORT]).get("csp-report", {})
        log.warning("csp: %s", str(report.get("violated-directive", "unknown"))[:80].replace("\n", " "))
    except (ValueError, AttributeError, RecursionError):
        log.warning("csp: unreadable report")
    return HttpResponse(status=204)
