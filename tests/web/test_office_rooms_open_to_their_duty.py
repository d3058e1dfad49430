"""Every room of the office opens to its duty alone; to everybody else it does not exist."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.core import audit

pytestmark = pytest.mark.django_db
OPEN_TO = {
    "": {"manager", "auditor", "sysadmin", "reviewer", "data_officer", "security", "editor"},
    "imports/": {"data_officer"},
    "verification/": {"reviewer"},
    "reviews/": {"reviewer"},
    "accounts/": {"sysadmin", "security"},
    "accounts/new": {"sysadmin"},
    "audit/": {"auditor"},
    "audit/export": {"auditor"},
    "screens/": {"sysadmin", "manager", "auditor", "editor", "front_desk", "cafe"},
    "screens/takeover": {"manager"},
    "content/": {"editor", "manager", "auditor"},
    "content/new": {"editor"},
    "content/playlists/": {"editor", "manager", "auditor"},
    "content/placements/new": {"editor", "manager"},
    "figures/": {"manager", "auditor", "reviewer", "data_officer"},
}
DUTIES = {"reviewer", "editor", "data_officer", "department_officer", "cafe", "security"}
POWERS = sorted(
    DUTIES | {"manager", "auditor", "sysadmin", "counsellor", "front_desk", "recruiter", "partner"}
)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)


@pytest.mark.parametrize("power", POWERS)
def test_a_room_opens_to_its_duty(power: str, client: Client, subdistrict: Any, at: datetime):
    role, duty = ("staff", power) if power in DUTIES else (power, "")
    client.force_login(factories.member("somebody", "某人", subdistrict, role=role, duty=duty, at=at))
    for page, allowed in OPEN_TO.items():
        wanted = 200 if power in allowed or (page == "" and power == "department_officer") else 404
        assert client.get(f"/office/{page}").status_code == wanted, page


def test_a_visitor_is_asked_to_log_in(client: Client, db: Any):
    for page in OPEN_TO:
        assert client.get(f"/office/{page}").status_code == 302, page


def test_the_navigation_names_open_rooms_only(client: Client, reviewer: Any):
    client.force_login(reviewer)
    html = client.get("/office/").content.decode()
    assert "/office/reviews/" in html
    assert "/office/accounts/" not in html
    assert "/office/audit/" not in html


def test_the_figures_are_those_of_the_wall(client: Client, wang: Any, barista: Any):
    client.force_login(wang)
    html = client.get("/office/figures/").content.decode()
    assert "在招岗位" in html
    assert "K02" in html


@pytest.mark.parametrize(
    ("power", "room"), [("manager", "figures"), ("security", "accounts"), ("auditor", "audit")]
)
def test_a_refused_export_is_told_to_those_who_watch(
    power: str, room: str, client: Client, subdistrict: Any, chen: Any, at: datetime
):
    audit.write("export", by=chen, at=at - timedelta(days=2), fields="caseload", count=51, result="refused")
    role, duty = ("staff", power) if power == "security" else (power, "")
    client.force_login(factories.member("watches", "某人", subdistrict, role=role, duty=duty, at=at))
    told = client.get("/office/").content.decode().split("七天内被拒的导出")[0].rsplit("<a ", 1)[1]
    assert f'href="/office/{room}/' in told
    assert ">1<" in told
