"""Recommended for me: each with its reasons, each answerable with "yes" or "not for me because…"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.recommend import door, words
from yuanmeng.recommend.models import Answer, DeclineReason
from yuanmeng.web.citizen.mine import for_me

if TYPE_CHECKING:
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest

FEW, SHOWN_NO = 5, 20


@for_me
@require_safe
def recommendations(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will list what was found for me; with the switch off it says so and shows the newest.

    A short list says which of my own limits keeps others away; what I said no to can be brought back.
    """
    lines = door.suggest_vacancies(seeker, at=request.at)
    personal = any(line.is_personal for line in lines)
    nothing_said = seeker.recommendations_on and door.says_nothing(seeker)
    few = seeker.recommendations_on and not nothing_said and (len(lines) < FEW or not personal)
    facts = {
        "seeker": seeker, "lines": lines, "answer_reasons": DeclineReason.choices, "personal": personal,
        "declined": door.declined(seeker)[:SHOWN_NO], "few": few,
        "leaning": words.leaning(door.leaning_of(seeker, at=request.at)),
        "loosenings": [words.loosening(one) for one in door.why_few(seeker, at=request.at)] if few else [],
        "lessons": door.lessons(seeker, at=request.at) if personal else [],
        "missing": door.missing_fields(seeker, at=request.at, limit=4) if nothing_said else [],
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
    reason = DeclineReason(given) if given in DeclineReason.values else DeclineReason.OTHER
    door.answer(suggestion, Answer.DECLINED, by=request.user, at=request.at, reason=reason)
    messages.success(request, words.after_a_no(reason, suggestion.vacancy.title))
    return redirect("citizen:recommendations")


@for_me
@require_POST
def bring_back(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will take my no back: the list stands as if I had not said it."""
    suggestion = door.declined(seeker).filter(uid=uid).first()
    if suggestion is None:
        raise Http404
    door.bring_back(suggestion, by=request.user, at=request.at)
    messages.success(request, _("Brought back. Your list counts it again."))
    return redirect("citizen:recommendations")
