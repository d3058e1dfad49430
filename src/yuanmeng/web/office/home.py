"""The first page of the office: what waits, for those whose duty it is, and what is open today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yuanmeng.core.models import AuditEntry
from yuanmeng.intake.models import Batch, BatchRow
from yuanmeng.intake.models import State as BatchState
from yuanmeng.organisations.models import RENEWAL_NOTICE, Mandate, Organisation
from yuanmeng.organisations.models import State as Trust
from yuanmeng.organisations.viewer import Duty, Role
from yuanmeng.oversight import figures
from yuanmeng.people.models import User
from yuanmeng.programme.models import LineUp
from yuanmeng.recommend import drift
from yuanmeng.recommend.models import ModelState, ModelVersion
from yuanmeng.signage.models import Content, ContentState
from yuanmeng.vacancies.models import Report, Vacancy
from yuanmeng.web.office.screens.board import ill
from yuanmeng.web.office.who import (
    ACCOUNTS,
    ANYBODY,
    APPROVE,
    AUDIT,
    COMPOSE,
    DEVICES,
    ENGINE,
    EXPORTS,
    FIGURES,
    IMPORT,
    PUBLISH,
    REVIEW,
    WRITE,
)
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpResponse

    from yuanmeng.organisations.viewer import Viewer
    from yuanmeng.web.shared.door import MemberRequest

WATCHED_FROM = {
    Role.AUDITOR: "/office/audit/?action=export&result=refused",
    Duty.SECURITY: "/office/accounts/",
    Role.MANAGER: "/office/figures/",
}


@dataclass(frozen=True)
class ToDo:
    """One count of the home page; `count` 0 reads as done."""

    label: str
    count: int
    path: str


@open_to(*ANYBODY)
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """This will count what waits for this person, and name nothing they may not open."""
    todos = list(_todos(request.viewer, timezone.localdate()))
    facts: dict[str, object] = {"todos": todos, "waiting": sum(one.count for one in todos)}
    if request.viewer.has(*FIGURES):
        facts["today"] = figures.today(request.at)
    return render(request, "office/home.html", facts)


def _todos(viewer: Viewer, today: date) -> Iterator[ToDo]:
    if viewer.has(*REVIEW):
        yield ToDo(_("vacancies to review"), Vacancy.objects.waiting_for_review().count(), "/office/reviews/")
        yield ToDo(_("papers to verify"), waiting_papers().count(), "/office/verification/")
        yield ToDo(
            _("mandates to confirm"), Mandate.objects.waiting().count(), "/office/verification/?tab=mandates"
        )
        yield ToDo(
            _("citizens' reports"),
            Report.objects.filter(settled_at=None).count(),
            "/office/reviews/?tab=reports",
        )
        yield ToDo(
            _("verifications that end within 30 days"),
            ending(today).count(),
            "/office/verification/?tab=ending",
        )
    if viewer.has(*PUBLISH):
        waiting = LineUp.objects.waiting().count()
        yield ToDo(_("months of the programme to review"), waiting, "/office/programme/?waiting=1")
    if viewer.has(*WRITE):
        own = LineUp.objects.with_the_writer(today).count()
        yield ToDo(_("months of the programme to finish"), own, "/office/programme/?unfinished=1")
    if viewer.has(*APPROVE):
        waiting = Content.objects.waiting().count()
        yield ToDo(_("contents to approve"), waiting, "/office/content/?tab=submitted")
    if viewer.has(*COMPOSE):
        back = Content.objects.filter(state=ContentState.RETURNED).count()
        yield ToDo(_("contents that came back"), back, "/office/content/?tab=returned")
    if viewer.has(*DEVICES):
        yield ToDo(_("screens to look after"), ill(timezone.now()), "/office/screens/")
    if viewer.has(*IMPORT):
        unfinished = Batch.objects.filter(state__in=[BatchState.PREVIEWED, BatchState.COMMITTING])
        yield ToDo(_("files to look through"), unfinished.count(), "/office/imports/")
        undecided = BatchRow.objects.waiting().filter(
            batch__state__in=[BatchState.PREVIEWED, BatchState.COMMITTED]
        )
        yield ToDo(_("rows to decide about"), undecided.count(), "/office/imports/")
    if viewer.has(*ENGINE):
        newest = ModelVersion.objects.newest_first().first()
        refused = int(newest is not None and newest.state == ModelState.REFUSED)
        notices = refused + drift.watch().is_large
        yield ToDo(_("notices about the matching engine"), notices, "/office/engine/")
    if viewer.has(*ACCOUNTS):
        powerless = User.objects.filter(is_active=True, memberships=None, person=None, phone_index="")
        yield ToDo(_("accounts without a role"), powerless.count(), "/office/accounts/?q=")
    if viewer.has(*AUDIT):
        since = timezone.now() - timedelta(days=1)
        yield ToDo(
            _("refused log-ins since yesterday"),
            _refused("login", since),
            "/office/audit/?action=login&result=refused",
        )
    if viewer.has(*EXPORTS):
        # Those who watch over exports are told; who may open the entries themselves goes there.
        room = next(path for power, path in WATCHED_FROM.items() if viewer.has(power))
        week = timezone.now() - timedelta(days=7)
        yield ToDo(_("refused exports in seven days"), _refused("export", week), room)


def _refused(action: str, since: object) -> int:
    return AuditEntry.objects.filter(action=action, result="refused", at__gte=since).count()


def waiting_papers() -> QuerySet[Organisation]:
    """This will be the organisations whose papers wait for a reviewer."""
    return Organisation.objects.filter(state__in=[Trust.SUBMITTED, Trust.UNDER_REVIEW])


def ending(today: date) -> QuerySet[Organisation]:
    """This will be the organisations whose verification ends soon."""
    soon = Q(valid_until__gte=today, valid_until__lte=today + RENEWAL_NOTICE)
    return Organisation.objects.filter(soon).exclude(state__in=[Trust.SUSPENDED, Trust.BLACKLISTED])
