"""Giving and taking power: memberships, by whom, and what one person may never hold together."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core import audit
from yuanmeng.core.errors import Refused
from yuanmeng.organisations.models import Duty, Kind, Membership, Organisation, Role
from yuanmeng.organisations.viewer import Viewer
from yuanmeng.people.models import User

# Which kind of organisation has people of a role or duty. The operator never reviews itself.
_HOUSE = {Kind.OPERATOR, Kind.DEPARTMENT}
WHERE: dict[str, set[Kind]] = {
    Role.RECRUITER: {Kind.EMPLOYER, Kind.HR_AGENCY},
    Role.PARTNER: {Kind.UNIVERSITY, Kind.TRAINING_PROVIDER, Kind.HR_AGENCY},
    Role.FRONT_DESK: _HOUSE,
    Role.COUNSELLOR: _HOUSE,
    Role.MANAGER: {Kind.DEPARTMENT},
    Role.AUDITOR: {Kind.DEPARTMENT},
    Role.SYSADMIN: {Kind.DEPARTMENT},
    Duty.REVIEWER: {Kind.DEPARTMENT},
    Duty.DATA_OFFICER: {Kind.DEPARTMENT},
    Duty.DEPARTMENT_OFFICER: {Kind.DEPARTMENT},
    Duty.SECURITY: {Kind.DEPARTMENT},
    Duty.EDITOR: _HOUSE,
    Duty.CAFE: {Kind.OPERATOR},
}
# 三员: one runs, one approves, one reads; never one person.
ADMINISTRATORS = frozenset({Role.SYSADMIN, Role.AUDITOR, Duty.SECURITY})


def held(row: Membership) -> str:
    """This will be the one word of a membership: its duty where it has one, else its role."""
    return row.duty or row.role


def give(user: User, organisation: Organisation, power: str, *, by: Viewer, at: datetime) -> Membership:
    """This will let a user act for an organisation; `power` is a role, or a duty (role staff).

    Ordinary powers are given by the system administrator, those of the three administrators by the security
    administrator: each new one needs two people. Raises Refused.
    """
    _refuse_giver(user, power, by=by)
    if organisation.kind not in WHERE.get(power, set()):
        raise Refused(_("This kind of organisation has nobody in that role."), field="power")
    if power in ADMINISTRATORS and _administrators(user).exists():
        raise Refused(_("One person is never two of the three administrators."), code="second_person")
    facts = {"role": Role.STAFF, "duty": power} if power in Duty.values else {"role": power, "duty": ""}
    try:
        with transaction.atomic():
            row = Membership.objects.create(
                user=user,
                organisation=organisation,
                from_on=timezone.localdate(at),
                made_by=by.actor_key,
                **facts,
            )
            audit.write("membership.give", by=by, at=at, about=user, fields=f"{organisation.uid[:8]} {power}")
    except IntegrityError:
        raise Refused(_("This person holds that role already."), code="duplicate") from None
    return row


def take(row: Membership, *, by: Viewer, at: datetime) -> None:
    """This will end a membership today; its power is gone with the next request."""
    _refuse_giver(row.user, held(row), by=by)
    with transaction.atomic():
        row.end(on=timezone.localdate(at))
        audit.write("membership.take", by=by, at=at, about=row.user, fields=held(row))


def may_give(power: str, by: Viewer) -> bool:
    """This will tell whether somebody may give and take this power at all."""
    return by.has(Duty.SECURITY) if power in ADMINISTRATORS else by.has(Role.SYSADMIN)


def _refuse_giver(user: User, power: str, *, by: Viewer) -> None:
    if by.user is not None and by.user.pk == user.pk:
        raise Refused(_("Nobody changes their own power. Please ask a second person."), code="second_person")
    if not may_give(power, by):
        raise Refused(
            _("Another administrator gives this role: ask the security administrator."), code="second_person"
        )


def _administrators(user: User) -> QuerySet[Membership]:
    """The live memberships that make somebody one of the three."""
    return Membership.objects.filter(user=user, to_on=None).filter(
        Q(role__in=[Role.SYSADMIN, Role.AUDITOR]) | Q(duty=Duty.SECURITY)
    )
