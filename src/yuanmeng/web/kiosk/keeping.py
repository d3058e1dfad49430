"""The star at the machine, for whoever has proved a phone in this visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuanmeng.applications.models import Favourite
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.kiosk.frame import visit_of
from yuanmeng.web.kiosk.visit import at_kiosk
from yuanmeng.web.shared import door

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import HouseRequest


@at_kiosk
@require_POST
def favourite(request: HouseRequest, uid: str) -> HttpResponse:
    """This will keep a vacancy, or no longer; a visit that has ended meanwhile is asked for a phone."""
    seeker = visit_of(request).seeker
    if seeker is None:
        return redirect("kiosk:phone")
    vacancy = Vacancy.objects.exclude(published_at=None).filter(uid=uid).first()
    if vacancy is None:
        raise Http404
    if request.POST.get("on") == "1":
        Favourite.keep(seeker, vacancy, at=request.at)
    else:
        Favourite.take_back(seeker, vacancy)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return HttpResponseRedirect(door.page_before(request) or reverse("kiosk:mine"))
