"""The employer's answers. Silence is none: after 30 days an application ends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from yuanmeng.core.errors import Refused
from yuanmeng.web.employer.applicants import own_application
from yuanmeng.web.employer.forms import DeclineForm, InviteForm
from yuanmeng.web.employer.who import for_recruiters
from yuanmeng.web.shared import once

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from yuanmeng.applications.models import Application
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.web.shared.door import MemberRequest


@for_recruiters
@require_POST
def answer(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will answer one application; the applicant reads it at once."""
    row = own_application(request, organisation, uid)
    act = ANSWERS.get(request.POST.get("answer", ""))
    if act is None:
        raise Http404

    def said() -> str:
        messages.success(request, str(act(request, row)))
        return f"/employer/applicants/{uid}/"

    return redirect(once.per_form(request, said))


def _shortlist(request: MemberRequest, row: Application) -> Any:
    row.shortlist(by=request.user, at=request.at)
    return gettext_lazy("Shortlisted.")


def _invite(request: MemberRequest, row: Application) -> Any:
    form = InviteForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please give day, time and place of the interview."))
    when, where = form.cleaned_data["meeting_at"], form.cleaned_data["meeting_place"]
    if when <= request.at:
        raise Refused(_("The interview would be in the past. Please choose a later time."))
    row.invite(by=request.user, at=request.at, meeting_at=when, meeting_place=where)
    return gettext_lazy("Invited. You can see the phone number now.")


def _interview(request: MemberRequest, row: Application) -> Any:
    row.note_interview(by=request.user, at=request.at)
    return gettext_lazy("Noted that you have met.")


def _offer(request: MemberRequest, row: Application) -> Any:
    row.offer(by=request.user, at=request.at)
    return gettext_lazy("Offered.")


def _hire(request: MemberRequest, row: Application) -> Any:
    row.hire(by=request.user, at=request.at)
    return gettext_lazy("Hired. We will ask both of you how it goes.")


def _miss(request: MemberRequest, row: Application) -> Any:
    row.miss(by=request.user, at=request.at)
    return gettext_lazy("Noted that the person did not come.")


def _decline(request: MemberRequest, row: Application) -> Any:
    form = DeclineForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please choose a reason."))
    row.decline(by=request.user, at=request.at, **form.cleaned_data)
    return gettext_lazy("Answered. Thank you: a clear no helps people to go on.")


ANSWERS: dict[str, Callable[[MemberRequest, Application], Any]] = {
    "shortlist": _shortlist, "invite": _invite, "interview": _interview, "offer": _offer, "hire": _hire,
    "miss": _miss, "decline": _decline,
}  # fmt: skip


@for_recruiters
@require_POST
def note(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will keep the employer's own note; the applicant may ask for it."""
    row = own_application(request, organisation, uid)
    row.recruiter_note = request.POST.get("note", "")[:2000]
    row.save(update_fields=["recruiter_note"])
    messages.success(request, _("Note kept."))
    return redirect("employer:applicant", uid)
