"""Who applied: what they sent, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yuanmeng.applications.models import OPEN_STATES, Application, State
from yuanmeng.core import audit
from yuanmeng.core.models import Step
from yuanmeng.occupations import education
from yuanmeng.web.employer import reading
from yuanmeng.web.employer.forms import DeclineForm, InviteForm
from yuanmeng.web.employer.home import UNANSWERED
from yuanmeng.web.employer.paging import pager
from yuanmeng.web.employer.who import for_recruiters, own_vacancy
from yuanmeng.web.shared import limits
from yuanmeng.web.shared.sheets import sheet

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.organisations.models import Organisation
    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 20
MEETING = [State.INVITED, State.INTERVIEWED, State.OFFERED]
GROUPS: dict[str, tuple[Any, list[Any]]] = {
    "waiting": (gettext_lazy("To answer"), UNANSWERED),
    "meeting": (gettext_lazy("Interview and offer"), MEETING),
    "hired": (gettext_lazy("Hired"), [State.HIRED]),
    "over": (
        gettext_lazy("Over"),
        [s for s in State if s not in OPEN_STATES and s not in {State.HIRED, State.WITHDRAWN}],
    ),
}  # fmt: skip
PILLS = {
    State.SUBMITTED: "pill--accent", State.INVITED: "pill--data", State.INTERVIEWED: "pill--data",
    State.OFFERED: "pill--data", State.HIRED: "pill--good", State.SHORTLISTED: "pill--good",
}  # fmt: skip


@for_recruiters
@require_safe
def listed(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will list the applicants, of one vacancy or of all, those without an answer first."""
    group = request.GET.get("state", "waiting")
    group = group if group in GROUPS else "waiting"
    vacancy = own_vacancy(organisation, request.GET["vacancy"]) if request.GET.get("vacancy") else None
    all_rows = _found(request, organisation)
    rows = all_rows.filter(state__in=GROUPS[group][1])
    page = Paginator(
        rows.order_by("submitted_at" if group == "waiting" else "-submitted_at"), PER_PAGE
    ).get_page(request.GET.get("page"))
    facts = {
        "lines": reading.lines(page.object_list, request, organisation), "vacancy": vacancy, "group": group,
        "tabs": _tabs(all_rows), "pager": pager(page), "pills": PILLS, "q": request.GET.get("q", ""),
    }  # fmt: skip
    return render(request, "employer/applicants.html", facts)


def _found(request: MemberRequest, organisation: Organisation) -> QuerySet[Application]:
    rows = reading.readable(organisation, request.at).select_related(*reading.BESIDE)
    if request.GET.get("vacancy"):
        rows = rows.filter(vacancy__uid=request.GET["vacancy"])
    words = request.GET.get("q", "").strip()
    return rows.filter(Q(number__contains=words) | Q(vacancy__title__contains=words)) if words else rows


def _tabs(rows: QuerySet[Application]) -> list[tuple[str, Any, int]]:
    states = list(rows.order_by().values_list("state", flat=True))
    return [(key, label, sum(state in group for state in states)) for key, (label, group) in GROUPS.items()]


@for_recruiters
@require_safe
def show(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will open one application: what was sent with consent, and how to answer. Opening it is noted."""
    row = own_application(request, organisation, uid)
    row.see(by=request.user, at=request.at)
    seen = reading.seen_of(row, organisation)
    audit.write("read", by=request.user, at=request.at, about=row, fields=",".join(sorted(seen))[:200])
    facts = {
        "row": row, "seen": seen, "sent": _sent(seen), "pill": PILLS.get(State(row.state), ""),
        "steps": _steps(row),
        "acts": [name for name, state in TO.items() if row.may_move(state)],
        "invite": _invite_form(request, row), "decline": _decline_form(row),
    }  # fmt: skip
    return render(request, "employer/applicant.html", facts)


TO = {
    "shortlist": State.SHORTLISTED, "interview": State.INTERVIEWED, "offer": State.OFFERED,
    "hire": State.HIRED, "miss": State.MISSED,
}  # fmt: skip


def own_application(request: MemberRequest, organisation: Organisation, uid: str) -> Application:
    """This will be an application to one's own vacancy that one may still see."""
    rows = reading.readable(organisation, request.at).select_related(*reading.BESIDE, "vacancy__place")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _invite_form(request: MemberRequest, row: Application) -> InviteForm | None:
    place = row.vacancy.place.address if row.vacancy.place else ""
    return InviteForm(initial={"meeting_place": place}) if row.may_move(State.INVITED) else None


def _decline_form(row: Application) -> DeclineForm | None:
    return DeclineForm() if row.may_move(State.DECLINED) else None


def _sent(seen: dict[str, Any]) -> list[tuple[str, str]]:
    """What was sent, as label and value; empty fields are left out."""
    comma = "、"
    values = [
        (_("Age"), reading.band_of(seen.get("birth_year"))),
        (_("Education"), education.label(seen["education"]) if seen.get("education") else ""),
        (_("School"), seen.get("school")), (_("Major"), seen.get("major")),
        (_("Skills"), comma.join(seen.get("skills") or [])), (_("Last job"), seen.get("last_job")),
        (_("Years of work"), seen.get("years_experience")),
    ]  # fmt: skip
    return [(label, str(value)) for label, value in values if value not in (None, "")]


def _steps(row: Application) -> list[dict[str, Any]]:
    labels = dict(State.choices)
    return [{"label": labels.get(step.new, step.new), "at": step.at} for step in Step.of(row)]


@for_recruiters
@require_safe
def export(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will send the list as a file: what the list shows and no more."""
    group = request.GET.get("state", "waiting")
    rows = _found(request, organisation).filter(state__in=GROUPS.get(group, GROUPS["waiting"])[1])
    limits.spend(limits.EXPORTS, request)
    limits.mind_the_size(request, rows.count(), fields="application")
    lines = reading.lines(rows.order_by("submitted_at"), request, organisation)
    audit.write(
        "export",
        by=request.user,
        at=request.at,
        about=organisation,
        fields="application",
        count=max(1, len(lines)),
    )
    titles = [_("Number"), _("Name"), _("Job title"), _("State"), _("Sent on"), _("Phone"), _("Facts")]
    table = [
        (one.row.number, one.name, one.row.vacancy.title, one.row.get_state_display(),
         f"{timezone.localtime(one.row.submitted_at):%Y-%m-%d %H:%M}", one.phone, " · ".join(one.facts))
        for one in lines
    ]  # fmt: skip
    return sheet(request.GET.get("as", "xlsx"), f"applicants-{timezone.localdate()}", titles, table)
