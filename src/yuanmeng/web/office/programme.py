"""The monthly programme: the month as grid and list, what it lacks, and its way through two hands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.core.models import Step
from yuanmeng.counsel.names import names_of
from yuanmeng.places.models import Site
from yuanmeng.programme import copying, findings
from yuanmeng.programme.days import month_span
from yuanmeng.programme.models import WEEKDAYS, LineUp, LineUpState, Session
from yuanmeng.web.office.who import PROGRAMME, PUBLISH, WRITE
from yuanmeng.web.shared import once
from yuanmeng.web.shared import programme as shared
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

STEPS_SHOWN = 6


@open_to(*PROGRAMME)
@require_safe
def show(request: MemberRequest) -> HttpResponse:
    """This will be one month of one space: its sessions, what it lacks, who has it now."""
    waits = _waiting(request)
    if waits is not None:
        return redirect(address(waits.site, waits.month))
    site, month = asked(request)
    if site is None:
        return render(request, "office/programme.html", {"site": None})
    line_up, today = line_up_of(site, month), timezone.localdate(request.at)
    rows = sessions_of(site, month)
    facts = {
        "line_up": line_up, "weeks": shared.weeks(month, rows, today), "weekdays": WEEKDAYS, "today": today,
        "days": shared.days_with_something(month, rows, today), "total": len(rows),
        "as_list": request.GET.get("view") == "list", "once": once.new_key(), "kinds": shared.kinds(),
        **place(request, site, month), **_standing(request, line_up),
    }  # fmt: skip
    return render(request, "office/programme.html", facts)


def _waiting(request: MemberRequest) -> LineUp | None:
    """The to-dos of the first page lead to the month that waits longest."""
    rows = LineUp.objects.select_related("site")
    if request.GET.get("waiting"):
        return rows.waiting().first()
    if request.GET.get("unfinished"):
        return rows.with_the_writer(timezone.localdate(request.at)).first()
    return None


def _standing(request: MemberRequest, line_up: LineUp | None) -> dict[str, Any]:
    """What may be done with the month now, by whom who asks, and what keeps it."""
    if line_up is None:
        return {"findings": [], "moves": [], "steps": []}
    found = findings.findings(line_up, at=request.at)
    steps = list(Step.of(line_up).order_by("-id")[:STEPS_SHOWN])
    names = names_of(step.by for step in steps)
    labels = dict(LineUpState.choices)
    return {
        "findings": found, "blocked": any(one.blocks for one in found),
        "moves": _moves(request, line_up),
        "own": request.user.actor_key in {line_up.submitted_by, *line_up.hands},
        "steps": [(labels.get(s.new, s.new), names.get(s.by, s.by), s.at, s.note) for s in steps],
    }  # fmt: skip


def _moves(request: MemberRequest, line_up: LineUp) -> list[str]:
    """The buttons: the writer hands in; somebody else reviews, gives back, publishes."""
    state, moves = LineUpState(line_up.state), []
    if request.viewer.has(*WRITE) and line_up.may_move(LineUpState.SUBMITTED):
        moves.append("submit")
    if request.viewer.has(*PUBLISH):
        if state == LineUpState.SUBMITTED:
            moves.append("review")
        if state == LineUpState.REVIEWED:
            moves.append("publish")
        if state in {LineUpState.SUBMITTED, LineUpState.REVIEWED}:
            moves.append("return")
    return moves


@open_to(*PROGRAMME)
@require_POST
def answer(request: MemberRequest, uid: str) -> HttpResponse:
    """This will hand a month in, review it, give it back or publish it."""
    line_up = LineUp.objects.select_related("site").filter(uid=uid).first()
    asked_for = request.POST.get("answer", "")
    who, act = ANSWERS.get(asked_for, ((), None))
    if line_up is None or act is None or not request.viewer.has(*who):
        raise Http404

    def said() -> str:
        messages.success(request, act(request, line_up))
        return address(line_up.site, line_up.month)

    return redirect(once.per_form(request, said))


def _submit(request: MemberRequest, row: LineUp) -> str:
    row.submit(by=request.user, at=request.at)
    return _("Handed in. A colleague reviews it now.")


def _review(request: MemberRequest, row: LineUp) -> str:
    row.review(by=request.user, at=request.at)
    return _("Reviewed. It can be published now.")


def _return(request: MemberRequest, row: LineUp) -> str:
    row.return_back(by=request.user, at=request.at, reason=request.POST.get("reason", ""))
    return _("Given back. Its writer reads your reason.")


def _publish(request: MemberRequest, row: LineUp) -> str:
    new = row.publish(by=request.user, at=request.at)
    return ngettext(
        "Published: %(n)d new session is on every screen.",
        "Published: %(n)d new sessions are on every screen.",
        new,
    ) % {"n": new}


ANSWERS: dict[str, tuple[tuple[str, ...], Callable[[MemberRequest, LineUp], str]]] = {
    "submit": (WRITE, _submit), "review": (PUBLISH, _review), "return": (PUBLISH, _return),
    "publish": (PUBLISH, _publish),
}  # fmt: skip


@open_to(*WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def copy(request: MemberRequest) -> HttpResponse:
    """This will show what the weekly rules would make of a month, and make it once that was seen."""
    site, month = asked(request)
    if site is None:
        return redirect("office:programme")
    if request.method == "POST":

        def said() -> str:
            line_up = LineUp.objects.of(site, month, at=request.at)
            made = copying.copy_month(line_up, by=request.user, at=request.at)
            messages.success(request, _("%(n)d sessions added to the draft.") % {"n": len(made.made)})
            return address(site, month)

        return redirect(once.per_form(request, said))
    looked_at = LineUp(site=site, month=month)  # looking begins nothing
    facts = {
        "plan": copying.plan(looked_at, at=request.at),
        "once": once.new_key(),
        **place(request, site, month),
    }
    return render(request, "office/programme_copy.html", facts)


def asked(request: MemberRequest) -> tuple[Site | None, date]:
    """This will be the space and month a page is about; the first space where none is named."""
    said = request.POST if request.method == "POST" else request.GET
    sites = Site.objects.order_by("id")
    site = sites.filter(code=said.get("site", "")).first() or sites.first()
    return site, shared.month_asked(said.get("month", ""), timezone.localdate(request.at))


def place(request: MemberRequest, site: Site, month: date) -> dict[str, Any]:
    """What every page of the room says about where one is."""
    return {
        "site": site, "sites": Site.objects.order_by("id"), "month": month, "month_code": f"{month:%Y-%m}",
        "may_write": request.viewer.has(*WRITE), "near": shared.neighbours(month),
    }  # fmt: skip


def line_up_of(site: Site, month: date) -> LineUp | None:
    """This will be the month's row, or None before anybody has begun it: looking begins nothing."""
    return LineUp.objects.filter(site=site, month=month).select_related("site").first()


def sessions_of(site: Site, month: date) -> list[Session]:
    first, last = month_span(month)
    rows = Session.objects.filter(line_up__site=site, starts_at__gte=first, starts_at__lt=last)
    return list(rows.whole().in_order())


def address(site: Site, month: date) -> str:
    """This will be the month's page."""
    return f"/office/programme/?site={site.code}&month={month:%Y-%m}"
