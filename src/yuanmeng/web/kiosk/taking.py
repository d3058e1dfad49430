"""Taking vacancies along: a basket at the machine, a code for the phone, and the machine forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.vacancies.baskets import GOOD_FOR, MOST, Basket
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.kiosk.browse import open_vacancy
from yuanmeng.web.kiosk.frame import show, visit_of
from yuanmeng.web.kiosk.visit import at_kiosk
from yuanmeng.web.shared import door, handing_over

if TYPE_CHECKING:
    from yuanmeng.web.kiosk.visit import Visit
    from yuanmeng.web.shared.door import HouseRequest


@at_kiosk
@require_POST
def put(request: HouseRequest, uid: str) -> HttpResponse:
    """This will put a vacancy into the basket of this visit, or take it out again."""
    vacancy, visit = open_vacancy(uid, request), visit_of(request)
    held = [one for one in visit.basket if one != vacancy.uid]
    if request.POST.get("on") == "1" and len(held) < MOST:
        held.append(vacancy.uid)
    elif request.POST.get("on") == "1":
        visit.note(at=request.at, said=_("The basket is full. Please take out what matters less."))
    visit.note(at=request.at, basket=held)
    # What was packed before holds other vacancies.
    visit.take("packed")
    return HttpResponseRedirect(door.page_before(request) or reverse("kiosk:basket"))


@at_kiosk
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HouseRequest) -> HttpResponse:
    """This will show what is taken along; asked to, it makes the code that opens it on a phone."""
    visit = visit_of(request)
    if request.method == "POST":
        _pack(visit, request)
        return redirect("kiosk:basket")
    vacancies = _held(visit, request)
    facts: dict[str, Any] = {"vacancies": vacancies, "minutes": int(GOOD_FOR.total_seconds() // 60)}
    packed = visit.unseal("packed")
    if packed and vacancies:
        address = handing_over.of_basket(packed["token"])
        facts |= {"code": packed["code"], "qr": handing_over.picture(address)}
    return show(request, "basket", facts)


@at_kiosk
@require_safe
def state(request: HouseRequest) -> HttpResponse:
    """This will tell the screen whether the phone has opened the basket."""
    uid = visit_of(request).unseal("packed").get("uid", "")
    row = Basket.objects.filter(uid=uid).first()
    return JsonResponse({"opened": row is not None and row.opened_at is not None})


def _pack(visit: Visit, request: HouseRequest) -> None:
    vacancies = _held(visit, request)
    if not vacancies:
        return
    packed = Basket.pack([vacancy.uid for vacancy in vacancies], at=request.at)
    words = {"uid": packed.basket.uid, "token": packed.token, "code": packed.code}
    visit.seal("packed", words, at=request.at)


def _held(visit: Visit, request: HouseRequest) -> list[Vacancy]:
    held = visit.basket
    rows = Vacancy.objects.open_on(timezone.localdate(request.at)).filter(uid__in=held)
    return sorted(rows.select_related("organisation", "place"), key=lambda row: held.index(row.uid))
