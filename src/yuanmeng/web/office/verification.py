"""Verifying organisations: papers looked at by somebody of the sub-district, for six months at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yuanmeng.core import audit
from yuanmeng.core.checks_cn import uscc_ok
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.core.text import normal
from yuanmeng.organisations.mandates import agency_lacks
from yuanmeng.organisations.models import LONGEST_VALIDITY, Kind, Organisation, State
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.web.office import mandates
from yuanmeng.web.office.forms import VerifyForm, WordsForm
from yuanmeng.web.office.home import ending, waiting_papers
from yuanmeng.web.office.imports import pager
from yuanmeng.web.office.who import REVIEW
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 30
TABS: dict[str, Any] = {
    "": gettext_lazy("Papers handed in"), "ending": gettext_lazy("Ending within 30 days"),
    "lapsed": gettext_lazy("Lapsed or suspended"), "all": gettext_lazy("All organisations"),
    "mandates": gettext_lazy("Mandates"),
}  # fmt: skip


@open_to(*REVIEW)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will list organisations: those that wait first."""
    tab = request.GET.get("tab", "")
    tab, words = (tab if tab in TABS else ""), request.GET.get("q", "").strip()
    if tab == "mandates":
        return mandates.listed(request, TABS.items())
    rows = _of(tab if not words else "all")
    if words:
        rows = rows.filter(Q(name_normal__contains=normal(words)) | Q(uscc=words.upper()))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    facts = {"rows": page.object_list, "tab": tab, "tabs": TABS.items(), "q": words, "pager": pager(page)}
    return render(request, "office/verification.html", facts)


def _of(tab: str) -> QuerySet[Organisation]:
    today = timezone.localdate()
    rows: dict[str, QuerySet[Organisation]] = {
        "": waiting_papers().order_by("submitted_at", "id"),
        "ending": ending(today).order_by("valid_until", "id"),
        "lapsed": Organisation.objects.filter(state__in=[State.LAPSED, State.SUSPENDED]).order_by("name"),
        "all": Organisation.objects.order_by("name"),
    }
    return rows[tab]


@open_to(*REVIEW)
@require_safe
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show the papers of one organisation and what may be answered."""
    row = _organisation(uid)
    longest = timezone.localdate(request.at + LONGEST_VALIDITY)
    facts = {
        "organisation": row, "papers": row.credentials.order_by("paper"), "longest": longest,
        "code_fits": uscc_ok(row.uscc, demo=settings.DEMO_MODE), "steps": _steps(row),
        "verify": VerifyForm(initial={"until": longest}), "back": WordsForm(),
        "may": {name: row.may_move(state) for name, state in TO.items()},
        "open": Vacancy.objects.of(row).open_on(timezone.localdate()).count(), "once": once.new_key(),
        "lacks": agency_lacks(row, on=timezone.localdate()) if row.kind == Kind.HR_AGENCY else "",
    }  # fmt: skip
    audit.write("read", by=request.user, at=request.at, about=row, fields="credentials")
    return render(request, "office/organisation.html", facts)


TO = {"verify": State.VERIFIED, "return": State.RETURNED, "suspend": State.SUSPENDED}


def _organisation(uid: str) -> Organisation:
    row = Organisation.objects.select_related("place").filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def _steps(row: Organisation) -> list[dict[str, Any]]:
    labels = dict(State.choices)
    return [{"label": labels.get(s.new, s.new), "at": s.at, "note": s.note} for s in Step.of(row)]


@open_to(*REVIEW)
@require_POST
def answer(request: MemberRequest, uid: str) -> HttpResponse:
    """This will answer the papers: in order, to be mended, or suspended."""
    row = _organisation(uid)
    act = ANSWERS.get(request.POST.get("answer", ""))
    if act is None:
        raise Http404
    if any(one.pk == row.pk for one in request.viewer.organisations()):
        raise Refused(_("Nobody reviews their own organisation."), code="second_person")

    def said() -> str:
        messages.success(request, act(request, row))
        return f"/office/verification/{uid}/"

    return redirect(once.per_form(request, said))


def _verify(request: MemberRequest, row: Organisation) -> str:
    form = VerifyForm(request.POST)
    until = form.cleaned_data["until"] if form.is_valid() else None
    if until is not None and until <= timezone.localdate():
        raise Refused(_("This day is over. Please choose a later one."))
    row.verify(by=request.user, at=request.at, until=until)
    return _("Verified. Vacancies of this organisation can be published now.")


def _return(request: MemberRequest, row: Organisation) -> str:
    row.give_back(by=request.user, at=request.at, reason=_words(request))
    return _("Returned. The organisation reads what is to be mended.")


def _suspend(request: MemberRequest, row: Organisation) -> str:
    row.suspend(by=request.user, at=request.at, reason=_words(request))
    return _("Suspended. Its vacancies are off all screens.")


def _words(request: MemberRequest) -> str:
    form = WordsForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please say in words what is to be mended."))
    return str(form.cleaned_data["words"])


ANSWERS: dict[str, Callable[[MemberRequest, Organisation], str]] = {
    "verify": _verify, "return": _return, "suspend": _suspend,
}  # fmt: skip
