"""The employer's own page: what the public reads, the papers, where the verification stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.organisations.models import Credential, Organisation, State
from yuanmeng.web.employer import clients
from yuanmeng.web.employer.forms import OrganisationForm, PapersForm
from yuanmeng.web.employer.home import trust_of
from yuanmeng.web.employer.papers import keep
from yuanmeng.web.employer.who import for_recruiters

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PAPERS = {Credential.Paper.BUSINESS_LICENCE, Credential.Paper.AGENT_ID, Credential.Paper.MANDATE,
          Credential.Paper.RECRUITMENT_BRIEF}  # fmt: skip


@for_recruiters
@require_http_methods(["GET", "POST"])
def show(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will show and change what the public reads about the organisation."""
    form = OrganisationForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            for name, value in form.cleaned_data.items():
                setattr(organisation, name, value)
            organisation.save(update_fields=[*form.cleaned_data, "name_normal"])
            organisation.tell_changed(by=request.user, at=request.at)
        messages.success(request, _("Saved."))
        return redirect("employer:organisation")
    return _page(request, organisation, form=form, status=200 if request.method == "GET" else 422)


@for_recruiters
@require_POST
def papers(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will keep the numbers and dates of the papers."""
    form = PapersForm(request.POST, organisation=organisation)
    if not form.is_valid():
        return _page(request, organisation, papers_form=form, status=422)
    keep(organisation, form, by=request.user, at=request.at)
    messages.success(request, _("Papers kept. Now hand them in for verification."))
    return redirect("employer:organisation")


@for_recruiters
@require_POST
def submit(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will hand the papers in for verification; it holds for six months at most."""
    given = set(organisation.credentials.values_list("paper", flat=True))
    if PAPERS - given:
        raise Refused(_("Some papers are still missing. Please fill them in first."))
    organisation.submit(by=request.user, at=request.at)
    messages.success(request, _("Handed in. A reviewer of the sub-district looks at your papers."))
    return redirect("employer:organisation")


def _page(
    request: MemberRequest, organisation: Organisation, *, form: OrganisationForm | None = None,
    papers_form: PapersForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    held = {row.paper: row for row in organisation.credentials.all()}
    returned = (
        Step.of(organisation).filter(new=State.RETURNED).last()
        if organisation.state == State.RETURNED
        else None
    )
    facts = {
        "organisation": organisation, "form": form or OrganisationForm(organisation=organisation),
        "papers_form": papers_form
        or PapersForm(initial=_start(organisation, held), organisation=organisation),
        "held": list(held.values()), "complete": set(held) >= PAPERS, "trust": trust_of(organisation),
        "mandates": clients.given_by(organisation), "returned": returned,
        "may_submit": organisation.may_move(State.SUBMITTED),
    }  # fmt: skip
    return render(request, "employer/organisation.html", facts, status=status)


def _start(organisation: Organisation, held: dict[str, Credential]) -> dict[str, object]:
    paper = Credential.Paper
    names = {
        "agent": paper.AGENT_ID,
        "mandate": paper.MANDATE,
        "brief": paper.RECRUITMENT_BRIEF,
        "hr_licence": paper.HR_LICENCE,
    }
    start: dict[str, object] = {name: held[kind].number for name, kind in names.items() if kind in held}
    licence, hr = held.get(paper.BUSINESS_LICENCE), held.get(paper.HR_LICENCE)
    start |= {"uscc": organisation.uscc, "licence_until": licence.valid_until if licence else None}
    # The licence on the register stands until the agency writes another one.
    known: dict[str, object] = {
        "hr_licence": organisation.licence_no, "hr_scope": organisation.licence_scope,
        "hr_until": organisation.licence_until,
    }  # fmt: skip
    return known | start | ({"hr_scope": hr.scope, "hr_until": hr.valid_until} if hr else {})
