"""One batch, row by row: what each said, what happens to it, why, and who decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core.masking import mask_id, mask_name, mask_phone
from yuanmeng.intake import quarantine
from yuanmeng.intake.models import Batch, BatchRow, Kind, RowAction, State
from yuanmeng.intake.rollback import STAYED
from yuanmeng.intake.sentences import note_sentence, reason_sentence
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Person
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.screen import RULES
from yuanmeng.web.office.imports import batch_of, drafts_of, pager
from yuanmeng.web.office.who import IMPORT
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 50
PILLS = {
    RowAction.ADMIT: "pill--good", RowAction.UPDATE: "pill--data", RowAction.QUARANTINE: "pill--warn",
    RowAction.REFUSE: "pill--bad", RowAction.SKIP: "",
}  # fmt: skip


@open_to(*IMPORT)
@require_safe
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show a batch: how far it is, the counts, and its rows by what happens to them."""
    batch = batch_of(uid)
    page = Paginator(_chosen(batch, request), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "batch": batch, "pager": pager(page), "rows": _shown(batch, list(page.object_list)),
        "tabs": _tabs(batch), "action": request.GET.get("action", ""), "said": _said(batch),
        "percent": round(batch.progress * 100), "drafts": _drafts(batch),
        "stayed": [one | {"words": STAYED[one["why"]]} for one in batch.report.get("stayed", [])][:50],
    }  # fmt: skip
    return render(request, "office/batch.html", facts)


def _chosen(batch: Batch, request: MemberRequest) -> QuerySet[BatchRow]:
    rows = batch.rows.order_by("id")
    for name in ("action", "reason"):
        if request.GET.get(name):
            rows = rows.filter(**{name: request.GET[name]})
    if request.GET.get("finding") in RULES:
        # A quoted word inside the JSON text: the same on both databases.
        as_text = Cast("findings", TextField())
        rows = rows.annotate(found=as_text).filter(found__contains=f'"{request.GET["finding"]}"')
    return rows


def _tabs(batch: Batch) -> list[dict[str, Any]]:
    counts = {
        RowAction.ADMIT: batch.admitted, RowAction.UPDATE: batch.updated,
        RowAction.QUARANTINE: batch.quarantined,
        RowAction.REFUSE: batch.refused, RowAction.SKIP: batch.skipped,
    }  # fmt: skip
    everything = {"key": "", "label": _("All rows"), "count": batch.total}
    return [everything, *({"key": str(a), "label": a.label, "count": n} for a, n in counts.items())]


def _said(batch: Batch) -> dict[str, list[tuple[str, str, int]]]:
    """What was noticed in the whole file: reasons, findings of the gate, notes; the most frequent first."""
    words: dict[str, Callable[[str], str]] = {
        "reasons": reason_sentence,
        "findings": _label,
        "notes": note_sentence,
    }
    return {
        name: sorted(
            ((code, say(code), n) for code, n in batch.report.get(name, {}).items()), key=lambda x: -x[2]
        )
        for name, say in words.items()
    }


def _label(rule: str) -> str:
    return str(RULES[rule].label) if rule in RULES else rule


def _drafts(batch: Batch) -> int:
    return drafts_of(batch).count() if batch.kind == Kind.VACANCIES and batch.state == State.COMMITTED else 0


def _shown(batch: Batch, rows: list[BatchRow]) -> list[dict[str, Any]]:
    standing = _standing(batch, rows)
    return [
        {
            "row": row, "pill": PILLS[RowAction(row.action)], "reason": reason_sentence(row.reason),
            "facts": _facts(batch, row),
            "findings": [str(RULES[f].label) for f in row.findings if f in RULES],
            "notes": [note_sentence(note) for note in row.notes], "undecided": _undecided(row),
            "same_as": standing.get(row.object_uid, ""),
        }
        for row in rows
    ]  # fmt: skip


def _undecided(row: BatchRow) -> bool:
    return row.action == RowAction.QUARANTINE and not row.resolution


def _facts(batch: Batch, row: BatchRow) -> list[str]:
    """A few cells by which a person knows the row again. People are masked: a name is enough to decide."""
    known, written = row.facts, row.as_written
    if batch.kind == Kind.SEEKERS:
        cells = [
            mask_name(known.get("name", "")),
            mask_phone(known.get("phone", "")),
            mask_id(known.get("id_number", "")),
        ]
        return [cell for cell in cells if cell] or [_("%(n)d cells") % {"n": len(written)}]
    names = (
        ("title", "organisation", "address") if batch.kind == Kind.VACANCIES else ("name", "uscc", "address")
    )
    cells = [str(known.get(name) or "") for name in names]
    return [cell for cell in cells if cell] or _telling(written)


def _telling(written: dict[str, str]) -> list[str]:
    """Of a row that could not be read: the cells whose column says they are names, then the others."""
    cells = [(title, cell) for title, cell in written.items() if cell]
    named = [
        cell for title, cell in cells if any(word in title for word in ("岗位名", "职位", "姓名", "名称"))
    ]
    return [*reversed(named), *(cell for _title, cell in cells if cell not in named)][:4]


def _standing(batch: Batch, rows: list[BatchRow]) -> dict[str, str]:
    """What the records look like that undecided rows resemble."""
    uids = [row.object_uid for row in rows if _undecided(row) and row.object_uid]
    if batch.kind == Kind.VACANCIES:
        found: Any = Vacancy.objects.filter(uid__in=uids).select_related("organisation", "place")
        return {
            v.uid: " · ".join(filter(None, [v.title, v.organisation.name, str(v.place or "")])) for v in found
        }
    if batch.kind == Kind.ORGANISATIONS:
        return {o.uid: f"{o.name} {o.uscc}" for o in Organisation.objects.filter(uid__in=uids)}
    people = Person.objects.filter(uid__in=uids)
    return {p.uid: " · ".join([p.masked_name, p.masked_phone, str(p.birth_year or "")]) for p in people}


@open_to(*IMPORT)
@require_POST
def resolve(request: MemberRequest, uid: str, row: str) -> HttpResponse:
    """This will decide about one doubtful row: the same as what we have, or a new one."""
    found = BatchRow.objects.select_related("batch").filter(batch__uid=uid, uid=row).first()
    decide = {"same": quarantine.resolve_as_same, "new": quarantine.resolve_as_new}.get(
        request.POST.get("answer", "")
    )
    if found is None or decide is None:
        raise Http404
    decide(found, by=request.user, at=request.at)
    messages.success(request, _("Decided."))
    back = f"/office/imports/{uid}/?action=quarantine"
    return redirect(back if batch_of(uid).rows.waiting().exists() else f"/office/imports/{uid}/")
