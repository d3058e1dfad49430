"""The log-in page of a demonstration says who can log in; every other install says nothing of the kind."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests import factories
from yuanmeng.people import totp
from yuanmeng.people.models import User

pytestmark = pytest.mark.django_db


def row(name: str, role: str, *, duty: str | None = None, secret: str | None = None) -> dict[str, Any]:
    return {
        "key": name, "username": name, "role": role, "duty": duty, "password": factories.PASSWORD,
        "totp_secret": secret, "phone": "12000000099",
    }  # fmt: skip


@pytest.fixture
def card(chen: User, hu: User, at: datetime, settings: Any, tmp_path: Path, monkeypatch: Any) -> Path:
    """The card of a small demonstration, at a moment that stands still."""
    monkeypatch.setattr(timezone, "now", lambda: at)
    settings.DEMO_MODE, settings.DATA_DIR = True, tmp_path
    chen.totp_secret = totp.new_secret()
    chen.save()
    rows = [row("chen", "counsellor", secret=chen.totp_secret), row("shen", "visitor", duty="reviewer"),
            row("hu", "recruiter"), *(row(f"seeker{n}", "seeker") for n in range(4))]  # fmt: skip
    path = tmp_path / "demo.json"
    path.write_text(json.dumps({"accounts": rows}), "utf-8")
    return path


def page(client: Client, query: str = "") -> str:
    return client.get(f"/login/{query}").content.decode()


def test_the_page_lists_roles_in_words_names_passwords_and_todays_digits(
    client: Client, card: Path, chen: User, at: datetime
):
    html = page(client)
    digits = totp.digits(chen.totp_secret, at=at)
    for words in ["演示账号", "就业服务专员", "招聘", "<code>chen</code>", digits]:
        assert words in html
    assert factories.PASSWORD in html
    assert "counsellor" not in html
    # Secrets that open more than this half minute, and phones, stay in the file.
    assert chen.totp_secret not in html
    assert "12000000099" not in html


def test_two_seekers_are_enough(client: Client, card: Path):
    html = page(client)
    assert "seeker1" in html
    assert "seeker2" not in html


def test_one_tap_fills_the_form_and_the_form_logs_in(client: Client, card: Path):
    html = page(client, "?as=chen")
    form = {name: _value(html, name) for name in ("username", "password", "totp")}
    assert form["username"] == "chen"
    assert client.post("/login/", form)["Location"] == "/desk/"


def test_the_link_keeps_where_one_was_going(client: Client, card: Path):
    assert "?as=chen&amp;next=/vacancies/#main" in page(client, "?next=/vacancies/")


def test_an_unknown_account_fills_in_nothing(client: Client, card: Path):
    assert _value(page(client, "?as=nobody"), "username") == ""


def test_outside_the_demonstration_there_is_no_panel_and_nothing_is_filled_in(
    client: Client, card: Path, settings: Any
):
    settings.DEMO_MODE = False
    html = page(client, "?as=chen")
    assert "演示账号" not in html
    assert factories.PASSWORD not in html
    assert _value(html, "username") == ""


def test_without_its_card_a_demonstration_says_nothing(client: Client, card: Path):
    card.unlink()
    assert "演示账号" not in page(client)
    assert _value(page(client, "?as=chen"), "username") == ""


def _value(html: str, name: str) -> str:
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', html)
    assert field
    value = re.search(r'value="([^"]*)"', field[0])
    return value[1] if value else ""
