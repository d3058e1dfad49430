"""Applying at the machine: the shared story, with the words it needs and a slip at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from yuanmeng.applications.models import Application, Via
from yuanmeng.core.errors import Refused
from yuanmeng.web.kiosk.browse import open_vacancy
from yuanmeng.web.kiosk.forms import KioskApplyForm
from yuanmeng.web.kiosk.frame import show, visit_of
from yuanmeng.web.kiosk.visit import at_kiosk
from yuanmeng.web.shared import applying, consenting, once, receipt

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.web.kiosk.visit import Visit
    from yuanmeng.web.shared.door import HouseRequest


@at_kiosk
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def apply(request: HouseRequest, uid: str) -> HttpResponse:
    """This will take an application from whoever proved a phone; the others prove one first."""
    vacancy, visit = open_vacancy(uid, request), visit_of(request)
    if visit.user is None:
        visit.note(at=request.at, next=reverse("kiosk:apply", args=[uid]))
        return redirect("kiosk:phone")
    if request.method == "POST":
        return _submit(request, vacancy, visit)
    form = _form(request, visit)
    facts = {"vacancy": vacancy, "form": form, "sheet": consenting.sheet_for(vacancy), "person": visit.person}
    return show(request, "apply", facts)


@at_kiosk
@require_safe
def done(request: HouseRequest) -> HttpResponse:
    """This will thank, name the number of the application and say what happens next."""
    visit = visit_of(request)
    row = Application.objects.filter(uid=visit.facts.get("sent", ""), seeker=visit.seeker).first()
    if row is None:
        return redirect("kiosk:home")
    return show(request, "done", receipt.facts(row, at=request.at) | {"paper": settings.KIOSK_PAPER})


def _submit(request: HouseRequest, vacancy: Vacancy, visit: Visit) -> HttpResponse:
    form = _form(request, visit)
    if not form.is_valid():
        return _again(request, visit, _("Please fill in every field and tick the box."))
    try:
        return HttpResponseRedirect(once.per_form(request, lambda: _send(request, vacancy, visit, form)))
    except Refused as refusal:
        return _again(request, visit, str(refusal))


def _send(request: HouseRequest, vacancy: Vacancy, visit: Visit, form: KioskApplyForm) -> str:
    user, person, seeker = visit.user, visit.person, visit.seeker
    assert user is not None
    applicant = form.applicant(
        name=person.name if person else "",
        birth_year=(person.birth_year or 0) if person else 0,
        education=(seeker.education or 0) if seeker else 0,
    )
    row = applying.apply(
        vacancy, applicant, user=user, via=Via.KIOSK, at=request.at, evidence="box ticked at the kiosk"
    )
    visit.note(at=request.at, sent=row.uid)
    visit.take("typed")
    return reverse("kiosk:done")


def _again(request: HouseRequest, visit: Visit, sentence: str) -> HttpResponse:
    """Back to the form by GET, what was typed still in it."""
    typed = {name: request.POST.get(name, "") for name in ("name", "birth_year", "education")}
    visit.seal("typed", typed, at=request.at)
    visit.note(at=request.at, said=sentence)
    return HttpResponseRedirect(request.path)


def _form(request: HouseRequest, visit: Visit) -> KioskApplyForm:
    seeker = visit.seeker
    return KioskApplyForm(
        request.POST if request.method == "POST" else None,
        initial=visit.unseal("typed"),
        known=visit.person is not None,
        education=seeker.education if seeker else None,
        this_year=timezone.localdate(request.at).year,
    )
