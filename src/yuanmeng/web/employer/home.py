"""The first page of an employer: what waits for an answer, what stands, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.applications.models import Application
from yuanmeng.applications.models import State as Applied
from yuanmeng.organisations.mandates import agency_lacks
from yuanmeng.organisations.models import RENEWAL_NOTICE
from yuanmeng.organisations.viewer import Role
from yuanmeng.vacancies.models import State, Vacancy
from yuanmeng.web.employer import clients, freshness, graduates, reading
from yuanmeng.web.employer.who import ACTING, for_recruiters, is_agency, posts_for
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.organisations.models import Organisation
    from yuanmeng.web.shared.door import MemberRequest

UNANSWERED = [Applied.SUBMITTED, Applied.SEEN, Applied.SHORTLISTED]


@open_to(Role.RECRUITER, Role.PARTNER)
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """This will show the day: applicants without an answer first, then vacancies and the verification."""
    if not posts_for(request.viewer):
        return graduates.landing(request)
    return _day(request)


@for_recruiters
def _day(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    waiting = Application.objects.handled_by(organisation, on=timezone.localdate(request.at)).filter(
        state__in=UNANSWERED
    )
    newest = waiting.select_related(*reading.BESIDE).order_by("-submitted_at")[:6]
    facts = {
        "organisation": organisation,
        "mine": posts_for(request.viewer),
        "clients": clients.count_of(organisation, request.at),
        "counts": counts_of(organisation),
        "waiting": waiting.count(),
        "newest": reading.lines(newest, request, organisation),
        "held": Vacancy.objects.handled_by(organisation).filter(state=State.RETURNED),
        "stale": freshness.unconfirmed(organisation, request.at)[: freshness.AT_ONCE],
        "stopped": freshness.stopped(organisation, request.at),
        "trust": trust_of(organisation),
    }
    return render(request, "employer/home.html", facts)


def counts_of(organisation: Organisation) -> dict[str, int]:
    """This will count the vacancies of an organisation by state; absent states count 0."""
    rows = Vacancy.objects.handled_by(organisation).values_list("state").annotate(n=Count("pk")).order_by()
    return {str(state): 0 for state in State.values} | dict(rows)


def trust_of(organisation: Organisation) -> dict[str, object]:
    """This will say whether the verification holds, until when, and whether it is time to renew."""
    today, until = timezone.localdate(), organisation.valid_until
    holds = organisation.is_trusted_on(today)
    return {
        "holds": holds, "until": until,
        "soon": bool(holds and until and until - RENEWAL_NOTICE <= today),
        "waits": organisation.state in {"submitted", "under_review"},
        # An agency needs its licence beside the verification; without either it posts for nobody.
        "lacks": agency_lacks(organisation, on=today) if holds and is_agency(organisation) else "",
    }  # fmt: skip


@for_recruiters
@require_POST
def act_for(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will switch to another organisation one recruits for."""
    wanted = request.POST.get("organisation", "")
    if wanted not in {one.uid for one in posts_for(request.viewer)}:
        raise Http404
    request.session[ACTING] = wanted
    return redirect("employer:home")
