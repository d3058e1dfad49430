"""My page: where everything of mine stands, and what I can do about it."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.applications.models import OPEN_STATES, Application, Referral
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.web.citizen import fitting
from yuanmeng.web.citizen.forms import StartForm
from yuanmeng.web.shared import applying, claiming, consenting, receipt
from yuanmeng.web.shared.applying import Applicant
from yuanmeng.web.shared.rights import for_seekers

if TYPE_CHECKING:
    from collections.abc import Callable

    from yuanmeng.seekers.models import Seeker
    from yuanmeng.web.shared.door import MemberRequest

    View = Callable[..., HttpResponse]


def for_me(view: View) -> View:
    """This will give a view the seeker who is logged in; whoever has no file yet is asked to start one."""

    @wraps(view)
    def known(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seeker = fitting.seeker_of(request.viewer)
        return view(request, seeker, *args, **kwargs) if seeker is not None else redirect("citizen:start")

    return for_seekers(known)


@for_me
@require_safe
def overview(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will be the first page after log-in: what waits for me, then everything else."""
    mine = seeker.applications.select_related("vacancy__organisation", "vacancy__place")
    facts = {
        "seeker": seeker, "resume": seeker.resume, "latest": mine.order_by("-submitted_at")[:3],
        "asked": seeker.referrals.waiting().select_related("vacancy__organisation", "vacancy__place"),
        "open_count": mine.still_open().count(), "missing": missing_of(seeker),
    }  # fmt: skip
    return render(request, "citizen/me.html", facts)


def missing_of(seeker: Seeker) -> list[str]:
    """This will name what would make suggestions better, most useful first."""
    asked = [
        (seeker.wanted_text or seeker.wanted_occupation_codes, _("which work you want")),
        (seeker.skills, _("what you can do")),
        (seeker.pay_floor_fen, _("the lowest pay you would take")),
        (seeker.commute_max_minutes, _("how long the way may be")),
        (seeker.resume, _("a résumé")),
    ]
    return [words for known, words in asked if not known]


@for_seekers
@require_http_methods(["GET", "POST"])
def start(request: MemberRequest) -> HttpResponse:
    """This will open a file for somebody who logged in for the first time, or find the one that waits."""
    if fitting.seeker_of(request.viewer) is not None:
        return redirect("citizen:me")
    if not request.user.phone:
        # Staff accounts carry no phone: looking for work is another account of the same person.
        return redirect("shared:phone_login")
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _start(request, form.cleaned_data)
            return redirect("citizen:me")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    facts = {"form": form, "may_claim": claiming.may_claim(request.user)}
    return render(request, "citizen/start.html", facts, status=200 if request.method == "GET" else 422)


def _start(request: MemberRequest, said: dict[str, Any]) -> None:
    if said["known"] and request.user.person is None:
        claiming.claim(request.user, said["name"], said["birth_year"], at=request.at)
    applicant = Applicant(said["name"], said["birth_year"], said["education"])
    applying.seeker_of(request.user, applicant, channel="phone_web", at=request.at)


@for_me
@require_safe
def applications(request: MemberRequest, seeker: Seeker) -> HttpResponse:
    """This will list my applications, those that are open first."""
    rows = seeker.applications.select_related("vacancy__organisation").order_by("-submitted_at")
    mine = sorted(rows, key=lambda row: row.state not in OPEN_STATES)
    return render(request, "citizen/applications.html", {"mine": mine})


@for_me
@require_safe
def application(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will be one application: where it stands, what was sent to whom, how to take it back."""
    row = _own(seeker, uid)
    facts = {
        "application": row, "steps": named_steps(row), "is_open": row.state in OPEN_STATES,
        "thanks": "thanks" in request.GET, "snapshot": shown_snapshot(row),
    }  # fmt: skip
    return render(request, "citizen/application.html", facts)


@for_me
@require_safe
def receipt_pdf(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will be the receipt to keep or to print."""
    return receipt.answer(_own(seeker, uid), at=request.at)


@for_me
@require_POST
def withdraw(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will take an application back; the employer loses sight of what was sent."""
    _own(seeker, uid).withdraw(by=request.user, at=request.at)
    messages.success(request, _("Taken back. The employer can no longer see your data."))
    return redirect("citizen:application", uid)


@for_me
@require_POST
def answer_referral(request: MemberRequest, seeker: Seeker, uid: str) -> HttpResponse:
    """This will answer a counsellor's proposal: yes sends it, no asks nothing further."""
    referral = Referral.objects.select_related("vacancy__organisation").filter(seeker=seeker, uid=uid).first()
    if referral is None:
        raise Http404
    if request.POST.get("answer") == "yes":
        _agree(request, referral)
    else:
        referral.decline(by=request.user, at=request.at, reason=request.POST.get("reason", "")[:80])
        messages.success(request, _("All right. Your counsellor will look for something else."))
    return redirect("citizen:me")


def _agree(request: MemberRequest, referral: Referral) -> None:
    referral.agree(by=request.user, at=request.at)
    sheet = consenting.sheet_for(referral.vacancy)
    referral.send(
        by=referral.officer, at=request.at, consent_text=sheet.text, consent_version=consenting.VERSION,
        evidence="agreed on own page",
    )  # fmt: skip
    messages.success(request, _("Sent. You will find it among your applications."))


def _own(seeker: Seeker, uid: str) -> Application:
    """Somebody else's application does not exist."""
    rows = Application.objects.select_related("vacancy__organisation", "vacancy__place", "consent", "resume")
    row = rows.filter(seeker=seeker, uid=uid).first()
    if row is None:
        raise Http404
    return row


def named_steps(row: Application) -> list[dict[str, Any]]:
    """This will be the way so far, in the words of the states, oldest first."""
    labels = dict(Application._meta.get_field("state").choices or [])
    return [{"label": labels.get(step.new, step.new), "at": step.at} for step in Step.of(row)]


def shown_snapshot(row: Application) -> list[tuple[str, str]]:
    """This will be what the employer was sent, as label and value; empty fields are left out."""
    labels = {
        "name": _("Name"), "birth_year": _("Birth year"), "school": _("School"), "major": _("Major"),
        "skills": _("Skills"), "certificates": _("Certificates"), "last_job": _("Last job"),
        "years_experience": _("Years of work"), "resume": _("Résumé"),
    }  # fmt: skip
    values = ((label, row.snapshot.get(name)) for name, label in labels.items())
    return [(label, "、".join(v) if isinstance(v, list) else str(v)) for label, v in values if v]
