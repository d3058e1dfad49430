"""Whether a vacancy still stands: asked after 30 days of silence, answered with one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from yuanmeng.vacancies.models import ASK_AFTER, PAUSE_AFTER, State, Vacancy
from yuanmeng.web.employer.who import for_recruiters
from yuanmeng.web.shared import door

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from yuanmeng.organisations.models import Organisation
    from yuanmeng.vacancies.models import VacancyQuerySet
    from yuanmeng.web.shared.door import MemberRequest

AT_ONCE = 20


def unconfirmed(organisation: Organisation, at: datetime) -> VacancyQuerySet:
    """This will be the open vacancies whose employer is to say again that they stand, oldest word first."""
    rows = Vacancy.objects.handled_by(organisation).open_on(timezone.localdate(at))
    return rows.unconfirmed_since(at - ASK_AFTER).order_by("verified_at", "id")


def stopped(organisation: Organisation, at: datetime) -> VacancyQuerySet:
    """This will be what is paused and what nobody has said for 90 days that it stands."""
    rows = Vacancy.objects.handled_by(organisation).filter(state=State.PAUSED)
    return rows.unconfirmed_since(at - PAUSE_AFTER).order_by("title", "id")


@for_recruiters
@require_POST
def confirm(request: MemberRequest, organisation: Organisation) -> HttpResponse:
    """This will take the employer's word that the named vacancies still stand: one tap for one or for all."""
    named = Vacancy.objects.handled_by(organisation).filter(
        uid__in=request.POST.getlist("vacancy"), state__in=[State.PUBLISHED, State.PAUSED]
    )
    rows = list(named)
    if not rows:
        raise Http404
    for row in rows:
        row.confirm(by=request.user, at=request.at)
    said = ngettext("Thank you. %(n)d vacancy stands.", "Thank you. %(n)d vacancies stand.", len(rows))
    messages.success(request, said % {"n": len(rows)})
    return redirect(door.next_path(request, reverse("employer:home")))
