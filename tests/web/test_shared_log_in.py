"""The log-in pages open to owners, keep everybody on our own site, and forget at log-out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import hotp

from tests import factories
from yuanmeng.people import totp
from yuanmeng.people.models import Session, User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, at: datetime, settings: Any, tmp_path: Path) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at)
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"


def log_in(client: Client, name: str, code: str = "", **other: str) -> Any:
    return client.post("/login/", {"username": name, "password": factories.PASSWORD, "totp": code} | other)


def with_factor(user: User) -> User:
    user.totp_secret = totp.new_secret()
    user.save()
    return user


def digits(user: User, at: datetime) -> str:
    import base64

    return f"{hotp(base64.b32decode(user.totp_secret), int(at.timestamp()) // 30):06d}"


def by_phone(client: Client, phone: str = "12055550001", **other: str) -> Any:
    html = client.post("/login/phone/", {"phone": phone}).content.decode()
    code = re.search(r'shown-code">(\d{6})<', html)[1]  # type: ignore[index]
    return client.post("/login/phone/", {"phone": phone, "code": code} | other)


def test_an_employer_lands_on_the_employers_pages(client: Client, hu: User):
    assert log_in(client, "hu")["Location"] == "/employer/"


def test_staff_land_on_their_desk_with_the_second_factor_only(client: Client, chen: User, at: datetime):
    with_factor(chen)
    assert log_in(client, "chen").status_code == 422
    assert log_in(client, "chen", digits(chen, at))["Location"] == "/desk/"


def test_an_agency_needs_the_second_factor_too(client: Client, at: datetime):
    agency = factories.organisation("上海牵线人力资源有限公司（示例）", kind="hr_agency", at=at)
    factories.member("bai", "白老师", agency, role="recruiter", at=at)
    assert log_in(client, "bai").status_code == 422


def test_a_seeker_lands_on_their_own_page(client: Client):
    assert by_phone(client)["Location"] == "/me/"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\x"]
)
def test_next_never_leads_out_of_the_house(client: Client, hu: User, elsewhere: str):
    assert log_in(client, "hu", next=elsewhere)["Location"] == "/employer/"
    assert by_phone(Client(), next=elsewhere)["Location"] == "/me/"


def test_next_leads_back_to_where_one_was(client: Client, hu: User):
    assert log_in(client, "hu", next="/vacancies/?q=咖啡")["Location"] == "/vacancies/?q=%E5%92%96%E5%95%A1"


def test_the_session_key_is_new_after_log_in(client: Client, hu: User, settings: Any):
    client.post("/login/phone/", {"phone": "12055550001"})
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    log_in(client, "hu")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_a_staff_session_ends_after_half_an_hour_of_silence(
    client: Client, chen: User, at: datetime, monkeypatch: pytest.MonkeyPatch
):
    with_factor(chen)
    log_in(client, "chen", digits(chen, at))
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(minutes=31))
    assert client.get("/help/").wsgi_request.user.is_anonymous


def test_a_staff_session_ends_after_twelve_hours_of_work(
    client: Client, chen: User, at: datetime, monkeypatch: pytest.MonkeyPatch
):
    with_factor(chen)
    log_in(client, "chen", digits(chen, at))
    for quarters in range(1, 49):
        monkeypatch.setattr(timezone, "now", lambda q=quarters: at + timedelta(minutes=15 * q))
        seen = client.get("/help/").wsgi_request.user
        assert seen.is_authenticated == (quarters < 48)


def test_reading_is_not_written_down_at_every_page(client: Client, hu: User, django_assert_num_queries: Any):
    log_in(client, "hu")
    client.get("/help/")
    with django_assert_num_queries(3):  # session, account, memberships
        client.get("/help/")


def test_logging_out_ends_the_session_and_clears_the_browser(client: Client, hu: User):
    log_in(client, "hu")
    answer = client.post("/logout/")
    assert "storage" in answer["Clear-Site-Data"]
    assert not Session.objects.filter(user=hu).exists()
    assert client.get("/logout/").status_code == 405


def test_a_role_taken_away_acts_at_once(client: Client, hu: User, at: datetime):
    log_in(client, "hu")
    assert "recruiter" in client.get("/help/").wsgi_request.viewer.roles
    hu.memberships.get().end(on=at.date())
    assert "recruiter" not in client.get("/help/").wsgi_request.viewer.roles


def test_six_wrong_tries_close_the_door_for_a_while(client: Client, hu: User):
    for _try in range(5):
        client.post("/login/", {"username": "hu", "password": "wrong"})
    assert "15" in log_in(client, "hu").content.decode()
    assert log_in(Client(REMOTE_ADDR="10.9.9.9"), "hu").status_code == 302


def test_passwords_and_codes_are_never_printed_back(client: Client, hu: User):
    html = client.post("/login/", {"username": "hu", "password": "geheim-und-falsch"}).content.decode()
    assert "geheim-und-falsch" not in html
