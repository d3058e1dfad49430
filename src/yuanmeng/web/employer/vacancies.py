"""One's own vacancies: where each stands, and what may be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core import audit
from yuanmeng.core.models import Step
from yuanmeng.core.text import normal
from yuanmeng.vacancies import gate, posting
from yuanmeng.vacancies.models import CloseReason, State, Vacancy, reason_in_words
from yuanmeng.web.employer import clients
from yuanmeng.web.employer.freshness import unconfirmed
from yuanmeng.web.employer.home import UNANSWERED
from yuanmeng.web.employer.paging import pager
from yuanmeng.web.employer.who import for_recruiters, own_vacancy
from yuanmeng.web.shared import limits, saying
from yuanmeng.web.shared.sheets import sheet

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.organisations.models import Organisation
    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 20
GROUPS: dict[str, tuple[Any, tuple[State, ...]]] = {
    "": (pgettext_lazy("vacancies", "All"), tuple(State)),
    "draft": (gettext_lazy("Drafts"), (State.DRAFT, State.RETURNED)),
    "review": (gettext_lazy("In review"), (State.SUBMITTED, State.IN_REVIEW)),
    "published": (gettext_lazy("Published"), (State.PUBLISHED,)),
    "paused": (gettext_lazy("Paused"), (State.PAUSED,)),
    "over": (gettext_lazy("Over"), (State.CLOSED, State.REJECTED, State.ARCHIVED)),
}
PILLS = {
    State.PUBLISHED: "pill--good", State.RETURNED: "pill--bad", State.REJECTED: "pill--bad",
    State.PAUSED: "pill--warn", State.SUBMITTED: "pill--data", State.IN_REVIEW: "pill--data",
}  # fmt: skip


@for_recruiters
@require_safe
def listed(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will list one's own vacancies, newest first, by state and by words of the title."""
    group = request.GET.get("state", "")
    group = group if group in GROUPS else ""
    rows = _with_applicants(_found(organisation, request.GET.get("q", "")).filter(state__in=GROUPS[group][1]))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "organisation": organisation, "rows": page.object_list, "q": request.GET.get("q", ""), "group": group,
        "tabs": _tabs(organisation), "pager": pager(page), "pills": PILLS, "total": page.paginator.count,
    }  # fmt: skip
    return render(request, "employer/vacancies.html", facts)


def _found(organisation: Organisation, words: str) -> QuerySet[Vacancy]:
    rows = Vacancy.objects.handled_by(organisation).select_related("place", "organisation", "agency")
    rows = rows.order_by("-changed_at", "-id")
    return rows.filter(title_normal__contains=normal(words)) if words.strip() else rows


def _with_applicants(rows: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    unanswered = Count("applications", filter=Q(applications__state__in=UNANSWERED))
    return rows.annotate(applied=Count("applications"), unanswered=unanswered)


def _tabs(organisation: Organisation) -> list[tuple[str, Any, int]]:
    """This will be the tabs of the list: key, label, how many."""
    rows = Vacancy.objects.handled_by(organisation).values_list("state")
    counts = dict(rows.annotate(n=Count("pk")).order_by())
    return [
        (key, label, sum(counts.get(str(state), 0) for state in states))
        for key, (label, states) in GROUPS.items()
    ]


@for_recruiters
@require_safe
def export(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will send the list as a file, as it is filtered on the page."""
    group = request.GET.get("state", "")
    states = GROUPS.get(group, GROUPS[""])[1]
    limits.spend(limits.EXPORTS, request)
    rows = list(_with_applicants(_found(organisation, request.GET.get("q", "")).filter(state__in=states)))
    audit.write(
        "export",
        by=request.user,
        at=request.at,
        about=organisation,
        fields="vacancy",
        count=max(1, len(rows)),
    )
    titles = [
        _("Job title"),
        _("State"),
        _("Openings"),
        _("Pay"),
        _("Place"),
        _("Last day to apply"),
        _("Applicants"),
    ]
    lines = [
        (
            row.title,
            row.get_state_display(),
            row.openings,
            saying.pay(row),
            saying.place(row),
            row.valid_until,
            getattr(row, "applied", 0),
        )
        for row in rows
    ]
    return sheet(request.GET.get("as", "xlsx"), f"vacancies-{timezone.localdate()}", titles, lines)


@for_recruiters
@require_safe
def show(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will be one vacancy: where it stands, what may be done, how it came here."""
    vacancy = own_vacancy(organisation, uid)
    open_to_change = vacancy.state in posting.EDITABLE
    found = gate.findings_of(vacancy, on=timezone.localdate()) if open_to_change else []
    counts = vacancy.applications.aggregate(
        applied=Count("pk"), unanswered=Count("pk", filter=Q(state__in=UNANSWERED))
    )
    facts = {
        "organisation": organisation, "vacancy": vacancy, "editable": open_to_change, "counts": counts,
        "pill": PILLS.get(State(vacancy.state), ""), "blocks": gate.blocks(found), "steps": _steps(vacancy),
        "may_pause": vacancy.may_move(State.PAUSED), "may_resume": vacancy.state == State.PAUSED,
        "may_close": vacancy.may_move(State.CLOSED), "is_open": vacancy.is_open_on(timezone.localdate()),
        "is_stale": unconfirmed(organisation, request.at).filter(pk=vacancy.pk).exists(),
        "lacks": clients.lacks(vacancy, at=request.at),
    }  # fmt: skip
    return render(request, "employer/vacancy.html", facts)


def _steps(vacancy: Vacancy) -> list[dict[str, Any]]:
    """The way so far in the words of the states; who reviewed stays inside the house."""
    labels = dict(State.choices)
    return [
        {"label": labels.get(step.new, step.new), "at": step.at, "note": reason_in_words(step.note)}
        for step in Step.of(vacancy)
    ]


@for_recruiters
@require_POST
def pause(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will take it off every surface for a while."""
    own_vacancy(organisation, uid).pause(by=request.user, at=request.at)
    messages.success(request, _("Paused. Nobody sees it until you go on."))
    return redirect("employer:vacancy", uid)


@for_recruiters
@require_POST
def resume(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will put a paused vacancy back, through the gate."""
    own_vacancy(organisation, uid).resume(by=request.user, at=request.at)
    messages.success(request, _("Published again."))
    return redirect("employer:vacancy", uid)


@for_recruiters
@require_POST
def close(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will end it for good: filled, or taken back."""
    filled = request.POST.get("reason") == CloseReason.FILLED
    reason = CloseReason.FILLED if filled else CloseReason.WITHDRAWN
    own_vacancy(organisation, uid).close(reason, by=request.user, at=request.at)
    messages.success(request, _("Closed. Please answer the applicants who still wait."))
    return redirect("employer:vacancy", uid)


@for_recruiters
@require_POST
def copy(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will post the same vacancy anew: a draft to look over."""
    made = posting.copy(own_vacancy(organisation, uid), by=request.user, at=request.at)
    messages.success(request, _("A new draft with the same words. Please set the last day and hand it in."))
    return redirect("employer:edit", made.uid)
