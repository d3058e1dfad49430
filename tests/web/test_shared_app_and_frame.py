"""The house on a phone's home screen, and in a city app's frame: public pages only, by setting only."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

pytestmark = pytest.mark.django_db
CITY = "https://city.example"


def test_a_phone_can_put_the_house_on_its_home_screen(client: Client) -> None:
    assert 'rel="manifest" href="/app.webmanifest"' in client.get("/").content.decode()
    answer = client.get("/app.webmanifest")
    told = answer.json()
    assert answer.headers["Content-Type"].startswith("application/manifest+json")
    assert told["short_name"] == "圆梦" and told["display"] == "standalone"
    pictures = [icon["src"] for icon in told["icons"] if icon["src"].endswith(".png")]
    assert len(pictures) == 3
    assert all(finders.find(src.removeprefix("/static/")) for src in pictures)


@pytest.mark.parametrize("path", ["/", "/map/", "/vacancies/", "/help/"])
def test_a_city_app_may_frame_what_everybody_reads(client: Client, settings: Any, path: str) -> None:
    settings.FRAMED_BY = [CITY]
    answer = client.get(path)
    assert f"frame-ancestors {CITY}" in answer.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize("path", ["/login/", "/login/phone/", "/kiosk/", "/wall/", "/office/"])
def test_nobody_frames_what_is_somebodys_own(client: Client, settings: Any, path: str) -> None:
    settings.FRAMED_BY = [CITY]
    answer = client.get(path)
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_without_the_setting_nobody_frames_anything(client: Client) -> None:
    answer = client.get("/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
