"""What I keep for later: a star beside every vacancy, a page of my own, and taken back with one tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from yuanmeng.applications.models import Favourite
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.citizen import browse
from yuanmeng.web.citizen.mine import for_me
from yuanmeng.web.shared import door

if TYPE_CHECKING:
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest


@for_me
@require_safe
def favourites(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will list what I keep, newest first; what was just taken out can be put back."""
    rows = Favourite.objects.filter(seeker=seeker).to_show(timezone.localdate(request.at))
    gone = Vacancy.objects.exclude(published_at=None).filter(uid=request.GET.get("gone", "")).first()
    return render(request, "citizen/favourites.html", {"mine": rows, "gone": gone})


@for_me
@require_http_methods(["GET", "POST"])
def favourite(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will keep a vacancy, or keep it no longer. Who had to log in first comes back to its page."""
    vacancy = browse.shown_vacancy(uid)
    if request.method == "GET":
        return redirect("citizen:vacancy", uid)
    if request.POST.get("on") == "1":
        Favourite.keep(seeker, vacancy, at=request.at)
    else:
        Favourite.take_back(seeker, vacancy)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(status=204)
    return HttpResponseRedirect(_back(request, uid))


def _back(request: MemberRequest, uid: str) -> str:
    before = door.page_before(request) or reverse("citizen:vacancy", args=[uid])
    listed = reverse("citizen:favourites")
    if before.partition("?")[0] != listed:
        return before
    return listed if request.POST.get("on") == "1" else f"{listed}?gone={uid}"
