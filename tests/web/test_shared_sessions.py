"""Everybody who is logged in sees where, and logs out there; nobody else's sessions exist."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.web.test_shared_log_in import by_phone, log_in
from yuanmeng.core.models import AuditEntry
from yuanmeng.people.models import Session

pytestmark = pytest.mark.django_db
PAGE = "/account/sessions/"
WECHAT = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"


def at_office(name: str = "hu") -> Client:
    browser = Client(headers={"User-Agent": EDGE})
    assert log_in(browser, name).status_code == 302
    return browser


@pytest.fixture
def office(hu: Any) -> Client:
    """胡经理 at the office."""
    return at_office()


@pytest.fixture
def phone(hu: Any, at: datetime, monkeypatch: pytest.MonkeyPatch) -> Client:
    """胡经理 on the phone, an hour earlier."""
    browser = Client(headers={"User-Agent": WECHAT})
    with monkeypatch.context() as earlier:
        earlier.setattr(timezone, "now", lambda: at - timedelta(hours=1))
        log_in(browser, "hu")
    return browser


def shown(browser: Client) -> str:
    return browser.get(PAGE).content.decode().split("<main", 1)[1].split("</main>")[0]


def handle_on(page: str) -> str:
    return page.split(f"{PAGE}", 1)[1].split("/end")[0]


def is_in(browser: Client) -> bool:
    return browser.get(PAGE).status_code == 200


def test_this_browser_stands_first_and_says_so(phone: Client, office: Client):
    page = shown(office)
    assert 0 < page.index("Edge · Windows") < page.index("本浏览器") < page.index("微信 · iPhone")
    assert "9:00" in page


def test_one_is_ended_and_the_others_stay(phone: Client, office: Client, hu: Any):
    assert office.post(f"{PAGE}{handle_on(shown(office))}/end")["Location"] == PAGE
    assert is_in(office)
    assert not is_in(phone)
    assert AuditEntry.objects.get(action="session.end").actor == hu.actor_key


def test_all_others_are_ended_at_once(phone: Client, office: Client):
    third = at_office()
    office.post(f"{PAGE}others/end")
    assert [is_in(browser) for browser in (phone, office, third)] == [False, True, False]
    assert AuditEntry.objects.get(action="session.end").count == 2
    assert "其他" not in shown(office)


def test_the_page_holds_no_key_that_opens_anything(phone: Client, office: Client):
    page = office.get(PAGE).content.decode()
    assert not [row.session_key for row in Session.objects.all() if row.session_key in page]
    assert phone.cookies["sid"].value not in page
    assert "no-store" in office.get(PAGE)["Cache-Control"]


def test_somebody_elses_session_does_not_exist(
    office: Client, phone: Client, hu: Any, cafe: Any, at: datetime
):
    factories.member("gu", "顾主管", cafe, role="recruiter", at=at)
    other = at_office("gu")
    assert "微信" not in shown(other)
    assert other.post(f"{PAGE}{handle_on(shown(office))}/end").status_code == 404
    other.post(f"{PAGE}others/end")
    assert is_in(phone)


def test_a_seeker_finds_it_beside_their_data(client: Client, li: Any):
    by_phone(client, li.person.phone)
    assert shown(client).count("<li>") == 1
    assert PAGE in client.get("/help/").content.decode()


def test_a_visitor_is_asked_to_log_in(client: Client):
    assert client.get(PAGE)["Location"].startswith("/login/")
    assert PAGE not in client.get("/help/").content.decode()


def test_a_browser_that_says_nothing_is_a_browser(hu: Any):
    silent = Client()
    log_in(silent, "hu")
    assert "浏览器" in shown(silent)
