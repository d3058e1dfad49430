"""The first page of the desk: what is to be done, before anything else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yuanmeng.counsel import duty, ledger
from yuanmeng.counsel.models import FollowUp, FollowUpKind
from yuanmeng.organisations.models import Role
from yuanmeng.web.desk import overview, seeing
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.counsel.models.follow_up import FollowUpQuerySet
    from yuanmeng.web.shared.door import MemberRequest

AHEAD = timedelta(days=7)
AT_MOST = 60
DONE_SHOWN = 8
# To-dos about vacancies wait apart: three hundred of them must not bury one person.
VACANCIES = [FollowUpKind.VACANCY_RECHECK]


@dataclass(frozen=True)
class Line:
    """One to-do as it stands on the desk."""

    todo: FollowUp
    name: str
    when: str
    is_late: bool


@dataclass(frozen=True)
class Group:
    """The to-dos of one stretch of time. `total` may be more than the lines shown."""

    key: str
    title: str
    lines: list[Line]
    total: int


@open_to("counsellor", "front_desk", "manager")
@never_cache
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """This will show a counsellor their to-dos, the front desk its counter, a manager the figures."""
    if request.viewer.has(Role.COUNSELLOR):
        return render(request, "desk/home.html", _my_day(request))
    if request.viewer.has(Role.FRONT_DESK):
        return render(request, "desk/counter.html", _my_counter(request))
    return render(request, "desk/overview.html", overview.facts(at=request.at))


def _my_day(request: MemberRequest) -> dict[str, Any]:
    today, kind = timezone.localdate(request.at), request.GET.get("kind", "")
    mine = FollowUp.objects.of(request.user)
    people = mine.exclude(kind__in=VACANCIES).filter(due_on__lte=today + AHEAD)
    shown = people.filter(kind=kind) if kind in FollowUpKind.values else people
    groups = [group for group in _groups(request, shown, today) if group.total]
    return {
        "groups": groups,
        "kinds": _kinds(people, kind),
        "due": people.filter(due_on__lte=today).count(),
        "late": people.filter(due_on__lt=today).count(),
        "rechecks": mine.filter(kind__in=VACANCIES, due_on__lte=today).count(),
        "done": _done_today(request, today),
        "contacts": ledger.contacts_today(request.user.actor_key, on=today),
        "on_duty": duty.on_duty(request.at),
        "today": today,
    }


def _groups(request: MemberRequest, rows: FollowUpQuerySet, today: date) -> list[Group]:
    stretches = [
        ("late", _("Late"), Q(due_on__lt=today)),
        ("today", _("Today"), Q(due_on=today)),
        ("next", _("The next seven days"), Q(due_on__gt=today)),
    ]
    groups = [_group(key, title, rows.filter(span), today) for key, title, span in stretches]
    shown = sum(len(group.lines) for group in groups)
    if shown:
        seeing.note_look(request, "to_dos", fields="name", count=shown)
    return groups


def _group(key: str, title: str, rows: FollowUpQuerySet, today: date) -> Group:
    beside = ("person", "vacancy__organisation", "organisation", "application", "assigned_to")
    lines = [line_of(todo, today) for todo in rows.select_related(*beside).order_by("due_on", "id")[:AT_MOST]]
    return Group(key, title, lines, rows.count() if len(lines) == AT_MOST else len(lines))


def line_of(todo: FollowUp, today: date) -> Line:
    """This will say one to-do. It is on one's desk or the common pile, so the name may be read."""
    return Line(todo, todo.person.name if todo.person else "", _when(todo, today), todo.due_on < today)


def _when(todo: FollowUp, today: date) -> str:
    late = todo.days_late(today)
    if late > 0:
        return ngettext("%(days)d day late", "%(days)d days late", late) % {"days": late}
    ahead = -late
    if ahead <= 1:
        return _("tomorrow") if ahead else _("today")
    return ngettext("in %(days)d day", "in %(days)d days", ahead) % {"days": ahead}


def _kinds(rows: FollowUpQuerySet, chosen: str) -> list[dict[str, Any]]:
    """The kinds that occur, with their numbers, most first."""
    counted = rows.values("kind").annotate(n=Count("id")).order_by("-n", "kind")
    return [
        {
            "code": row["kind"],
            "label": FollowUpKind(row["kind"]).label,
            "n": row["n"],
            "here": row["kind"] == chosen,
        }
        for row in counted
    ]


def _done_today(request: MemberRequest, today: date) -> list[FollowUp]:
    rows = FollowUp.objects.filter(assigned_to=request.user, state="done", done_at__date=today)
    return list(rows.select_related("person", "vacancy").order_by("-done_at")[:DONE_SHOWN])


def _my_counter(request: MemberRequest) -> dict[str, Any]:
    """The front desk sees who asked for help, without a name, and who is on duty."""
    calls = FollowUp.objects.open().filter(kind=FollowUpKind.HELP_WANTED, person=None)
    today = timezone.localdate(request.at)
    lines = [
        line_of(todo, today)
        for todo in calls.select_related("vacancy", "organisation").order_by("due_on", "id")
    ]
    return {"lines": lines, "on_duty": duty.on_duty(request.at), "today": today}
