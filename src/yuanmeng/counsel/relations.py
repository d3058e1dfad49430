"""For whom a counsellor may open the file: whoever is in their care, as long as they are.

Adds to applications.relations what only this floor knows: to-dos, referrals, acts on behalf.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from yuanmeng.applications.models import Application, Referral
from yuanmeng.applications.relations import AFTERGLOW
from yuanmeng.counsel.models import FollowUp, FollowUpState
from yuanmeng.people.models import User
from yuanmeng.seekers.models import Seeker

ASSIGNED = frozenset({"assigned"})


def in_care_of(user: User, people: Iterable[int], *, at: datetime) -> set[int]:
    """This will return which of these persons (by key) are in the user's care now.

    Their own caseload; an open to-do on their desk or on the common pile; one they did today;
    a referral or an application they sent that is alive or ended less than 90 days ago.
    """
    keys = list(people)
    owned = Seeker.objects.filter(person__in=keys, owner=user).values_list("person", flat=True)
    return {*owned, *_by_to_dos(user, keys, at), *_by_referrals(user, keys, at), *_on_behalf(user, keys, at)}


def _by_to_dos(user: User, keys: list[int], at: datetime) -> set[int]:
    waiting = Q(state=FollowUpState.OPEN) & (Q(assigned_to=user) | Q(assigned_to=None))
    today = Q(state=FollowUpState.DONE, assigned_to=user, done_at__date=timezone.localdate(at))
    rows = FollowUp.objects.filter(waiting | today, person__in=keys)
    return {key for key in rows.values_list("person", flat=True) if key is not None}


def _by_referrals(user: User, keys: list[int], at: datetime) -> Iterable[int]:
    rows = Referral.objects.filter(officer=user, seeker__person__in=keys, proposed_at__gte=at - AFTERGLOW)
    return rows.values_list("seeker__person", flat=True)


def _on_behalf(user: User, keys: list[int], at: datetime) -> Iterable[int]:
    alive = Q(ended_at=None) | Q(ended_at__gte=at - AFTERGLOW)
    rows = Application.objects.filter(alive, on_behalf_by=user, seeker__person__in=keys)
    return rows.values_list("seeker__person", flat=True)
