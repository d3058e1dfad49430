"""Saying who one is at the machine: a phone, a code, and the visit knows. Ending it: nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.applications.models import Application, Favourite
from yuanmeng.core.errors import Refused
from yuanmeng.people import login
from yuanmeng.people.phones import phone_of
from yuanmeng.web.kiosk.forms import CodeForm, PhoneForm
from yuanmeng.web.kiosk.frame import show, visit_of
from yuanmeng.web.kiosk.visit import at_kiosk
from yuanmeng.web.shared import door, signing_in
from yuanmeng.web.shared.context import TEXT_COOKIE

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import HouseRequest

NEWEST = 6

# Every answer to a POST is a redirect: a page that came from a POST could be sent again by going Back.


@at_kiosk
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def phone(request: HouseRequest) -> HttpResponse:
    """This will ask for a phone and send it a code."""
    visit = visit_of(request)
    if request.method == "GET":
        return show(request, "phone", {"form": PhoneForm()})
    given = request.POST.get("phone", "")
    try:
        asked = signing_in.ask_code(request, given)
    except Refused as refusal:
        visit.note(at=request.at, said=str(refusal))
        return redirect("kiosk:phone")
    visit.seal("phone", {"phone": phone_of(given)}, at=request.at)
    visit.note(at=request.at, shown=asked.shown)
    return redirect("kiosk:code")


@at_kiosk
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code(request: HouseRequest) -> HttpResponse:
    """This will take the code; the visit then knows whose phone it is."""
    visit = visit_of(request)
    number = visit.unseal("phone").get("phone")
    if number is None:
        return redirect("kiosk:phone")
    if request.method == "GET":
        return show(request, "code", {"form": CodeForm(), "shown": visit.facts.get("shown")})
    try:
        given = request.POST.get("code", "")
        user = login.by_phone(number, given, session=door.asker(request), at=request.at)
    except Refused as refusal:
        visit.note(at=request.at, said=str(refusal))
        return redirect("kiosk:code")
    visit.take("phone")
    visit.take("shown")
    # A key that was seen before the phone was proved opens nothing afterwards.
    request.session.cycle_key()
    visit.note(at=request.at, user=user.pk)
    return HttpResponseRedirect(visit.take("next") or reverse("kiosk:mine"))


@at_kiosk
@require_safe
def mine(request: HouseRequest) -> HttpResponse:
    """This will show whoever proved a phone what they sent and keep, the name masked: others look over."""
    visit = visit_of(request)
    if visit.user is None:
        return redirect("kiosk:phone")
    sent = Application.objects.filter(seeker=visit.seeker).exclude(seeker=None)
    newest = sent.select_related("vacancy__organisation").order_by("-submitted_at")[:NEWEST]
    kept = Favourite.objects.filter(seeker=visit.seeker).exclude(seeker=None)
    favourites = kept.to_show(timezone.localdate(request.at))[:NEWEST]
    facts = {"person": visit.person, "applications": newest, "favourites": favourites}
    return show(request, "mine", facts)


@at_kiosk
@require_POST
def end(request: HouseRequest) -> HttpResponse:
    """This will wipe the visit: session, cookies, storages. The screen calls it when nobody is there."""
    visit_of(request).end()
    # The screen's own script goes home by itself, in the place of this page.
    by_script = request.headers.get("Accept") == "application/json"
    response = HttpResponse(status=204) if by_script else redirect("kiosk:home")
    for name in (settings.LANGUAGE_COOKIE_NAME, TEXT_COOKIE):
        response.delete_cookie(name, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response
