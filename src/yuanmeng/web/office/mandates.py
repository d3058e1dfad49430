"""Mandates that wait for a second hand: who wants to post for whom, on what, until when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yuanmeng.organisations import mandates
from yuanmeng.organisations.models import Mandate, MandateState
from yuanmeng.vacancies import entrusted
from yuanmeng.web.office.imports import pager
from yuanmeng.web.office.who import REVIEW
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 30
PLACE = "/office/verification/?tab=mandates"


def listed(request: MemberRequest, tabs: Iterable[tuple[str, Any]]) -> HttpResponse:
    """This will list those that wait, oldest first, and those that hold, the next to end first."""
    today = timezone.localdate(request.at)
    waiting = Mandate.objects.waiting().select_related("agency", "client")
    active = Mandate.objects.filter(state=MandateState.ACTIVE).select_related("agency", "client")
    page = Paginator(active.order_by("valid_until", "id"), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "tabs": tabs, "tab": "mandates", "pager": pager(page), "active": page.object_list,
        "waiting": [_shown(row, request, today) for row in waiting], "once": once.new_key(),
    }  # fmt: skip
    return render(request, "office/mandates.html", facts)


def _shown(row: Mandate, request: MemberRequest, today: Any) -> dict[str, Any]:
    return {
        "row": row, "lacks": mandates.agency_lacks(row.agency, on=today),
        "is_known": row.client.is_trusted_on(today), "decides": mandates.decides(request.viewer, row),
    }  # fmt: skip


@open_to(*REVIEW)
@require_POST
def answer(request: MemberRequest, uid: str) -> HttpResponse:
    """This will confirm, refuse or end one mandate."""
    row = Mandate.objects.select_related("agency", "client").filter(uid=uid).first()
    act = ANSWERS.get(request.POST.get("answer", ""))
    if row is None or act is None:
        raise Http404

    def said() -> str:
        messages.success(request, act(request, row))
        return PLACE

    return redirect(once.per_form(request, said))


def _approve(request: MemberRequest, row: Mandate) -> str:
    mandates.approve(row, by=request.viewer, at=request.at)
    return _("Confirmed. The agency can post for this client until the last day.")


def _refuse(request: MemberRequest, row: Mandate) -> str:
    mandates.refuse(row, by=request.viewer, at=request.at, reason=request.POST.get("reason", ""))
    return _("Refused. The agency reads your reason.")


def _end(request: MemberRequest, row: Mandate) -> str:
    entrusted.end(row, by=request.viewer, at=request.at, reason=request.POST.get("reason", ""))
    return _("Ended. What was posted under it is off all screens.")


ANSWERS: dict[str, Callable[[MemberRequest, Mandate], str]] = {
    "approve": _approve, "refuse": _refuse, "end": _end,
}  # fmt: skip
