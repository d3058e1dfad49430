"""Today's figures for those who oversee: the same as on the wall, and this month's indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yuanmeng.oversight import figures, kpis
from yuanmeng.web.office.who import FIGURES
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest


@open_to(*FIGURES)
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    """This will show what is open today and what this month's records say so far."""
    day = timezone.localdate()
    today = figures.today(request.at)
    month = kpis.Period(day.replace(day=1), day)
    most = max((one.openings for one in today.industries), default=1)
    facts = {"today": today, "kpis": kpis.all_of(month), "month": month, "most": max(most, 1)}
    return render(request, "office/figures.html", facts)
