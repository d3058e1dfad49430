"""What somebody took along from a kiosk, opened on their own phone: once, and then in this browser alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yuanmeng.core import limits as counting
from yuanmeng.core.errors import Refused
from yuanmeng.core.limits import Limit
from yuanmeng.vacancies.baskets import GOOD_FOR, Basket
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.shared import door
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import HouseRequest

KEY = "basket"


def _too_many(minutes: int) -> str:
    return ngettext(
        "Too many codes were tried from your connection. Please wait %(n)d minute or scan the code.",
        "Too many codes were tried from your connection. Please wait %(n)d minutes or scan the code.",
        minutes,
    ) % {"n": minutes}


# Somebody mistypes; who tries six digits through finds public adverts, and is stopped all the same.
CODES = Limit("basket_codes", 20, GOOD_FOR, _too_many)


@for_everybody
@never_cache
@require_safe
def open_basket(request: HouseRequest, token: str) -> HttpResponse:
    """This will open the basket of a scanned code and remember its vacancies in this browser."""
    if request.method == "HEAD":  # a preview opens nothing
        return HttpResponse()
    try:
        counting.spend(CODES, door.address_of(request), at=request.at)
        request.session[KEY] = Basket.open(token, at=request.at).vacancies
    except Refused as refusal:
        return _show(request, str(refusal), status=410)
    return redirect("citizen:basket")


@for_everybody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def basket(request: HouseRequest) -> HttpResponse:
    """This will show what was taken along, or take the six digits from the kiosk."""
    if request.method != "POST":
        return _show(request)
    try:
        counting.spend(CODES, door.address_of(request), at=request.at)
        digits = "".join(char for char in request.POST.get("code", "") if char.isdigit())
        if len(digits) != 6:
            raise Refused(_("Please enter the six digits that the kiosk shows."))
        request.session[KEY] = Basket.open(digits, at=request.at).vacancies
    except Refused as refusal:
        return _show(request, str(refusal), status=422)
    return redirect("citizen:basket")


def _show(request: HouseRequest, refused: str = "", status: int = 200) -> HttpResponse:
    held = [] if refused else request.session.get(KEY, [])
    rows = Vacancy.objects.exclude(published_at=None).filter(uid__in=held)
    vacancies = sorted(rows.select_related("organisation", "place"), key=lambda row: held.index(row.uid))
    facts = {
        "items": [(vacancy, None) for vacancy in vacancies],
        "refused": refused,
        "today": timezone.localdate(request.at),
    }
    return render(request, "citizen/basket.html", facts, status=status)
