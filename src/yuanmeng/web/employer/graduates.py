"""What a university sees: its own graduates who agreed, names masked, and figures without small cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yuanmeng.applications.models import OPEN_STATES, Application
from yuanmeng.core import audit, visibility
from yuanmeng.occupations import education
from yuanmeng.organisations.models import Kind
from yuanmeng.organisations.viewer import Role
from yuanmeng.oversight import cells
from yuanmeng.seekers import schools
from yuanmeng.seekers.models import State
from yuanmeng.web.employer.paging import pager
from yuanmeng.web.shared.rights import open_to
from yuanmeng.web.shared.sheets import sheet

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.organisations.models import Organisation
    from yuanmeng.seekers.models import Seeker, SeekerQuerySet
    from yuanmeng.web.shared.door import MemberRequest

PER_PAGE = 50
# A graduate is in one of these; the words are what the summary and its export say.
STANDS: dict[str, Any] = {
    "looking": gettext_lazy("Looking for work, nothing applied for yet"),
    "applied": gettext_lazy("Has applied, waits for an answer"),
    "placed": gettext_lazy("Has found work"),
    "resting": gettext_lazy("Not looking at the moment"),
}
RELATION = {"mandate"}


def landing(request: MemberRequest) -> HttpResponse:
    """This will be the first page of a partner: the graduates of a university; others are told what comes."""
    school = _school(request)
    if school is None:
        return render(request, "employer/partner.html", {"mine": request.viewer.organisations(Role.PARTNER)})
    rows = schools.graduates_of(school).select_related("person").order_by("-graduates_on", "major", "id")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [_line(row) for row in page.object_list]
    if lines:
        audit.write("read", by=request.user, at=request.at, about=school, fields="name", count=len(lines))
    facts = {
        "school": school, "lines": lines, "total": page.paginator.count, "pager": pager(page),
        "summary": summary_of(school) if lines else [],
    }  # fmt: skip
    return render(request, "employer/graduates.html", facts)


def _school(request: MemberRequest) -> Organisation | None:
    mine = request.viewer.organisations(Role.PARTNER)
    return next((one for one in mine if one.kind == Kind.UNIVERSITY), None)


def _line(row: Seeker) -> dict[str, Any]:
    """One graduate as the matrix lets a school see them: no full name, no phone, no single state."""
    asked: dict[str, Any] = {"held": {Role.PARTNER.value}, "relations": RELATION}
    seen = visibility.shape("person", {"name": row.person.name}, **asked)
    seen |= visibility.shape("seeker", {"education": row.education, "major": row.major}, **asked)
    return seen | {
        "education": education.label(seen["education"]) if seen.get("education") else "",
        "graduates_on": row.graduates_on,
    }  # fmt: skip


def summary_of(school: Organisation) -> list[tuple[str, str]]:
    """This will count the graduates by how the search stands; fewer than five are not told apart."""
    counts = dict.fromkeys(STANDS, 0)
    for state, waits in _states(schools.graduates_of(school)):
        counts[_stand(state, waits)] += 1
    shown = cells.shown_parts(counts)
    words = {
        cells.HIDDEN: _("fewer than %(n)d") % {"n": cells.LEAST},
        cells.HELD_BACK: _("%(n)d or more") % {"n": cells.LEAST},
    }
    return [(str(STANDS[key]), words.get(shown[key], shown[key])) for key in STANDS]


def _states(rows: SeekerQuerySet) -> list[tuple[str, bool]]:
    waiting = Application.objects.filter(seeker=OuterRef("pk"), state__in=OPEN_STATES)
    return list(rows.annotate(waits=Exists(waiting)).values_list("state", "waits"))


def _stand(state: str, waits: bool) -> str:
    if state == State.PLACED:
        return "placed"
    if state not in {State.ACTIVE, State.DRAFT}:
        return "resting"
    return "applied" if waits else "looking"


@open_to(Role.PARTNER)
@require_safe
def export(request: MemberRequest) -> HttpResponse:
    """This will send the summary as a file: what the page counts, nobody by name."""
    school = _school(request)
    if school is None:
        raise Http404
    rows = [(school.name, label, count) for label, count in summary_of(school)]
    audit.write("export", by=request.user, at=request.at, about=school, fields="graduates", count=len(rows))
    titles = [_("School"), _("How the search stands"), _("Graduates")]
    return sheet(request.GET.get("as", "xlsx"), f"graduates-{timezone.localdate()}", titles, rows)
