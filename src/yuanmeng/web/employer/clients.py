"""For whom an agency recruits: its clients, the mandates between them, and the client's word about them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from yuanmeng.core.errors import Refused
from yuanmeng.organisations import mandates
from yuanmeng.organisations.models import Mandate, MandateState, Membership, Organisation
from yuanmeng.organisations.models import State as Standing
from yuanmeng.vacancies import entrusted
from yuanmeng.vacancies.models import Source, State, Vacancy
from yuanmeng.web.employer.forms import PapersForm
from yuanmeng.web.employer.papers import keep
from yuanmeng.web.employer.who import for_agencies, for_recruiters, is_agency
from yuanmeng.web.shared import once

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

USUAL_SPAN = timedelta(days=180)
LIVE = [MandateState.PROPOSED, MandateState.ACTIVE]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PILLS = {MandateState.ACTIVE: "pill--good", MandateState.PROPOSED: "pill--data",
         MandateState.REFUSED: "pill--bad", MandateState.EXPIRED: "pill--warn"}  # fmt: skip


class MandateForm(forms.Form):
    """A client, what its mandate rests on, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("Name of the client"), required=False, max_length=120,
        help_text=gettext_lazy("Full name as on the licence"),
    )  # fmt: skip
    uscc = forms.CharField(
        label=gettext_lazy("Unified social credit code"), required=False, max_length=18,
        help_text=gettext_lazy("Needed for an employer we do not know yet"),
    )  # fmt: skip
    evidence = forms.CharField(
        label=gettext_lazy("What the mandate rests on"), max_length=200,
        help_text=gettext_lazy("Number of the contract or letter; bring the paper if the reviewer asks"),
    )  # fmt: skip
    valid_from = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    valid_until = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    once = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)


@for_agencies
@require_http_methods(["GET", "POST"])
def listed(request: MemberRequest, agency: Organisation) -> HttpResponse:
    """This will list the clients with their mandates, and propose a new mandate."""
    if request.method == "GET":
        return _page(request, agency, MandateForm(initial=_start(agency, request)))
    form = MandateForm(request.POST)
    if form.is_valid():
        try:
            return redirect(once.per_form(request, lambda: _proposed(request, agency, form.cleaned_data)))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    return _page(request, agency, form, status=422)


def _proposed(request: MemberRequest, agency: Organisation, said: dict[str, Any]) -> str:
    client = mandates.client_named(said["name"], said["uscc"], by=request.viewer, at=request.at)
    mandates.propose(
        agency, client, evidence=said["evidence"], valid_from=said["valid_from"],
        valid_until=said["valid_until"], by=request.viewer, at=request.at,
    )  # fmt: skip
    messages.success(
        request, _("Handed in. %(client)s or a reviewer confirms the mandate.") % {"client": client.name}
    )
    return "/employer/clients/"


def _start(agency: Organisation, request: MemberRequest) -> dict[str, Any]:
    """Half a year from today; for a renewal, the same client and evidence from the day after the last."""
    today = timezone.localdate(request.at)
    old = Mandate.objects.filter(agency=agency, uid=request.GET.get("renew", "")).first()
    start: dict[str, Any] = {"once": once.new_key(), "valid_from": today, "valid_until": today + USUAL_SPAN}
    if old is None:
        return start
    first = max(today, old.valid_until + timedelta(days=1)) if old.state == MandateState.ACTIVE else today
    return start | {
        "name": old.client.name, "uscc": old.client.uscc, "evidence": old.evidence, "valid_from": first,
        "valid_until": first + USUAL_SPAN,
    }  # fmt: skip


def _page(
    request: MemberRequest, agency: Organisation, form: MandateForm, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate(request.at)
    rows = list(_of(agency))
    facts = {
        "organisation": agency, "form": form, "pills": PILLS,
        "live": [_shown(row, today) for row in rows if row.state in LIVE],
        "over": [_shown(row, today) for row in rows if row.state not in LIVE],
        "lacks": mandates.agency_lacks(agency, on=today),
    }  # fmt: skip
    return render(request, "employer/clients.html", facts, status=status)


def _of(agency: Organisation) -> QuerySet[Mandate]:
    """Its mandates, newest first, each with the number of vacancies that are out for the client."""
    out = Vacancy.objects.filter(
        agency=agency, organisation=OuterRef("client"), state=State.PUBLISHED
    ).order_by()
    counted = out.values("organisation").annotate(n=Count("pk")).values("n")
    rows = Mandate.objects.filter(agency=agency).select_related("client")
    return rows.annotate(out=Subquery(counted)).order_by("-proposed_at", "-id")


def _shown(row: Mandate, today: Any) -> dict[str, Any]:
    return {
        "row": row, "pill": PILLS.get(MandateState(row.state), ""), "holds": row.holds_on(today),
        "is_known": row.client.is_trusted_on(today), "lacks_papers": _lacks_papers(row.client),
    }  # fmt: skip


@for_agencies
@require_http_methods(["GET", "POST"])
def papers(request: MemberRequest, agency: Organisation, uid: str) -> HttpResponse:
    """This will hand in the papers of a client nobody has verified; the law has the agency ask for them."""
    row = Mandate.objects.filter(agency=agency, uid=uid, state__in=LIVE).select_related("client").first()
    if row is None or not _lacks_papers(row.client):
        raise Http404
    form = PapersForm(request.POST or None, organisation=row.client, initial={"uscc": row.client.uscc})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            keep(row.client, form, by=request.user, at=request.at)
            row.client.submit(by=request.user, at=request.at)
        messages.success(request, _("Handed in. A reviewer looks at the papers of your client."))
        return redirect("employer:clients")
    facts = {"client": row.client, "form": form}
    return render(request, "employer/client_papers.html", facts, status=422 if form.errors else 200)


def _lacks_papers(client: Organisation) -> bool:
    """Never verified, and nobody of its own here: whoever has an account hands in the own papers."""
    if client.verified_at is not None or not client.may_move(Standing.SUBMITTED):
        return False
    return not Membership.objects.live_on(timezone.localdate()).filter(organisation=client).exists()


@for_agencies
@require_POST
def end(request: MemberRequest, agency: Organisation, uid: str) -> HttpResponse:
    """This will end a mandate, or take back one that waits; what was posted under it pauses."""
    row = Mandate.objects.filter(agency=agency, uid=uid).select_related("agency", "client").first()
    if row is None:
        raise Http404
    entrusted.end(row, by=request.viewer, at=request.at)
    messages.success(request, _("Ended. What you posted for this client is off all screens."))
    return redirect("employer:clients")


@for_recruiters
@require_POST
def answer(request: MemberRequest, organisation: Organisation, uid: str) -> HttpResponse:
    """This will take the client's word: confirm, refuse or end what an agency does for it."""
    row = Mandate.objects.filter(client=organisation, uid=uid).select_related("agency", "client").first()
    said = request.POST.get("answer", "")
    if row is None or said not in {"approve", "refuse", "end"}:
        raise Http404
    if said == "approve":
        mandates.approve(row, by=request.viewer, at=request.at)
        messages.success(request, _("Confirmed. The agency can post for you until the last day."))
    elif said == "refuse":
        mandates.refuse(row, by=request.viewer, at=request.at, reason=request.POST.get("reason", ""))
        messages.success(request, _("Refused. The agency reads your reason."))
    else:
        entrusted.end(row, by=request.viewer, at=request.at, reason=request.POST.get("reason", ""))
        messages.success(request, _("Ended. What the agency posted for you is off all screens."))
    return redirect("employer:organisation")


def given_by(organisation: Organisation) -> QuerySet[Mandate]:
    """This will be the mandates an employer is asked about or has given, those that wait first."""
    rows = Mandate.objects.filter(client=organisation, state__in=LIVE).select_related("agency")
    return rows.order_by("-state", "valid_until", "id")


def count_of(organisation: Organisation, at: datetime) -> int | None:
    """This will count the clients of an agency whose mandate holds; None for an employer."""
    if not is_agency(organisation):
        return None
    held = Mandate.objects.active_on(timezone.localdate(at)).filter(agency=organisation)
    return held.values("client").distinct().count()


def begun(organisation: Organisation, client: str, *, at: datetime) -> Vacancy | None:
    """This will be a new, unsaved vacancy: an employer's own, or an agency's for a client.

    None where an agency has not said for whom, or has no mandate of theirs that holds or waits.
    """
    if not is_agency(organisation):
        return Vacancy(organisation=organisation, made_at=at)
    live = Q(mandates_given__agency=organisation, mandates_given__state__in=LIVE)
    found = Organisation.objects.filter(live, uid=client).select_related("place").first()
    if found is None:
        return None
    return Vacancy(organisation=found, agency=organisation, source=Source.ENTRUSTED, made_at=at)


def lacks(vacancy: Vacancy, *, at: datetime) -> str:
    """This will say what an agency still needs for this posting, and what to do; "" when nothing."""
    if vacancy.agency is None:
        return ""
    today = timezone.localdate(at)
    return mandates.agency_lacks(vacancy.agency, on=today) or mandates.mandate_lacks(
        vacancy.agency, vacancy.organisation, on=today
    )
