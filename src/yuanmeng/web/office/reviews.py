"""Reviewing vacancies: the text with the findings marked in it, clause by clause."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core.errors import MoveRefused
from yuanmeng.core.models import Step
from yuanmeng.core.text import normal
from yuanmeng.vacancies import gate, posting
from yuanmeng.vacancies.models import Report, State, Vacancy, reason_in_words
from yuanmeng.vacancies.screen import Finding
from yuanmeng.web.office.forms import LiftForm, RejectForm, WordsForm
from yuanmeng.web.office.imports import pager
from yuanmeng.web.office.who import REVIEW
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 30
TABS: dict[str, Any] = {
    "": gettext_lazy("Waiting"), "published": gettext_lazy("Published"),
    "reports": gettext_lazy("Citizens' reports"),
    "held": gettext_lazy("Returned or rejected"),
}  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """One line of the list: the vacancy and what the gate says about it."""

    vacancy: Vacancy
    blocks: list[Finding]
    warnings: list[Finding]
    own: bool
    """Whether the reader handed it in: then somebody else publishes it."""


@open_to(*REVIEW)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will list what waits for a reviewer, oldest first, with the findings counted."""
    tab = request.GET.get("tab", "")
    tab, words = (tab if tab in TABS else ""), request.GET.get("q", "").strip()
    rows = _of(tab).select_related("organisation", "place")
    if words:
        rows = rows.filter(
            Q(title_normal__contains=normal(words)) | Q(organisation__name_normal__contains=normal(words))
        )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "lines": _lines(request, page.object_list), "tab": tab, "tabs": TABS.items(), "q": words,
        "pager": pager(page), "total": page.paginator.count, "once": once.new_key(),
    }  # fmt: skip
    return render(request, "office/reviews.html", facts)


def _of(tab: str) -> QuerySet[Vacancy]:
    reported = Report.objects.filter(settled_at=None).values("vacancy")
    rows: dict[str, QuerySet[Vacancy]] = {
        "": Vacancy.objects.waiting_for_review(),
        "published": Vacancy.objects.filter(state=State.PUBLISHED).order_by("-published_at", "-id"),
        "reports": Vacancy.objects.filter(pk__in=reported).order_by("-changed_at"),
        "held": Vacancy.objects.filter(state__in=[State.RETURNED, State.REJECTED]).order_by(
            "-changed_at", "-id"
        ),
    }
    return rows[tab]


def _lines(request: MemberRequest, rows: Iterable[Vacancy]) -> list[Waiting]:
    today, lines = timezone.localdate(), []
    for vacancy in rows:
        found = gate.findings_of(vacancy, on=today)
        blocks = gate.blocks(found)
        own = vacancy.submitted_by == request.user.actor_key
        lines.append(Waiting(vacancy, blocks, [f for f in found if f not in blocks], own))
    return lines


@open_to(*REVIEW)
@require_POST
def publish_many(request: MemberRequest) -> HttpResponse:
    """This will publish the ticked vacancies that pass the gate; what is held stays and says why."""
    ticked = Vacancy.objects.waiting_for_review().filter(uid__in=request.POST.getlist("vacancy"))
    done, held = posting.publish(
        ticked.select_related("organisation", "place"), by=request.user, at=request.at
    )
    messages.success(request, _("%(done)d published.") % {"done": done})
    if held:
        messages.warning(request, _("%(held)d held back: please open them one by one.") % {"held": held})
    return redirect("office:reviews")


@open_to(*REVIEW)
@require_safe
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show one vacancy with its findings marked, and how it may be answered.

    Opening what waits begins its review; whoever handed it in only looks.
    """
    vacancy = vacancy_of(uid)
    if vacancy.state == State.SUBMITTED and vacancy.submitted_by != request.user.actor_key:
        with suppress(MoveRefused):  # a colleague was quicker; the page shows how it stands
            vacancy.begin_review(by=request.user, at=request.at)
    found = gate.findings_of(vacancy, on=timezone.localdate())
    facts = {
        "vacancy": vacancy, "texts": _texts(vacancy, found), "blocks": _with_forms(gate.blocks(found)),
        "warnings": [f for f in found if not f.blocks], "lifts": vacancy.lifts.order_by("id"),
        "own": vacancy.submitted_by == request.user.actor_key, "steps": _steps(vacancy),
        "reports": vacancy.reports.order_by("-id")[:20], "back": WordsForm(), "reject": RejectForm(),
        "waits": vacancy.state in {State.SUBMITTED, State.IN_REVIEW},
        "is_up": vacancy.state in {State.PUBLISHED, State.PAUSED},
        "once": once.new_key(),
    }  # fmt: skip
    return render(request, "office/review.html", facts)


def vacancy_of(uid: str) -> Vacancy:
    """This will be a vacancy a reviewer may see: drafts are their writer's until they are handed in."""
    rows = Vacancy.objects.select_related("organisation", "place").exclude(state=State.DRAFT)
    row = rows.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _with_forms(blocks: list[Finding]) -> list[tuple[int, Finding, LiftForm | None]]:
    """Each block with the form to lift it; None where the law names no ground."""
    return [(n, f, LiftForm(finding=f, prefix=f"lift{n}") if f.text else None) for n, f in enumerate(blocks)]


def _texts(vacancy: Vacancy, found: list[Finding]) -> list[tuple[str, SafeString]]:
    labels = {
        "title": _("Job title"), "content": _("What is done every day"),
        "requirements": _("What a person must bring"),
        "benefits": _("Benefits"), "hours": _("Working hours and rest days"),
    }  # fmt: skip
    return [
        (label, marked(str(getattr(vacancy, name)), [f for f in found if f.field == name]))
        for name, label in labels.items()
        if getattr(vacancy, name)
    ]


def marked(text: str, found: list[Finding]) -> SafeString:
    """This will be the text as safe HTML with the words found marked."""
    pieces, last = [], 0
    for finding in sorted(found, key=lambda f: f.start):
        if finding.start < last or text[finding.start : finding.end] != finding.text:
            continue
        words = f'<mark lang="zh-Hans" class="mark--{finding.act}">{escape(finding.text)}</mark>'
        pieces += [escape(text[last : finding.start]), words]
        last = finding.end
    return mark_safe("".join([*pieces, escape(text[last:])]))


def _steps(vacancy: Vacancy) -> list[dict[str, Any]]:
    labels = dict(State.choices)
    return [
        {"label": labels.get(s.new, s.new), "at": s.at, "note": reason_in_words(s.note)}
        for s in Step.of(vacancy)
    ]
