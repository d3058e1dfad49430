"""What came of it, written down at the desk: somebody was hired; a record was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yuanmeng.applications.models import Application, Placement, State
from yuanmeng.counsel.models import ContactResult, RetentionResult, ServiceKind, ServiceRecord
from yuanmeng.web.desk import seeing
from yuanmeng.web.desk.forms import CorrectionForm, HiredForm
from yuanmeng.web.shared import once, receipt
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import MemberRequest


@open_to("counsellor", "front_desk")
@never_cache
@require_safe
def receipt_pdf(request: MemberRequest, uid: str) -> HttpResponse:
    """This will be the receipt of somebody who stands at the desk or is in one's care, to print."""
    row = _application(uid)
    seeing.acting_file(request, row.seeker.person.uid)
    return receipt.answer(row, at=request.at)


@open_to("counsellor")
@never_cache
@require_http_methods(["GET", "POST"])
def hired(request: MemberRequest, uid: str) -> HttpResponse:
    """This will note that somebody was hired, with first day and evidence; checks follow by themselves."""
    row = _application(uid)
    file = seeing.acting_file(request, row.seeker.person.uid)
    if not row.may_move(State.HIRED):
        raise Http404
    form = HiredForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(request, "desk/hired.html", {"file": file, "row": row, "form": form}, status=status)
    path = once.per_form(request, lambda: _hire(request, row, form))
    messages.success(request, _("Written down. We will remind you to ask after 7, 30 and 90 days."))
    return HttpResponseRedirect(path)


def _application(uid: str) -> Application:
    rows = Application.objects.select_related("seeker__person", "vacancy__organisation")
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _hire(request: MemberRequest, row: Application, form: HiredForm) -> str:
    said = form.cleaned_data
    with transaction.atomic():
        Placement.objects.create(
            application=row, started_on=said["started_on"], evidence=said["evidence"], at=request.at,
            by=request.user.actor_key,
        )  # fmt: skip
        row.hire(by=request.user, at=request.at)
    return reverse("desk:person", args=[row.seeker.person.uid])


@open_to("counsellor")
@never_cache
@require_http_methods(["GET", "POST"])
def corrected(request: MemberRequest, uid: str) -> HttpResponse:
    """This will put what is true beside what was written; the wrong row stays, struck through."""
    row = ServiceRecord.objects.standing().select_related("person").filter(uid=uid, event=None).first()
    if row is None or row.person is None:
        raise Http404
    file = seeing.acting_file(request, row.person.uid)
    results = RetentionResult.choices if row.kind == ServiceKind.RETENTION_CHECK else ContactResult.choices
    form = CorrectionForm(
        request.POST or None, results=results, initial={"result": row.result, "words": row.words}
    )
    if request.method == "GET" or not form.is_valid():
        status = 200 if request.method == "GET" else 422
        return render(
            request, "desk/correction.html", {"file": file, "row": row, "form": form}, status=status
        )
    said = form.cleaned_data

    def correct() -> str:
        row.correct(by=request.user, at=request.at, result=said["result"], words=said["words"].strip())
        return reverse("desk:person", args=[file.uid])

    return HttpResponseRedirect(once.per_form(request, correct))
