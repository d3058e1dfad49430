"""Small pages every surface links to."""

from __future__ import annotations

import json
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from django.http import HttpRequest

    from yuanmeng.web.shared.door import HouseRequest

log = logging.getLogger("yuanmeng.security")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<circle cx="16" cy="16" r="16" fill="#b7560f"/>'
    '<circle cx="16" cy="16" r="9" fill="none" stroke="#fffdf8" stroke-width="3.2"/>'
    '<circle cx="16" cy="16" r="3.2" fill="#fffdf8"/></svg>'
)
LONGEST_REPORT = 4096
SECURITY_TXT_HOLDS = timedelta(days=180)


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


@for_everybody
@require_safe
@cache_control(max_age=86400, public=True)
def security_txt(request: HouseRequest) -> HttpResponse:
    """This will say where to report that something is not safe (RFC 9116)."""
    # By the day, so that caches agree; renewed long before it is over.
    until = timezone.localdate(request.at) + SECURITY_TXT_HOLDS
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": f"{until}T00:00:00+08:00",
        "Preferred-Languages": "zh-Hans, en",
        "Canonical": f"{settings.BASE_URL}/.well-known/security.txt",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


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
