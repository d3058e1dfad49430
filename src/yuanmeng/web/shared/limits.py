"""What one may do only so often at the doors of the house, and how many people a list may hold.

limits.spend(limits.EXPORTS, request)          # raises TooOften
limits.mind_the_size(request, len(rows), most=limits.OF_OPERATOR)
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yuanmeng.core import audit, events
from yuanmeng.core import limits as counting
from yuanmeng.core.errors import Refused
from yuanmeng.core.limits import Limit, Strides, TooOften
from yuanmeng.web.shared import door

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from yuanmeng.web.shared.door import HouseRequest

HOUR = timedelta(hours=1)
# A proxy on the same machine that does not say for whom it asks stands for everybody: it has its own limits.
LOOPBACK = frozenset({"", "127.0.0.1", "::1"})
# Of persons in one list: the operator is only entrusted with them (PIPL 21); beyond 500 a second one decides.
OF_OPERATOR, OF_ANYBODY = 50, 500


def _wait(minutes: int) -> dict[str, str]:
    if minutes > 60:
        hours = ceil(minutes / 60)
        return {"wait": ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}}
    return {"wait": ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}}


def _searches(minutes: int) -> str:
    return _(
        "Many numbers were looked up within an hour. To protect people's data there is a pause of %(wait)s; "
        "you can still look for a name."
    ) % _wait(minutes)


def _exports(minutes: int) -> str:
    return _(
        "Many lists were taken along within an hour. To protect people's data there is a pause of %(wait)s; "
        "the pages can be read as before."
    ) % _wait(minutes)


def _imports(minutes: int) -> str:
    return _(
        "Many files were handed in within an hour. Please look at those that are here first, "
        "and go on in %(wait)s."
    ) % _wait(minutes)


def _applications(minutes: int) -> str:
    return _(
        "You have applied many times today. Please go on in %(wait)s, or ask us at the counter: "
        "we look with you for what suits."
    ) % _wait(minutes)


def _too_many_pages(minutes: int) -> str:
    return _(
        "Very many pages were asked for from your connection within a minute. "
        "Please wait %(wait)s and reload the page."
    ) % _wait(minutes)


def _pairings(minutes: int) -> str:
    return _("Very many screens asked for a code. Please wait %(wait)s and load the page again.") % _wait(
        minutes
    )


SEARCHES = Limit("searches", 30, HOUR, _searches)
EXPORTS = Limit("exports", 10, HOUR, _exports)
IMPORTS = Limit("imports", 20, HOUR, _imports)
APPLICATIONS = Limit("applications", 30, timedelta(days=1), _applications)
PAIRINGS = Limit("pairings", 60, timedelta(minutes=10), _pairings)
PAGES = Limit("pages", 600, timedelta(minutes=1), _too_many_pages)
_pages = Strides(PAGES)


def spend(limit: Limit, request: HouseRequest) -> None:
    """This will count one act of whoever is logged in. Raises TooOften."""
    counting.spend(limit, door.user_of(request).actor_key, at=request.at)


def spend_page(request: HttpRequest) -> None:
    """This will count one request of an address. Raises TooOften."""
    address = door.address_of(request)
    if address not in LOOPBACK:
        _pages.spend(address, at=timezone.now())


def waiting(response: HttpResponse, refusal: Refused) -> HttpResponse:
    """This will mark an answer to what came too often: 429, and when to come again."""
    if isinstance(refusal, TooOften):
        response.status_code = 429
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def mind_the_size(request: HouseRequest, count: int, *, most: int = OF_ANYBODY, **facts: Any) -> None:
    """This will refuse a list of too many persons, write the try down and tell those who watch."""
    if count <= most:
        return
    user = door.user_of(request)
    audit.write("export", by=user, at=request.at, count=count, result="refused", **facts)
    events.tell("export.refused", user, by=user, at=request.at, count=count, limit=most)
    raise Refused(
        _("A list may hold %(limit)d persons at most. Please narrow it with a filter.") % {"limit": most}
    )
