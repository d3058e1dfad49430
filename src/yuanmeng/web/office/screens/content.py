"""What the windows can show: listed, written, shown as a card, and answered by a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.counsel.names import names_of
from yuanmeng.signage import images
from yuanmeng.signage.models import Content, ContentKind, ContentState
from yuanmeng.signage.models.content import EDITABLE
from yuanmeng.web.office.imports import pager
from yuanmeng.web.office.screens.content_forms import HINTS, ContentForm, ReasonForm
from yuanmeng.web.office.screens.forms import complain
from yuanmeng.web.office.who import APPROVE, COMPOSE, CONTENT
from yuanmeng.web.shared import once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 30
STATES = (
    ContentState.SUBMITTED, ContentState.DRAFT, ContentState.RETURNED, ContentState.APPROVED,
    ContentState.WITHDRAWN,
)  # fmt: skip
TABS: dict[str, Any] = {"": gettext_lazy("All"), **{state.value: state.label for state in STATES}}


@open_to(*CONTENT)
@require_safe
def listed(request: MemberRequest) -> HttpResponse:
    """This will list what was written, the newest change first."""
    tab, words = request.GET.get("tab", ""), request.GET.get("q", "").strip()
    page = Paginator(_found(tab, words), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "rows": page.object_list, "tab": tab, "tabs": TABS.items(), "q": words, "pager": pager(page),
        "total": page.paginator.count, "may_write": request.viewer.has(*COMPOSE),
    }  # fmt: skip
    return render(request, "office/screens/contents.html", facts)


def _found(tab: str, words: str) -> QuerySet[Content]:
    rows = Content.objects.select_related("file").order_by("-changed_at", "-id")
    if tab in ContentState.values:
        rows = rows.filter(state=tab)
    else:
        rows = rows.exclude(state=ContentState.WITHDRAWN)
    if words:
        rows = rows.filter(
            Q(title__icontains=words) | Q(body__icontains=words) | Q(title_en__icontains=words)
        )
    return rows


@open_to(*COMPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """This will ask for the kind, then take a draft of it."""
    kind = request.GET.get("kind", "")
    if kind not in ContentKind.values:
        kinds = [(one.value, one.label, HINTS[one]) for one in ContentKind]
        return render(request, "office/screens/content_kind.html", {"kinds": kinds})
    form = ContentForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("office:one_content", _write(request, form).uid)
        except Refused as refusal:
            complain(form, refusal)
    facts = {"form": form, "label": ContentKind(kind).label, "hint": HINTS[ContentKind(kind)]}
    return render(request, "office/screens/content_form.html", facts, status=422 if form.errors else 200)


def _write(request: MemberRequest, form: ContentForm) -> Content:
    return Content.write(form.kind, by=request.user, at=request.at, **form.facts(_picture(request, form)))


def _picture(request: MemberRequest, form: ContentForm) -> Any:
    file = form.cleaned_data.get("file")
    return images.take(file, by=request.user, at=request.at) if file else None


@open_to(*COMPOSE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: MemberRequest, uid: str) -> HttpResponse:
    """This will change a draft or what was returned; of what is approved it begins a new version."""
    row = content_of(uid)
    form = ContentForm(request.POST or None, request.FILES or None, kind=row.kind, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("office:one_content", _change(request, row, form).uid)
        except Refused as refusal:
            complain(form, refusal)
    facts = {"form": form, "row": row, "label": row.get_kind_display(), "hint": HINTS[form.kind]}
    return render(request, "office/screens/content_form.html", facts, status=422 if form.errors else 200)


def _change(request: MemberRequest, row: Content, form: ContentForm) -> Content:
    facts = form.facts(_picture(request, form))
    if row.state == ContentState.APPROVED:
        return row.revise(by=request.user, at=request.at, **facts)
    row.edit(by=request.user, at=request.at, **facts)
    return row


@open_to(*CONTENT)
@require_safe
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show one content as a card, what has become of it, and what may be done now."""
    row = content_of(uid)
    steps = list(Step.of(row))
    names = names_of([*(step.by for step in steps), *row.authors])
    labels = dict(ContentState.choices)
    facts = {
        "row": row,
        "steps": [(labels.get(s.new, s.new), names.get(s.by, ""), s.at, _noted(s)) for s in steps],
        "authors": [name for key in row.authors if (name := names.get(key))], "moves": _moves(request, row),
        "own": not row.may_be_approved_by(request.user), "once": once.new_key(), "reason": ReasonForm(),
        "playlists": {item.playlist for item in row.playlist_items.select_related("playlist")},
        "later": row.later_versions.exclude(state=ContentState.WITHDRAWN).first(),
    }  # fmt: skip
    return render(request, "office/screens/content.html", facts)


def _noted(step: Step) -> str:
    return "" if step.note == "emergency" else step.note


def _moves(request: MemberRequest, row: Content) -> set[str]:
    """What whoever asks may do with it now."""
    state, moves = ContentState(row.state), set()
    if request.viewer.has(*COMPOSE):
        if state in EDITABLE:
            moves |= {"edit", "submit", "withdraw"}
        if state == ContentState.APPROVED and not row.emergency:
            moves.add("revise")
    if request.viewer.has(*APPROVE) and state == ContentState.SUBMITTED:
        moves |= {"approve", "return"}
    if request.viewer.has(*COMPOSE, *APPROVE) and state in {ContentState.APPROVED, ContentState.SUBMITTED}:
        moves.add("withdraw")
    return moves


@open_to(*CONTENT)
@require_POST
def answer(request: MemberRequest, uid: str) -> HttpResponse:
    """This will hand in, approve, return or take down."""
    row, name = content_of(uid), request.POST.get("answer", "")
    who, act = ANSWERS.get(name, ((), None))
    if act is None or not request.viewer.has(*who):
        raise Http404

    def said() -> str:
        messages.success(request, act(request, row))
        return f"/office/content/{uid}/"

    return redirect(once.per_form(request, said))


def _submit(request: MemberRequest, row: Content) -> str:
    row.submit(by=request.user, at=request.at)
    return _("Handed in. A second person reads it now.")


def _approve(request: MemberRequest, row: Content) -> str:
    row.approve(by=request.user, at=request.at)
    return _("Approved. It can be put into a playlist; what hangs already follows within a minute.")


def _return(request: MemberRequest, row: Content) -> str:
    row.send_back(by=request.user, at=request.at, reason=_reason(request))
    return _("Returned. Its author reads your reason.")


def _withdraw(request: MemberRequest, row: Content) -> str:
    row.withdraw(by=request.user, at=request.at, reason=_reason(request))
    return _("Taken down. It leaves every screen within a minute.")


def _reason(request: MemberRequest) -> str:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Please say why in a few words."))
    return str(form.cleaned_data["reason"])


ANSWERS: dict[str, tuple[tuple[str, ...], Callable[[MemberRequest, Content], str]]] = {
    "submit": (COMPOSE, _submit), "approve": (APPROVE, _approve), "return": (APPROVE, _return),
    "withdraw": ((*COMPOSE, *APPROVE), _withdraw),
}  # fmt: skip


def content_of(uid: str) -> Content:
    """This will be a content by its uid, or the 404 of a wrong address."""
    row = Content.objects.select_related("file", "replaces").filter(uid=uid).first()
    if row is None:
        raise Http404
    return row
