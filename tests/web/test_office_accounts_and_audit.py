"""Secrets once, power from two people, never two of the three administrators. Audit is only ever read."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.core import audit
from yuanmeng.core.models import AuditEntry
from yuanmeng.organisations.models import Membership
from yuanmeng.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.fixture
def runs(subdistrict: Any, at: datetime) -> Client:
    """The system administrator at work."""
    client = Client()
    client.force_login(factories.member("admin", "系统管理员", subdistrict, role="sysadmin", at=at))
    return client


@pytest.fixture
def approves(subdistrict: Any, at: datetime) -> Client:
    """The security administrator at work."""
    client = Client()
    client.force_login(
        factories.member("guard", "安全管理员", subdistrict, role="staff", duty="security", at=at)
    )
    return client


@pytest.fixture
def reads(subdistrict: Any, at: datetime) -> Client:
    """The auditor at work."""
    client = Client()
    client.force_login(factories.member("audit", "审计员", subdistrict, role="auditor", at=at))
    return client


def opened(runs: Client, username: str = "sun") -> tuple[User, str]:
    html = runs.post(
        "/office/accounts/new", {"username": username, "display_name": "孙老师", "once": "a"}
    ).content.decode()
    return User.objects.get(username=username), html


def give(client: Client, user: User, organisation: Any, power: str) -> None:
    client.post(
        f"/office/accounts/{user.uid}/memberships", {"organisation": organisation.name, "power": power}
    )


def powers(user: User) -> set[str]:
    return {row.duty or row.role for row in Membership.objects.filter(user=user, to_on=None)}


def test_an_account_opens_with_secrets_shown_once(runs: Client):
    user, html = opened(runs)
    password = re.findall(r"<code>([^<]+)</code>", html)[0]
    assert user.check_password(password)
    assert user.totp_secret in html
    assert "<svg" in html
    assert password not in runs.get(f"/office/accounts/{user.uid}/").content.decode()
    assert powers(user) == set()


def test_a_taken_name_is_said(runs: Client):
    opened(runs)
    again = runs.post("/office/accounts/new", {"username": "sun", "display_name": "另一人"})
    assert again.status_code == 422
    assert "用户名已被使用" in again.content.decode()


def test_ordinary_roles_come_from_the_system_administrator(runs: Client, operator: Any, subdistrict: Any):
    user, _html = opened(runs)
    give(runs, user, operator, "counsellor")
    assert powers(user) == {"counsellor"}
    give(runs, user, operator, "reviewer")
    assert powers(user) == {"counsellor"}, "the operator never reviews itself"
    row = Membership.objects.get(user=user)
    runs.post(f"/office/accounts/{user.uid}/memberships/{row.uid}")
    assert powers(user) == set()


def test_the_three_administrators_need_two_people(runs: Client, approves: Client, subdistrict: Any):
    user, _html = opened(runs)
    give(runs, user, subdistrict, "auditor")
    assert powers(user) == set(), "who opens accounts does not make auditors"
    give(approves, user, subdistrict, "counsellor")
    assert powers(user) == set(), "who approves does not give ordinary roles"
    give(approves, user, subdistrict, "auditor")
    assert powers(user) == {"auditor"}
    give(approves, user, subdistrict, "security")
    assert powers(user) == {"auditor"}, "one person is never two of the three"


def test_nobody_changes_their_own_power(runs: Client, subdistrict: Any):
    me = User.objects.get(username="admin")
    give(runs, me, subdistrict, "manager")
    assert powers(me) == {"sysadmin"}
    runs.post(f"/office/accounts/{me.uid}/suspension", {"words": "试试"})
    me.refresh_from_db()
    assert me.is_active


def test_suspension_ends_open_sessions(runs: Client, chen: Any):
    theirs = Client()
    theirs.force_login(chen)
    assert theirs.get("/desk/").status_code in {200, 404}
    runs.post(f"/office/accounts/{chen.uid}/suspension", {"words": "离职"})
    assert theirs.get("/desk/").status_code == 302
    runs.post(f"/office/accounts/{chen.uid}/suspension")
    chen.refresh_from_db()
    assert chen.is_active


def test_seekers_accounts_are_not_listed(runs: Client, li: Any, at: datetime):
    hers = factories.user("phone-li", "李秀芳", at=at, person=li.person)
    assert "phone-li" not in runs.get("/office/accounts/").content.decode()
    assert runs.get(f"/office/accounts/{hers.uid}/").status_code == 404


def test_the_auditor_finds_and_exports(reads: Client, hu: Any, cafe: Any, at: datetime):
    audit.write("lift", by=hu, at=at - timedelta(days=2), about=cafe, reason="=1+1")
    html = reads.get("/office/audit/?action=lift").content.decode()
    assert "胡经理" in html
    assert (
        reads.get("/office/audit/?action=lift&from_on=2026-11-25")
        .content.decode()
        .count('data-action="lift"')
        == 0
    )
    assert reads.get("/office/audit/?who=胡经理").content.decode().count('data-action="lift"') == 1
    data = reads.get("/office/audit/export?as=csv&action=lift").content.decode("utf-8-sig")
    assert hu.actor_key in data
    assert "胡经理" not in data
    assert "'=1+1" in data
    assert AuditEntry.objects.filter(action="export", fields="audit").exists()


def test_the_chain_is_checked_and_a_break_is_named(reads: Client, hu: Any, at: datetime):
    for number in range(3):
        audit.write("step", by=hu, at=at + timedelta(seconds=number))
    assert "审计链完整" in reads.post("/office/audit/check", follow=True).content.decode()


def test_an_auditor_changes_nothing(reads: Client, chen: Any):
    for path in (
        f"/office/accounts/{chen.uid}/suspension",
        "/office/accounts/new",
        "/office/reviews/publication",
        "/office/imports/",
    ):
        assert reads.post(path, {}).status_code == 404, path
