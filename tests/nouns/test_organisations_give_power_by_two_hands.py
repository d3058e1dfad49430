"""Power is a membership: given by the right administrator, in the right house, never to oneself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests import factories
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import AuditEntry
from yuanmeng.organisations import powers
from yuanmeng.organisations.viewer import Viewer, viewer_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(subdistrict: Any, at: datetime) -> Viewer:
    return viewer_of(factories.member("admin", "孙管理", subdistrict, role="sysadmin", at=at), on=at.date())


@pytest.fixture
def guard(subdistrict: Any, at: datetime) -> Viewer:
    user = factories.member("guard", "安管理", subdistrict, role="staff", duty="security", at=at)
    return viewer_of(user, on=at.date())


@pytest.fixture
def sun(db: Any, at: datetime) -> Any:
    return factories.user("sun", "孙老师", at=at)


def test_a_role_holds_at_once_and_is_on_record(admin: Viewer, sun: Any, operator: Any, at: datetime):
    powers.give(sun, operator, "counsellor", by=admin, at=at)
    assert viewer_of(sun, on=at.date()).has("counsellor")
    assert AuditEntry.objects.filter(action="membership.give", object_uid=sun.uid).exists()


def test_a_role_taken_is_gone_at_once(admin: Viewer, sun: Any, operator: Any, at: datetime):
    row = powers.give(sun, operator, "counsellor", by=admin, at=at)
    powers.take(row, by=admin, at=at)
    assert not viewer_of(sun, on=at.date()).has("counsellor")
    assert powers.give(sun, operator, "counsellor", by=admin, at=at + timedelta(days=1)).pk != row.pk


@pytest.mark.parametrize("power", ["sysadmin", "auditor", "security"])
def test_the_three_need_the_security_administrator(
    power: str, admin: Viewer, guard: Viewer, sun: Any, subdistrict: Any, at: datetime
):
    with pytest.raises(Refused):
        powers.give(sun, subdistrict, power, by=admin, at=at)
    powers.give(sun, subdistrict, power, by=guard, at=at)
    for other in {"sysadmin", "auditor", "security"} - {power}:
        with pytest.raises(Refused):
            powers.give(sun, subdistrict, other, by=guard, at=at)


@pytest.mark.parametrize(
    ("kind", "power"),
    [
        ("operator", "reviewer"),
        ("employer", "counsellor"),
        ("university", "recruiter"),
        ("operator", "nonsense"),
    ],
)
def test_a_role_belongs_to_its_kind_of_organisation(
    kind: str, power: str, admin: Viewer, sun: Any, at: datetime
):
    with pytest.raises(Refused):
        powers.give(
            sun, factories.organisation(f"某{kind}（示例）", kind=kind, at=at), power, by=admin, at=at
        )


def test_nobody_gives_or_takes_their_own(admin: Viewer, subdistrict: Any, at: datetime):
    assert admin.user is not None
    with pytest.raises(Refused):
        powers.give(admin.user, subdistrict, "manager", by=admin, at=at)


def test_the_same_role_twice_is_said(admin: Viewer, sun: Any, operator: Any, at: datetime):
    powers.give(sun, operator, "front_desk", by=admin, at=at)
    with pytest.raises(Refused):
        powers.give(sun, operator, "front_desk", by=admin, at=at)
