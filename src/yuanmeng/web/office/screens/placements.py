"""Placements: which playlist hangs where and when; and a day of one screen, with who wins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.core.errors import Refused
from yuanmeng.signage.models import Device, DeviceKind, Placement
from yuanmeng.web.office.imports import pager
from yuanmeng.web.office.screens.forms import complain
from yuanmeng.web.office.screens.placing import PlacementForm, hours, weekdays, where
from yuanmeng.web.office.screens.timeline import day_of
from yuanmeng.web.office.who import CONTENT, PLACE
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 30


@open_to(*CONTENT)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will list what hangs or will hang; `past` shows what hung."""
    past, today = request.GET.get("tab") == "past", timezone.localdate(request.at)
    page = Paginator(_found(past, today), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "lines": [_line(row) for row in page.object_list], "past": past, "pager": pager(page), "today": today,
        "may_place": request.viewer.has(*PLACE), "screens": _screens(),
    }  # fmt: skip
    return render(request, "office/screens/placements.html", facts)


def _found(past: bool, today: date) -> QuerySet[Placement]:
    rows = Placement.objects.filter(interrupt=False).select_related("playlist", "notice", "site")
    rows = rows.prefetch_related("devices")
    if past:
        return rows.exclude(withdrawn_at=None, to_on__gte=today).order_by("-to_on", "-id")
    return rows.filter(withdrawn_at=None, to_on__gte=today).order_by("from_on", "-priority", "id")


def _line(row: Placement) -> dict[str, Any]:
    return {"row": row, "where": where(row), "weekdays": weekdays(row.weekdays), "hours": hours(row)}


def _screens() -> list[Device]:
    return list(Device.objects.for_board().filter(kind=DeviceKind.WINDOW, revoked_at=None))


@open_to(*PLACE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """This will hang a playlist up."""
    today = timezone.localdate(request.at)
    first = {
        "playlist": request.GET.get("playlist", ""),
        "from_on": today,
        "to_on": today + timedelta(days=30),
    }
    form = PlacementForm(request.POST or None, screens=_screens(), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once.per_form(request, lambda: _hang(request, form)))
        except Refused as refusal:
            complain(form, refusal)
    return render(
        request, "office/screens/placement_form.html", {"form": form}, status=422 if form.errors else 200
    )


def _hang(request: MemberRequest, form: PlacementForm) -> str:
    row = Placement.put_up(by=request.user, at=request.at, **form.facts())
    messages.success(
        request, _("It hangs: %(hours)s. Screens follow within a minute.") % {"hours": hours(row)}
    )
    return "/office/content/placements/"


@open_to(*PLACE)
@require_POST
def withdraw(request: MemberRequest, uid: str) -> HttpResponse:
    """This will take a placement down."""
    row = Placement.objects.filter(uid=uid, interrupt=False).first()
    if row is None:
        raise Http404
    row.withdraw(by=request.user, at=request.at)
    messages.success(
        request, _("“%(title)s” was taken down. Screens follow within a minute.") % {"title": row}
    )
    return redirect("office:placements")


@open_to(*CONTENT)
@require_safe
def day(request: MemberRequest) -> HttpResponse:
    """This will show what runs when on one screen on one day."""
    screens = _screens()
    device = next((one for one in screens if one.uid == request.GET.get("device")), None) or next(
        iter(screens), None
    )
    on = _day_asked(request)
    facts = {
        "screens": screens, "device": device, "on": on, "before": on - timedelta(days=1),
        "after": on + timedelta(days=1), "day": day_of(device, on) if device else None,
    }  # fmt: skip
    return render(request, "office/screens/day.html", facts)


def _day_asked(request: MemberRequest) -> date:
    """A senseless day asks for today; those far away are no plans any more."""
    today = timezone.localdate(request.at)
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today
    return asked if abs((asked - today).days) <= 400 else today
