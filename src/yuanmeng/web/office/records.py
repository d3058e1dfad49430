"""The audit chain for the auditor: who did or saw what, and whether the chain is whole. Nothing here writes
but the reading itself."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core import audit
from yuanmeng.core.models import AuditEntry
from yuanmeng.counsel.names import names_of
from yuanmeng.people.models import User
from yuanmeng.web.office.forms import RecordsForm
from yuanmeng.web.office.imports import pager
from yuanmeng.web.office.who import AUDIT
from yuanmeng.web.office.wording import worded
from yuanmeng.web.shared import limits
from yuanmeng.web.shared.rights import open_to
from yuanmeng.web.shared.sheets import sheet

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 50
MOST_EXPORTED = 50_000


@open_to(*AUDIT)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will list the entries, newest first."""
    form = RecordsForm(request.GET or None)
    page = Paginator(_found(form), PER_PAGE).get_page(request.GET.get("page"))
    names = names_of(entry.actor for entry in page.object_list)
    facts = {
        "form": form, "pager": pager(page), "total": page.paginator.count,
        "lines": [worded(e) | {"who": names.get(e.actor, e.actor)} for e in page.object_list],
    }  # fmt: skip
    return render(request, "office/audit.html", facts)


def _found(form: RecordsForm) -> QuerySet[AuditEntry]:
    said = form.cleaned_data if form.is_valid() else {}
    rows = AuditEntry.objects.order_by("-seq")
    for name, column in (("action", "action__startswith"), ("noun", "noun"), ("result", "result")):
        if said.get(name):
            rows = rows.filter(**{column: said[name]})
    if said.get("who"):
        named = User.objects.filter(Q(username=said["who"]) | Q(display_name=said["who"]))
        rows = rows.filter(actor__in=[said["who"], *(user.actor_key for user in named)])
    first, last = form.days()
    if first:
        rows = rows.filter(at__gte=_midnight(first))
    return rows.filter(at__lt=_midnight(last + timedelta(days=1))) if last else rows


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())


@open_to(*AUDIT)
@require_safe
def export(request: MemberRequest) -> HttpResponse:
    """This will send the entries as filtered, actors as pseudonyms, and note the export in the chain."""
    limits.spend(limits.EXPORTS, request)
    rows = list(_found(RecordsForm(request.GET or None))[:MOST_EXPORTED])
    audit.write("export", by=request.user, at=request.at, fields="audit", count=max(1, len(rows)))
    titles = [
        _("Number"),
        _("When"),
        _("Who"),
        _("Act"),
        _("About"),
        _("Fields"),
        _("Count"),
        _("Result"),
        _("Reason"),
    ]
    lines = [
        (e.seq, f"{timezone.localtime(e.at):%Y-%m-%d %H:%M:%S}", e.actor, e.action,
         f"{e.noun} {e.object_uid}".strip(), e.fields, e.count, e.result, e.reason)
        for e in rows
    ]  # fmt: skip
    return sheet(request.GET.get("as", "xlsx"), f"audit-{timezone.localdate()}", titles, lines)


@open_to(*AUDIT)
@require_POST
def check(request: MemberRequest) -> HttpResponse:
    """This will walk the whole chain and say whether it is whole, or where it breaks first."""
    flaw = audit.verify()
    if flaw is None:
        messages.success(request, _("The chain is whole: every entry follows from the one before."))
    else:
        messages.error(
            request,
            _("The chain breaks at entry %(seq)d (%(kind)s).") % {"seq": flaw.seq, "kind": _FLAWS[flaw.kind]},
        )
    return redirect("office:audit")


class _Kinds(dict[str, str]):
    def __missing__(self, kind: str) -> str:
        said = {"missing": _("missing"), "forked": _("forked"), "edited": _("edited"), "cut": _("cut off")}
        return said.get(kind, kind)


_FLAWS = _Kinds()
