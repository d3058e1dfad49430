"""The month on paper and as a table: poster and form 11 of the printed forms (活动排片月表)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yuanmeng.web.office.programme import asked, sessions_of
from yuanmeng.web.office.who import PROGRAMME
from yuanmeng.web.shared import limits, poster_files
from yuanmeng.web.shared.programme import clock
from yuanmeng.web.shared.rights import open_to
from yuanmeng.web.shared.sheets import sheet

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.programme.models import Session
    from yuanmeng.web.shared.door import MemberRequest


@open_to(*PROGRAMME)
@require_safe
def poster(request: MemberRequest) -> HttpResponse:
    """This will be the month of one space as PDF, drafts included and marked as such."""
    site, month = asked(request)
    if site is None:
        return redirect("office:programme")
    rows = [row for row in sessions_of(site, month) if row.state != "cancelled" or row.is_public]
    return poster_files.answer(request, month, rows, sites=[site], draft=any(not r.is_public for r in rows))


@open_to(*PROGRAMME)
@require_safe
def export(request: MemberRequest) -> HttpResponse:
    """This will be the month as a table for an office program."""
    limits.spend(limits.EXPORTS, request)
    site, month = asked(request)
    if site is None:
        return redirect("office:programme")
    titles = [
        _("Date"), _("Time"), _("Kind"), _("Title"), _("Room"), _("Seats"), _("Organised by"), _("For whom"),
        _("State"), _("Reason"), _("Note for colleagues"),
    ]  # fmt: skip
    lines = [_line(row) for row in sessions_of(site, month)]
    return sheet(request.GET.get("as", "xlsx"), f"programme-{site.code}-{month:%Y-%m}", titles, lines)


def _line(row: Session) -> tuple[object, ...]:
    event = row.event
    return (
        f"{row.day}", clock(row), event.get_kind_display(), str(row), str(row.room or row.place), row.seats,
        event.organiser, event.audience, row.get_state_display(), row.reason, row.note,
    )  # fmt: skip
