"""What a manager reads at the desk: how the work stands, by officer, without a single name of a citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from yuanmeng.applications.models import LIST_AFTER, Application
from yuanmeng.counsel import duty
from yuanmeng.counsel.models import FollowUp, FollowUpState
from yuanmeng.organisations.models import Membership, Role
from yuanmeng.people.models import User

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Desk:
    """One officer's week. `in_time` is a share in percent, None when nothing was due (shown as —)."""

    name: str
    open: int
    late: int
    done: int
    in_time: int | None


def facts(*, at: datetime) -> dict[str, Any]:
    """This will count the to-dos of every counsellor: open, late, done this week, done in time (K13)."""
    today = timezone.localdate(at)
    open_ones = FollowUp.objects.open()
    return {
        "desks": [_desk(user, today) for user in _counsellors(today)],
        "pile": open_ones.filter(assigned_to=None).count(),
        "late": open_ones.filter(due_on__lt=today).count(),
        "due": open_ones.filter(due_on=today).count(),
        "silent": Application.objects.silent_since(at - LIST_AFTER).count(),
        "on_duty": duty.on_duty(at),
        "today": today,
    }


def _counsellors(today: date) -> list[User]:
    live = Membership.objects.live_on(today).filter(role=Role.COUNSELLOR)
    return list(User.objects.filter(memberships__in=live).distinct().order_by("display_name", "id"))


def _desk(user: User, today: date) -> Desk:
    week = Q(due_on__gt=today - WEEK, due_on__lte=today)
    in_time = Q(state=FollowUpState.DONE, done_at__date__lte=F("due_on"))
    counted = FollowUp.objects.filter(assigned_to=user).aggregate(
        open=Count("id", filter=Q(state=FollowUpState.OPEN)),
        late=Count("id", filter=Q(state=FollowUpState.OPEN, due_on__lt=today)),
        done=Count("id", filter=Q(state=FollowUpState.DONE, done_at__date__gt=today - WEEK)),
        due=Count("id", filter=week & ~Q(state=FollowUpState.DROPPED)),
        kept=Count("id", filter=week & in_time),
    )
    share = round(100 * counted["kept"] / counted["due"]) if counted["due"] else None
    return Desk(str(user), counted["open"], counted["late"], counted["done"], share)
