"""Adding, changing and cancelling one session; what cannot be is said beside the field it is about."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yuanmeng.core.errors import Refused
from yuanmeng.programme.models import LineUp, Session, SessionState
from yuanmeng.web.office.programme import address, asked, place
from yuanmeng.web.office.programme_forms import SessionForm
from yuanmeng.web.office.who import PROGRAMME, WRITE
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from yuanmeng.places.models import Site
    from yuanmeng.web.shared.door import MemberRequest


@open_to(*WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """This will add a session to the month its day lies in."""
    site, month = asked(request)
    if site is None:
        return redirect("office:programme")
    form = SessionForm(request.POST or None, site=site, day=_day(request.GET.get("day", "")))
    facts = {"form": form, "row": None, **place(request, site, month)}
    return _answered(request, form, facts, lambda: _add(request, form, site))


def _add(request: MemberRequest, form: SessionForm, site: Site) -> str:
    line_up = LineUp.objects.of(site, form.cleaned_data["day"], at=request.at)
    line_up.add(form.event_chosen, *form.span(), by=request.user, at=request.at, **form.facts())
    messages.success(request, _("Added. It is public once the month is published."))
    return address(site, line_up.month)


@open_to(*PROGRAMME)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show one session; its writers change it here."""
    row = session_of(uid)
    site = row.line_up.site
    facts = {"row": row, "once": once.new_key(), **place(request, site, row.line_up.month)}
    facts["may_write"] = (
        facts["may_write"] and row.state != SessionState.CANCELLED and row.ends_at > request.at
    )
    if not facts["may_write"]:
        if request.method == "POST":
            raise Http404
        return render(request, "office/session.html", facts)
    form = SessionForm(request.POST or None, site=site, row=row)
    facts["form"] = form
    return _answered(request, form, facts, lambda: _change(request, form, row))


def _change(request: MemberRequest, form: SessionForm, row: Session) -> str:
    starts_at, ends_at = form.span()
    row.change(by=request.user, at=request.at, starts_at=starts_at, ends_at=ends_at, **form.facts())
    said = _("Changed. Times and rooms show at once, new words once the month is published again.")
    messages.success(request, said if row.is_public else _("Changed."))
    return address(row.line_up.site, row.line_up.month)


def _answered(
    request: MemberRequest, form: SessionForm, facts: dict[str, Any], act: Callable[[], str]
) -> HttpResponse:
    """This will do what a filled form asks for, or show the form again with what was wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once.per_form(request, act))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    return render(request, "office/session.html", facts, status=422 if form.errors else 200)


@open_to(*WRITE)
@require_POST
def cancel(request: MemberRequest, uid: str) -> HttpResponse:
    """This will cancel a session, or take one out that was never public."""
    row = session_of(uid)

    def said() -> str:
        row.cancel(by=request.user, at=request.at, reason=request.POST.get("reason", ""))
        public = _("Cancelled. Every screen says so at once.")
        messages.success(request, public if row.is_public else _("Taken out of the draft."))
        return address(row.line_up.site, row.line_up.month)

    return redirect(once.per_form(request, said))


def session_of(uid: str) -> Session:
    """This will be a session, its month and space read along. Raises Http404."""
    row = Session.objects.filter(uid=uid).whole().first()
    if row is None:
        raise Http404
    return row


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
