"""Recommended for me: each with its reasons, each answerable with "yes" or "not for me because…"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.recommend import door
from yuanmeng.recommend.models import Answer, DeclineReason
from yuanmeng.web.citizen.mine import for_me

if TYPE_CHECKING:
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest


@for_me
@require_safe
def recommendations(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will list what was found for me; with the switch off it says so and shows the newest."""
    facts = {
        "seeker": seeker, "lines": door.suggest_vacancies(seeker, at=request.at),
        "answer_reasons": DeclineReason.choices,
    }  # fmt: skip
    return render(request, "citizen/recommendations.html", facts)


@for_me
@require_POST
def answer(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will keep my answer to one suggestion: yes leads on to applying, no says why."""
    suggestion = seeker.suggestions.select_related("vacancy").filter(uid=uid).first()
    if suggestion is None:
        raise Http404
    if request.POST.get("answer") == Answer.AGREED:
        door.answer(suggestion, Answer.AGREED, by=request.user, at=request.at)
        return redirect("citizen:apply", suggestion.vacancy.uid)
    given = request.POST.get("reason", "")
    reason = given if given in DeclineReason.values else DeclineReason.OTHER
    door.answer(suggestion, Answer.DECLINED, by=request.user, at=request.at, reason=reason)
    messages.success(request, _("Thank you. It will not be shown to you again."))
    return redirect("citizen:recommendations")
