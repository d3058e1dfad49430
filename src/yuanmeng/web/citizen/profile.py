"""What I can do and want, and my résumé in versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yuanmeng.occupations import classify
from yuanmeng.seekers.models import State
from yuanmeng.web.citizen.forms import ProfileForm, ResumeForm
from yuanmeng.web.citizen.mine import for_me

if TYPE_CHECKING:
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest

_BETWEEN = re.compile(r"[,，、;；\n]+")
_BETWEEN_WORDS = re.compile(r"[,，、;；\s]+")
SAME = (
    "education", "school", "major", "last_job", "years_experience", "wanted_text", "intention",
    "employment_types", "commute_max_minutes",
)  # fmt: skip
MOST_OCCUPATIONS = 3


@for_me
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will change my profile; new suggestions follow within seconds."""
    form = ProfileForm(request.POST or None, initial=_as_form(seeker))
    if request.method == "POST" and form.is_valid():
        seeker.change(by=request.user, at=request.at, **_as_facts(form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("citizen:me")
    return render(request, "citizen/profile.html", {"form": form, "seeker": seeker}, status=_status(request))


@for_me
@require_http_methods(["GET", "POST"])
def resume(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will add a version of my résumé; what was sent earlier stays as it was sent."""
    newest = seeker.resume
    form = ResumeForm(request.POST or None, initial={"text": newest.text if newest else ""})
    if request.method == "POST" and form.is_valid():
        seeker.write_resume(form.cleaned_data["text"].strip(), by=request.user, at=request.at)
        messages.success(request, _("Saved as a new version."))
        return redirect("citizen:me")
    versions = seeker.resumes.order_by("-version")
    return render(
        request, "citizen/resume.html", {"form": form, "versions": versions}, status=_status(request)
    )


@for_me
@require_POST
def looking(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will stop looking for work, or begin again."""
    if seeker.state == State.ACTIVE:
        seeker.withdraw(by=request.user, at=request.at)
        messages.success(request, _("You are off every list. Come back whenever you like."))
    else:
        seeker.come_back(by=request.user, at=request.at)
        messages.success(request, _("Welcome back."))
    return redirect("citizen:me")


def _status(request: MemberRequest) -> int:
    return 200 if request.method == "GET" else 422


def _as_form(seeker: Seeker) -> dict[str, Any]:
    floor = seeker.pay_floor_fen
    return {name: getattr(seeker, name) for name in SAME} | {
        "skills": "、".join(seeker.skills),
        "certificates": "、".join(seeker.certificates),
        "pay_floor_yuan": floor // 100 if floor else None,
    }


def _as_facts(said: dict[str, Any]) -> dict[str, Any]:
    floor = said["pay_floor_yuan"]
    return {name: said[name] for name in SAME} | {
        "education": said["education"] or None,
        "skills": _parts(said["skills"], _BETWEEN_WORDS),
        "certificates": _parts(said["certificates"], _BETWEEN),
        "pay_floor_fen": floor * 100 if floor else None,
        "wanted_occupation_codes": occupations_in(said["wanted_text"]),
    }


def occupations_in(wanted: str) -> list[str]:
    """This will be the occupations meant by "保洁、厨房帮工": at most three, as codes."""
    codes = [classify.occupation_of(part) for part in _parts(wanted, _BETWEEN_WORDS)]
    return list(dict.fromkeys(code for code in codes if code))[:MOST_OCCUPATIONS]


def _parts(text: str, between: re.Pattern[str]) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in between.split(text) if part.strip()))
