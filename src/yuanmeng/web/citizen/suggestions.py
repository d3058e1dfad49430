"""Recommended for me: each with its reasons, each answerable with "yes" or "not for me because…"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.web.citizen import fitting
from yuanmeng.web.citizen.mine import for_me

if TYPE_CHECKING:
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest


@for_me
@require_safe
def recommendations(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will list what was found for me; with the switch off, it says so and shows the newest."""
    facts = {"seeker": seeker, "suggestions": fitting.suggestions_for(seeker, at=request.at)}
    return render(request, "citizen/recommendations.html", facts)


@for_me
@require_POST
def answer(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will keep my answer to one suggestion; the next ones follow it."""
    fitting.answer(seeker, uid, request.POST.get("answer", ""), request.POST.get("reason", ""), at=request.at)
    return redirect("citizen:recommendations")
