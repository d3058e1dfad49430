"""Counting that a code on a screen was followed: a number a day, nobody's visit (K36)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import DatabaseError, transaction
from django.utils import timezone

from yuanmeng.applications.models import Via
from yuanmeng.signage.models import Scan

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import HouseRequest

log = logging.getLogger(__name__)
# A camera opens an address out of nowhere, another app from its own place; a link in our pages does neither.
FROM_OUTSIDE = {"", "none", "cross-site"}


def note(request: HouseRequest, via: str) -> None:
    """This will count one opened page; a reload, a look ahead or a link of ours is none.

    A page is worth more than its count: where the database is busy, the count is lost and the page is shown.
    """
    if via not in {Via.WALL_QR, Via.WINDOW_QR} or not _is_opened(request):
        return
    try:
        with transaction.atomic():
            Scan.note(via, on=timezone.localdate(request.at))
    except DatabaseError:
        log.warning("a scan was not counted: the database was busy")


def _is_opened(request: HouseRequest) -> bool:
    said = request.headers
    again = "max-age=0" in said.get("Cache-Control", "") or "no-cache" in said.get("Cache-Control", "")
    ahead = "prefetch" in said.get("Sec-Purpose", said.get("Purpose", ""))
    from_outside = said.get("Sec-Fetch-Site", "") in FROM_OUTSIDE
    return request.method == "GET" and from_outside and not again and not ahead
