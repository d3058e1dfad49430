"""A window's page is for the window whose token comes along; everybody else sees a code and the house."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from tests import factories
from tests.nouns import signage as hang

pytestmark = pytest.mark.django_db


def handed_over(page: str, name: str) -> Any:
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page)
    assert found, f"the page hands over no {name}"
    return json.loads(found[1])


def screen(token: str) -> Client:
    client = Client()
    client.cookies["device"] = token
    return client


@pytest.fixture
def window(at: datetime) -> Any:
    return hang.device(at=at, site=hang.site(), name="2 号窗")


def test_an_unpaired_screen_gets_a_code_and_is_never_blank(client: Client, window: Any):
    answer = client.get("/windows/")
    page = answer.content.decode()
    assert answer.status_code == 200 and "<ym-pairing" in page and " unpaired" not in page
    assert "才俊咖啡" in page and "9:00-21:00" in page
    assert django_settings.SESSION_COOKIE_NAME not in answer.cookies


def test_a_paired_window_goes_to_its_own_player(window: Any):
    row, token = window
    assert screen(token).get("/windows/")["Location"] == f"/windows/{row.uid}/"
    page = screen(token).get(f"/windows/{row.uid}/").content.decode()
    facts = handed_over(page, "window-settings")
    assert (facts["uid"], facts["site"]["name"], facts["preview"]) == (row.uid, "才俊咖啡", None)
    assert facts["settings"] == row.settings
    # The house stands there before any script has run.
    assert 'class="window-block window-block--house"' in page


def test_a_window_asking_for_another_is_led_to_its_own(at: datetime, window: Any):
    row, token = window
    other, _token = hang.device(at=at, name="3 号窗")
    assert screen(token).get(f"/windows/{other.uid}/")["Location"] == f"/windows/{row.uid}/"


@pytest.mark.parametrize("whose", ["nobody", "revoked", "kiosk"])
def test_whoever_is_not_that_window_is_told_to_forget_and_to_pair(at: datetime, window: Any, whose: str):
    row, token = window
    clients = {"nobody": Client(), "revoked": screen(token), "kiosk": screen(hang.device("kiosk", at=at)[1])}
    if whose == "revoked":
        row.revoke(by=None, at=at)
    page = clients[whose].get(f"/windows/{row.uid}/").content.decode()
    assert re.search(r"<ym-pairing [^>]*\sunpaired>", page)
    assert "window-settings" not in page


@pytest.mark.parametrize(
    ("power", "status"),
    [("manager", 200), ("sysadmin", 200), ("editor", 200), ("auditor", 404), ("reviewer", 404)],
)
def test_a_preview_is_for_those_who_place(
    client: Client, at: datetime, window: Any, subdistrict: Any, power: str, status: int
):
    row, _token = window
    facts = (
        {"role": power} if power in {"manager", "sysadmin", "auditor"} else {"role": "staff", "duty": power}
    )
    client.force_login(factories.member("qian", "钱工", subdistrict, at=at, **facts))
    answer = client.get(f"/windows/{row.uid}/?preview=1")
    assert answer.status_code == status
    if status == 200:
        page = answer.content.decode()
        assert handed_over(page, "window-settings")["preview"] == f"/api/v1/devices/{row.uid}/manifest"
        assert "预览" in page and "no-store" in answer["Cache-Control"]


def test_every_word_it_hands_to_the_browser_is_chinese(window: Any):
    row, token = window
    words = handed_over(screen(token).get(f"/windows/{row.uid}/").content.decode(), "window-words")
    plain = {key: re.sub(r"\{\w+\}", "", word) for key, word in words.items()}
    assert {key for key, word in plain.items() if re.search("[A-Za-z]{2,}", word)} == set()


def test_the_worker_keeps_the_windows_alone_and_is_never_stale(client: Client):
    if not (django_settings.DIST / "manifest.json").is_file():
        pytest.skip("the front end is not built: python hatch_build.py")
    answer = client.get("/windows/worker.js")
    assert (answer["Cache-Control"], answer["Service-Worker-Allowed"]) == ("no-cache", "/windows/")
    facts = json.loads(answer.content.decode().split("\n")[0].removeprefix("const FACTS = ").rstrip(";"))
    assert re.match(facts["pages"], "/windows/") and re.match(facts["pages"], f"/windows/{'a' * 32}/")
    assert not re.match(facts["pages"], "/windows/files/aa") and not re.match(facts["pages"], "/wall/")
    assert all(client.head(name).status_code == 200 for name in facts["files"])
    assert not any("maplibre" in name for name in facts["files"])
