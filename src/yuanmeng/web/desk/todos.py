"""One tap on a to-do: done, tomorrow, mine, undo; and the vacancies that are to be checked again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core.errors import Refused
from yuanmeng.counsel import rechecks
from yuanmeng.counsel.models import FollowUp, FollowUpKind, FollowUpState, RecheckResult
from yuanmeng.web.desk.home import line_of
from yuanmeng.web.shared import door
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import MemberRequest

AT_ONCE = 30


def _mine(request: MemberRequest, uid: str, *, state: str = FollowUpState.OPEN) -> FollowUp:
    """The to-do, if it is on one's desk or on the common pile; else it does not exist."""
    rows = FollowUp.objects.select_related("person", "vacancy__organisation").filter(uid=uid, state=state)
    todo = rows.first()
    if todo is None or todo.assigned_to_id not in {None, request.user.pk}:
        raise Http404
    if not request.viewer.has("counsellor") and (todo.kind != FollowUpKind.HELP_WANTED or todo.person_id):
        raise Http404
    return todo


def _take(request: MemberRequest, todo: FollowUp) -> FollowUp:
    todo.take(by=request.user)
    if todo.assigned_to_id != request.user.pk:
        raise Refused(_("A colleague has just taken this. Please reload the page."))
    return todo


def _back(request: MemberRequest) -> HttpResponse:
    return HttpResponseRedirect(door.next_path(request, reverse("desk:home")))


@open_to("counsellor", "front_desk")
@require_POST
def done(request: MemberRequest, uid: str) -> HttpResponse:
    """This will tick a to-do off without a word; who wants to write something down records a contact."""
    _take(request, _mine(request, uid)).settle(by=request.user, at=request.at)
    messages.success(request, _("Done. It stands under “Done today” and can be undone there."))
    return _back(request)


@open_to("counsellor")
@require_POST
def postponed(request: MemberRequest, uid: str) -> HttpResponse:
    """This will move a to-do to tomorrow and so onto one's own desk."""
    tomorrow = timezone.localdate(request.at) + timedelta(days=1)
    _take(request, _mine(request, uid)).postpone(to=tomorrow)
    messages.success(request, _("Moved to tomorrow."))
    return _back(request)


@open_to("counsellor", "front_desk")
@require_POST
def taken(request: MemberRequest, uid: str) -> HttpResponse:
    """This will put a to-do of the common pile on one's own desk."""
    _take(request, _mine(request, uid))
    return _back(request)


@open_to("counsellor", "front_desk")
@require_POST
def reopened(request: MemberRequest, uid: str) -> HttpResponse:
    """This will undo a slip of the finger."""
    _mine(request, uid, state=FollowUpState.DONE).reopen(by=request.user, at=request.at)
    return _back(request)


@open_to("counsellor")
@never_cache
@require_safe
def vacancies(request: MemberRequest) -> HttpResponse:
    """This will list the vacancies that are to be checked again, oldest first."""
    rows = FollowUp.objects.of(request.user).filter(kind=FollowUpKind.VACANCY_RECHECK)
    today = timezone.localdate(request.at)
    waiting = rows.filter(due_on__lte=today).select_related(
        "vacancy__organisation", "vacancy__place", "organisation", "person"
    )
    lines = [line_of(todo, today) for todo in waiting.order_by("due_on", "id")[:AT_ONCE]]
    facts = {"lines": lines, "total": waiting.count(), "results": RecheckResult.choices}
    return render(request, "desk/vacancies.html", facts)


@open_to("counsellor")
@require_POST
def checked(request: MemberRequest, uid: str) -> HttpResponse:
    """This will keep what the employer said about a vacancy: it stands, it is filled, or nobody answered."""
    todo = _mine(request, uid)
    result = request.POST.get("result", "")
    if todo.kind != FollowUpKind.VACANCY_RECHECK or result not in RecheckResult.values:
        raise Http404
    rechecks.record(todo, result, by=request.user, at=request.at)
    messages.success(request, _("Written down."))
    return HttpResponseRedirect(reverse("desk:vacancies"))
