"""Who is there to look after something now."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from yuanmeng.counsel.models import FollowUp, Shift
from yuanmeng.organisations.models import Membership, Role
from yuanmeng.people.models import User
from yuanmeng.seekers.models import Seeker


def on_duty(at: datetime) -> list[User]:
    """This will name the counsellors on duty now: a running shift and a membership that still holds."""
    counsellors = Membership.objects.live_on(timezone.localdate(at)).filter(role=Role.COUNSELLOR)
    shifts = Shift.objects.running_at(at).filter(
        user__is_active=True, user__memberships__in=counsellors
    )  # fmt: skip
    return list(dict.fromkeys(shift.user for shift in shifts.select_related("user")))


def who_looks_after(seeker: Seeker | None, *, at: datetime) -> User | None:
    """This will name whose desk something about a seeker goes to.

    The seeker's own counsellor when on duty; else whoever on duty has the shortest pile; with
    nobody on duty the seeker's own counsellor; else nobody: it lies on the common pile.
    """
    present = on_duty(at)
    owner = seeker.owner if seeker is not None else None
    if owner is not None and not owner.is_active:
        owner = None
    if owner in present or not present:
        return owner
    return min(present, key=lambda user: FollowUp.objects.open().filter(assigned_to=user).count())
