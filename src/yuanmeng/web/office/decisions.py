"""What a reviewer decides about a vacancy. Who handed it in decides nothing about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yuanmeng.core import audit
from yuanmeng.core.errors import Refused
from yuanmeng.vacancies import gate
from yuanmeng.vacancies.models import CloseReason, Report, Vacancy
from yuanmeng.web.office.forms import LiftForm, RejectForm, WordsForm
from yuanmeng.web.office.reviews import vacancy_of
from yuanmeng.web.office.who import REVIEW
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest


@open_to(*REVIEW)
@require_POST
def answer(request: MemberRequest, uid: str) -> HttpResponse:
    """This will publish, return, reject or take down; the employer reads the words at once."""
    vacancy = vacancy_of(uid)
    act = ANSWERS.get(request.POST.get("answer", ""))
    if act is None:
        raise Http404

    def said() -> str:
        messages.success(request, act(request, vacancy))
        return f"/office/reviews/{uid}/"

    return redirect(once.per_form(request, said))


def _publish(request: MemberRequest, vacancy: Vacancy) -> str:
    vacancy.publish(by=request.user, at=request.at)
    return _("Published. It is on all screens within five minutes.")


def _return(request: MemberRequest, vacancy: Vacancy) -> str:
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please say in words what is to be mended."))
    vacancy.give_back(by=request.user, at=request.at, reason=form.cleaned_data["words"])
    return _("Returned. The employer reads what is to be mended.")


def _reject(request: MemberRequest, vacancy: Vacancy) -> str:
    form = RejectForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please choose a reason and say it in words."))
    said = form.cleaned_data
    vacancy.reject(by=request.user, at=request.at, reason=said["words"])
    audit.write(
        "reject", by=request.user, at=request.at, about=vacancy, fields=said["reason"], reason=said["words"]
    )
    return _("Rejected. The employer reads the reason.")


def _take_down(request: MemberRequest, vacancy: Vacancy) -> str:
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please say in words why it is taken down."))
    vacancy.close(CloseReason.TAKEN_DOWN, by=request.user, at=request.at)
    words = form.cleaned_data["words"]
    audit.write("take_down", by=request.user, at=request.at, about=vacancy, reason=words)
    return _("Taken down. It leaves all screens within five minutes.")


ANSWERS: dict[str, Callable[[MemberRequest, Vacancy], str]] = {
    "publish": _publish, "return": _return, "reject": _reject, "take_down": _take_down,
}  # fmt: skip


@open_to(*REVIEW)
@require_POST
def lift(request: MemberRequest, uid: str) -> HttpResponse:
    """This will lift one block on the ground named, reason and reviewer kept."""
    vacancy = vacancy_of(uid)
    blocks = gate.blocks(gate.findings_of(vacancy, on=timezone.localdate()))
    number = request.POST.get("block", "")
    finding = next(
        (f for n, f in enumerate(blocks) if str(n) == number and f.text == request.POST.get("text")), None
    )
    if finding is None:
        raise Refused(_("This block does not stand any more. Please reload the page."))
    form = LiftForm(request.POST, finding=finding, prefix=f"lift{number}")
    if not form.is_valid():
        raise Refused(_("Please choose the ground and write down the reason."))
    gate.lift(vacancy, finding, by=request.user, at=request.at, **form.cleaned_data)
    messages.success(request, _("Lifted. Ground, reason and your name stay on record."))
    return redirect("office:review", uid)


@open_to(*REVIEW)
@require_POST
def settle(request: MemberRequest, uid: str, report: str) -> HttpResponse:
    """This will note what came of a citizen's report."""
    words = request.POST.get("outcome", "").strip()
    if len(words) < 2:
        raise Refused(_("Please write down what came of it."))
    rows = Report.objects.filter(vacancy__uid=uid, uid=report, settled_at=None)
    row = rows.first()
    if row is None:
        raise Http404
    rows.update(settled_at=request.at, outcome=words[:200])
    audit.write("report.settle", by=request.user, at=request.at, about=row, reason=words[:200])
    messages.success(request, _("Noted."))
    return redirect("office:review", uid)
