"""`/live` on a server that cannot hold streams, and every refusal: what was missed, once, then good-bye.

An EventSource comes again by itself, so a browser hears the same, only later. The house's own server
answers in door.py and passes on what it refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from yuanmeng.core.errors import Refused
from yuanmeng.web.api import problems
from yuanmeng.web.api.live import asking, words

if TYPE_CHECKING:
    from django.http import HttpRequest

RETRY_MS = 15_000
# Where door.py leaves what it refused; no header's name can get there.
REFUSED = "yuanmeng.live.refused"


@login_not_required
@csrf_exempt  # so that an unsafe method is told that it is the wrong one
@require_safe
def once(request: HttpRequest) -> HttpResponse:
    """This will say what was missed since Last-Event-ID."""
    try:
        if refused := request.META.get(REFUSED):
            raise refused
        seen, hints = asking.read(request).missed()
    except Refused as refusal:
        return problems.of_refusal(refusal)
    return HttpResponse(words.hello(seen, hints, retry_ms=RETRY_MS), headers=dict(words.HEADERS))
