"""Applying for one vacancy on one page: who I am, a code on my phone, a consent of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yuanmeng.applications.models import AlreadyApplied, Via
from yuanmeng.core.errors import Refused
from yuanmeng.people.codes import AskedTooOften, CodeRefused
from yuanmeng.people.phones import BadPhone
from yuanmeng.web.citizen import browse, fitting
from yuanmeng.web.citizen.forms import ApplyForm
from yuanmeng.web.shared import applying, consenting, door, limits, once, signing_in
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.web.shared.door import HouseRequest


@for_everybody
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def apply(request: HouseRequest, uid: str) -> HttpResponse:
    """This will take an application; a second tap gets the first one's thank-you page."""
    vacancy = browse.shown_vacancy(uid)
    if not vacancy.is_open_on(timezone.localdate(request.at)):
        return redirect("citizen:vacancy", uid)
    if request.method == "GET":
        return _show(request, vacancy, _form(request))
    if "send_code" in request.POST:
        return _send_code(request, vacancy)
    return _submit(request, vacancy)


def _form(request: HouseRequest) -> ApplyForm:
    logged_in = request.user.is_authenticated and bool(request.user.phone)
    return ApplyForm(
        request.POST or None, seeker=fitting.seeker_of(request.viewer), logged_in=logged_in,
        initial={"via": browse.via_of(request)},
    )  # fmt: skip


def _send_code(request: HouseRequest, vacancy: Vacancy) -> HttpResponse:
    """Send the code and show the page again, everything typed still there and nothing complained of."""
    typed = {
        name: request.POST[name] for name in request.POST if name not in {"csrfmiddlewaretoken", "send_code"}
    }
    form = ApplyForm(initial=typed, seeker=fitting.seeker_of(request.viewer), logged_in=False)
    try:
        asked = signing_in.ask_code(request, typed.get("phone", ""))
    except (BadPhone, AskedTooOften) as refusal:
        return _show(request, vacancy, form, phone_error=str(refusal), status=422)
    return _show(request, vacancy, form, sent=True, shown=asked.shown)


def _submit(request: HouseRequest, vacancy: Vacancy) -> HttpResponse:
    form = _form(request)
    if not form.is_valid():
        return _show(request, vacancy, form, status=422)
    try:
        return HttpResponseRedirect(
            once.per_form(request, lambda: _send(request, vacancy, form), first=lambda: _prove(request, form))
        )
    except CodeRefused as refusal:
        form.add_error("code", str(refusal))
    except AlreadyApplied as already:
        return _to_the_first(request, already)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return limits.waiting(_show(request, vacancy, form, status=422), refusal)
    return _show(request, vacancy, form, status=422)


def _prove(request: HouseRequest, form: ApplyForm) -> None:
    """Log in whoever is not, by the code on the phone. It is used up even if the rest is refused."""
    if "code" in form.fields:
        signing_in.by_phone(request, form.cleaned_data["phone"], form.cleaned_data["code"])


def _send(request: HouseRequest, vacancy: Vacancy, form: ApplyForm) -> str:
    applicant = form.applicant(fitting.seeker_of(request.viewer))
    row = applying.apply(
        vacancy,
        applicant,
        user=door.user_of(request),
        via=_via(form),
        at=request.at,
        evidence="consent box ticked",
    )
    return reverse("citizen:application", args=[row.uid]) + "?thanks=1"


def _via(form: ApplyForm) -> str:
    via = form.cleaned_data["via"]
    return via if via in browse.VIAS else Via.PHONE_WEB


def _to_the_first(request: HouseRequest, already: AlreadyApplied) -> HttpResponse:
    messages.info(request, str(already))
    if already.application is None:
        return redirect("citizen:applications")
    return redirect("citizen:application", already.application.uid)


def _show(
    request: HouseRequest, vacancy: Vacancy, form: ApplyForm, *, status: int = 200, sent: bool = False,
    shown: str | None = None, phone_error: str = "",
) -> HttpResponse:  # fmt: skip
    facts = {
        "vacancy": vacancy, "form": form, "sheet": consenting.sheet_for(vacancy),
        "sent": sent, "shown": shown, "phone_error": phone_error, "person": request.viewer.person,
        "button": _("Send another code") if sent else _("Send me a code"),
    }  # fmt: skip
    return render(request, "citizen/apply.html", facts, status=status)
