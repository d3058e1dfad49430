"""Files on their way in: read, looked at, taken in with progress, taken back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.intake import admit
from yuanmeng.intake import rollback as rolling
from yuanmeng.intake.models import Batch
from yuanmeng.intake.refused import told_refused_file
from yuanmeng.vacancies import posting
from yuanmeng.vacancies.models import State as VacancyState
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.office.forms import UploadForm
from yuanmeng.web.office.who import IMPORT
from yuanmeng.web.shared import limits
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# One request works so long and then shows how far it came; the page sends the next one by itself.
TURN_S = 3.0
MOST_AT_ONCE = 2_000


class _TurnOver(Exception):
    """This turn's time is used up. A commit may be interrupted anywhere: the next turn goes on."""


@open_to(*IMPORT)
@require_http_methods(["GET", "POST"])
def listed(request: MemberRequest) -> HttpResponse:
    """This will take a file for reading, and list the files that came before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.spend(limits.IMPORTS, request)
            return redirect("office:batch", _read(request, form.cleaned_data).uid)
        except admit.ImportRefused as refusal:
            form.add_error("file", str(refusal))
    batches = Batch.objects.order_by("-made_at", "-id")
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    facts = {"form": form, "batches": page.object_list, "pager": pager(page)}
    return render(request, "office/imports.html", facts, status=422 if form.errors else 200)


def _read(request: MemberRequest, said: dict[str, Any]) -> Batch:
    file = said["file"]
    return admit.preview(
        file, name=file.name, kind=said["kind"], source=said["source"], by=request.user, at=request.at,
        vacancy_source=said["vacancy_source"], source_publisher=said["source_publisher"],
    )  # fmt: skip


def pager(page: Any) -> dict[str, int]:
    """This will be what shared/_pager.html needs."""
    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous": page.number - 1,
        "next": page.number + 1,
    }


def batch_of(uid: str) -> Batch:
    """This will be a batch by its uid, or the 404 of a wrong address."""
    row = Batch.objects.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


@open_to(*IMPORT)
@require_POST
def commit(request: MemberRequest, uid: str) -> HttpResponse:
    """This will take the rows in, for one turn; the page goes on until all are in."""
    batch = batch_of(uid)
    ends = time.monotonic() + TURN_S

    def progress(done: int, of: int) -> None:
        if done < of and time.monotonic() > ends:
            raise _TurnOver

    try:
        admit.commit(batch, by=request.user, at=request.at, progress=progress)
    except _TurnOver:
        return redirect("office:batch", uid)
    n = batch.done
    messages.success(request, ngettext("%(n)d row taken in.", "%(n)d rows taken in.", n) % {"n": n})
    return redirect("office:batch", uid)


@open_to(*IMPORT)
@require_POST
def discard(request: MemberRequest, uid: str) -> HttpResponse:
    """This will put a file aside that nobody wants."""
    batch_of(uid).discard(by=request.user, at=request.at)
    messages.success(request, _("Put aside. Nothing of it was taken in."))
    return redirect("office:imports")


@open_to(*IMPORT)
@require_POST
def rollback(request: MemberRequest, uid: str) -> HttpResponse:
    """This will take a batch back: what it brought goes, what it changed is as before."""
    told = rolling.rollback(batch_of(uid), by=request.user, at=request.at)
    n = told.undone
    messages.success(request, ngettext("%(n)d row taken back.", "%(n)d rows taken back.", n) % {"n": n})
    if told.stayed:
        messages.warning(request, _("%(n)d rows stayed; below you see why.") % {"n": len(told.stayed)})
    return redirect("office:batch", uid)


@open_to(*IMPORT)
@require_safe
def refused(request: MemberRequest, uid: str) -> HttpResponse:
    """This will send the rows that came back, with line, column and reason, ready to correct."""
    batch = batch_of(uid)
    limits.spend(limits.EXPORTS, request)
    response = HttpResponse(told_refused_file(batch, by=request.user, at=request.at), content_type=XLSX)
    name = _("refused-rows") + f"-{timezone.localdate(batch.made_at)}.xlsx"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@open_to(*IMPORT)
@require_POST
def hand_in(request: MemberRequest, uid: str) -> HttpResponse:
    """This will hand in the drafts of a batch that pass the gate; a reviewer publishes them."""
    done, held = posting.hand_in(drafts_of(batch_of(uid))[:MOST_AT_ONCE], by=request.user, at=request.at)
    messages.success(
        request, _("%(done)d handed in for review; %(held)d held by the gate.") % {"done": done, "held": held}
    )
    return redirect("office:batch", uid)


def drafts_of(batch: Batch) -> Any:
    """This will be the drafts a batch brought that nobody has handed in yet."""
    uids = batch.rows.filter(object_noun="vacancy", action="admit").values("object_uid")
    drafts = Vacancy.objects.filter(uid__in=uids, state=VacancyState.DRAFT)
    return drafts.select_related("organisation", "place").order_by("id")
