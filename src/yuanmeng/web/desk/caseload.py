"""Everybody one looks after, sifted by what is missing, and taken along as a list that says who took it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from openpyxl import Workbook

from yuanmeng.applications.models import Application
from yuanmeng.applications.models import State as Sent
from yuanmeng.occupations import education
from yuanmeng.organisations.models import Kind, Role
from yuanmeng.seekers.models import Seeker, State
from yuanmeng.web.desk import seeing
from yuanmeng.web.shared import limits
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from datetime import datetime

    from yuanmeng.seekers.models import SeekerQuerySet
    from yuanmeng.web.shared.door import MemberRequest

PAGE = 30
UNHEARD_FOR = timedelta(days=30)
UNANSWERED = [Sent.SUBMITTED, Sent.SEEN, Sent.SHORTLISTED]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILTERS = {
    "": gettext_lazy("All"),
    "active": gettext_lazy("Looking for work"),
    "unheard": gettext_lazy("Not heard of for 30 days"),
    "unapplied": gettext_lazy("No application yet"),
    "waiting": gettext_lazy("Waiting for an answer"),
    "placed": gettext_lazy("In work"),
}


@open_to("counsellor")
@never_cache
@require_safe
def caseload(request: MemberRequest) -> HttpResponse:
    """This will list one's own caseload, who waits longest first."""
    chosen = _chosen(request.GET.get("show", ""))
    pages = Paginator(_told(_sifted(request, chosen)), PAGE)
    page = pages.get_page(request.GET.get("page"))
    seeing.note_look(request, "caseload", fields="name,phone", count=len(page.object_list))
    today = timezone.localdate(request.at)
    facts = {
        "rows": page.object_list, "total": pages.count, "chosen": chosen,
        "filters": _filters(request, chosen), "pager": _pager(page), "today": today, "limit": _limit(request),
    }  # fmt: skip
    return render(request, "desk/caseload.html", facts)


def _chosen(asked: str) -> str:
    return asked if asked in FILTERS else ""


def _pager(page: Any) -> dict[str, int]:
    return {
        "page": page.number,
        "pages": page.paginator.num_pages,
        "previous": page.number - 1,
        "next": page.number + 1,
    }


def _filters(request: MemberRequest, chosen: str) -> list[dict[str, Any]]:
    return [
        {"code": code, "label": label, "n": _sifted(request, code).count(), "here": code == chosen}
        for code, label in FILTERS.items()
    ]


def _sifted(request: MemberRequest, chosen: str) -> SeekerQuerySet:
    """One's own living files that fit the filter."""
    mine = Seeker.objects.filter(owner=request.user, person__erased_at=None).exclude(state=State.ARCHIVED)
    quiet_since = request.at - UNHEARD_FOR
    unheard = Q(last_contact_at__lt=quiet_since) | Q(last_contact_at=None, made_at__lt=quiet_since)
    sent = Application.objects.filter(seeker=OuterRef("pk"))
    sieve = {
        "active": Q(state=State.ACTIVE),
        "placed": Q(state=State.PLACED),
        "unheard": unheard & Q(state=State.ACTIVE),
        "unapplied": ~Exists(sent) & Q(state=State.ACTIVE),
        "waiting": Exists(sent.filter(state__in=UNANSWERED)),
    }
    return mine.filter(sieve.get(chosen, Q())).select_related("person")


def _told(rows: SeekerQuerySet) -> Any:
    """With the day of the next to-do and the number of applications; who is due first stands first."""
    due = Min("person__follow_ups__due_on", filter=Q(person__follow_ups__state="open"))
    counted = rows.annotate(due_on=due, sent=Count("applications", distinct=True))
    return counted.order_by(
        F("due_on").asc(nulls_last=True), F("last_contact_at").asc(nulls_first=True), "id"
    )


def _limit(request: MemberRequest) -> int:
    """How many persons one may take along: few for the operator, who is entrusted only (PIPL 21)."""
    kinds = {m.organisation.kind for m in request.viewer.memberships if m.role == Role.COUNSELLOR}
    return limits.OF_OPERATOR if Kind.OPERATOR in kinds else limits.OF_ANYBODY


@open_to("counsellor")
@require_POST
def export(request: MemberRequest, kind: str) -> HttpResponse:
    """This will give one's own caseload as XLSX or CSV, with a line that says who took it and when."""
    if kind not in WRITERS:
        raise Http404
    rows = list(_told(_sifted(request, _chosen(request.POST.get("show", ""))))[: limits.OF_ANYBODY + 1])
    limits.spend(limits.EXPORTS, request)
    acting = seeing.acting_as(request.viewer)
    limits.mind_the_size(request, len(rows), most=_limit(request), fields="caseload", membership=acting)
    seeing.note_look(request, "export", fields="name,phone,birth_year,education,wanted_text", count=len(rows))
    table = [[str(title) for title in COLUMNS], *(_cells(seeker) for seeker in rows)]
    response = WRITERS[kind](table, _watermark(request, len(rows)))
    day = timezone.localdate(request.at)
    response["Content-Disposition"] = f'attachment; filename="caseload-{day:%Y%m%d}.{kind}"'
    return response


COLUMNS = (
    gettext_lazy("Name"), gettext_lazy("Phone"), gettext_lazy("Birth year"), gettext_lazy("Education"),
    gettext_lazy("Work wanted"), gettext_lazy("State"), gettext_lazy("Registered on"),
    gettext_lazy("Last contact"), gettext_lazy("Applications"),
)  # fmt: skip


def _cells(seeker: Any) -> list[str]:
    person = seeker.person
    return [
        person.name, person.phone, str(person.birth_year or ""),
        str(education.label(seeker.education)) if seeker.education else "", seeker.wanted_text,
        str(seeker.get_state_display()), _day(seeker.made_at), _day(seeker.last_contact_at), str(seeker.sent),
    ]  # fmt: skip


def _day(moment: datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def _watermark(request: MemberRequest, count: int) -> str:
    return _(
        "Exported by %(officer)s on %(when)s · %(count)d persons · for the service only, not to be passed on"
    ) % {
        "officer": str(request.user), "when": date_format(timezone.localtime(request.at), "DATETIME_FORMAT"),
        "count": count,
    }  # fmt: skip


# A cell that begins so is a formula to a spreadsheet (OWASP): it is text to us.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _csv(table: list[list[str]], watermark: str) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([[_as_text(cell) for cell in row] for row in table])
    writer.writerow([_as_text(watermark)])
    # The mark at the front makes spreadsheets read UTF-8.
    return HttpResponse("﻿" + out.getvalue(), content_type="text/csv; charset=utf-8")


def _as_text(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _xlsx(table: list[list[str]], watermark: str) -> HttpResponse:
    book = Workbook()
    sheet = book.active
    sheet.title = _("Caseload")
    for line, row in enumerate([*table, [watermark]], 1):
        for column, cell in enumerate(row, 1):
            # Typed as text, so that "=1+1" in a wish stays a wish.
            sheet.cell(line, column, cell).data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return HttpResponse(out.getvalue(), content_type=XLSX)


WRITERS = {"csv": _csv, "xlsx": _xlsx}
