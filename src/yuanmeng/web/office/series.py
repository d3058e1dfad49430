"""The series that months are made of: night market, salons, courses, and when they usually take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.programme.models import WEEKDAYS, Event
from yuanmeng.web.office.programme import asked, place
from yuanmeng.web.office.programme_forms import SeriesForm
from yuanmeng.web.office.who import PROGRAMME, WRITE
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.places.models import Site
    from yuanmeng.web.shared.door import MemberRequest


@open_to(*PROGRAMME)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will list the series of a space with their weekly rules."""
    site, month = asked(request)
    if site is None:
        return redirect("office:programme")
    lines = [(row, rule(row)) for row in Event.objects.running().filter(site=site)]
    return render(request, "office/series.html", {"lines": lines, **place(request, site, month)})


def rule(row: Event) -> str:
    """This will be the weekly rule in words."""
    if len(row.weekdays) == len(WEEKDAYS):
        return _("every day")
    return " ".join(str(label) for digit, label in WEEKDAYS if digit in row.weekdays) or _("single dates")


@open_to(*WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """This will begin a series. Nothing of it is public before a session of it is."""
    site, month = asked(request)
    if site is None:
        return redirect("office:programme")
    form = SeriesForm(request.POST or None, site=site)

    def said() -> str:
        Event.start(by=request.user, at=request.at, site=site, **form.facts())
        messages.success(request, _("The series is here. Copy a month, or add a session."))
        return _listed_at(site)

    if request.method == "POST" and form.is_valid():
        return redirect(once.per_form(request, said))
    facts = {"form": form, "row": None, **place(request, site, month)}
    return render(request, "office/one_series.html", facts, status=422 if form.errors else 200)


@open_to(*WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will change a series."""
    row, (_site, month) = _series_of(uid), asked(request)
    form = SeriesForm(request.POST or None, site=row.site, row=row)

    def said() -> str:
        row.change(by=request.user, at=request.at, **form.facts())
        messages.success(request, _("Changed. New words are read once the months are published again."))
        return _listed_at(row.site)

    if request.method == "POST" and form.is_valid():
        return redirect(once.per_form(request, said))
    facts = {"form": form, "row": row, "once": once.new_key(), **place(request, row.site, month)}
    return render(request, "office/one_series.html", facts, status=422 if form.errors else 200)


@open_to(*WRITE)
@require_POST
def end(request: MemberRequest, uid: str) -> HttpResponse:
    """This will offer a series no longer; sessions that stand go on."""
    row = _series_of(uid)

    def said() -> str:
        row.end(by=request.user, at=request.at)
        messages.success(request, _("No longer offered. Sessions that stand go on."))
        return _listed_at(row.site)

    return redirect(once.per_form(request, said))


def _series_of(uid: str) -> Event:
    row = Event.objects.running().filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _listed_at(site: Site) -> str:
    return f"/office/programme/series/?site={site.code}"
