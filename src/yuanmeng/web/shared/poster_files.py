"""Sending the month's poster, for whichever page has the button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse

from yuanmeng.web.shared import poster

if TYPE_CHECKING:
    from yuanmeng.places.models import Site
    from yuanmeng.programme.models import Session
    from yuanmeng.web.shared.door import HouseRequest


def answer(
    request: HouseRequest, month: date, rows: Sequence[Session], *, sites: Iterable[Site], draft: bool = False
) -> HttpResponse:
    """This will be the poster as a PDF that opens in the browser. Raises CannotPrint."""
    size = request.GET.get("size", "a3")
    size = size if size in poster.SIZES else "a3"
    made = poster.pdf(month, rows, sites=sites, size=size, at=request.at, draft=draft)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="programme-{month:%Y-%m}-{size}.pdf"'
    return response
