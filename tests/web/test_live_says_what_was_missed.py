"""`/live`: who may hear what, where a browser stands, and what it missed."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from tests import factories
from yuanmeng.core import topics
from yuanmeng.core.actors import CLOCK
from yuanmeng.web.api.live.asking import position_of

pytestmark = pytest.mark.django_db


def said(client: Client, names: str, position: str | None = None, **headers: str) -> list[str]:
    """Return the lines of the answer that say something."""
    if position is not None:
        headers["Last-Event-ID"] = position
    response = client.get("/live", {"topics": names}, headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/event-stream")
    assert response.headers["X-Accel-Buffering"] == "no"
    assert "no-cache" in response.headers["Cache-Control"]
    return [line for line in response.content.decode().splitlines() if line]


def test_a_new_browser_is_told_where_it_stands(client: Client, at: datetime) -> None:
    topics.say("vacancies", "vacancy.published", at=at)
    assert said(client, "programme,vacancies") == ["retry: 15000", "id: programme=0,vacancies=1"]


def test_a_browser_that_comes_back_hears_what_it_missed_with_the_position_after_each(
    client: Client, at: datetime
) -> None:
    for kind in ("vacancy.published", "vacancy.closed"):
        topics.say("vacancies", kind, at=at)
    topics.say("programme", "programme.published", at=at)
    lines = said(client, "vacancies,programme", "vacancies=1,programme=0")
    assert lines[1:] == [
        "id: programme=0,vacancies=1",
        "id: programme=1,vacancies=1", "event: news",
        'data: {"topic":"programme","seq":1,"kind":"programme.published"}',
        "id: programme=1,vacancies=2", "event: news",
        'data: {"topic":"vacancies","seq":2,"kind":"vacancy.closed"}',
    ]  # fmt: skip


@pytest.mark.parametrize(
    "nonsense", ["vacancies=-1", "vacancies=1e3", "vacancies=１", "vacancies", "=1", "x\n=2", "a" * 5000]
)
def test_a_position_that_is_no_number_counts_as_none(client: Client, at: datetime, nonsense: str) -> None:
    topics.say("vacancies", "vacancy.published", at=at)
    assert position_of(nonsense) == {}
    assert position_of(f"{nonsense},programme=3") in ({"programme": 3}, {})


def test_an_unknown_topic_and_another_devices_are_not_there(client: Client, at: datetime) -> None:
    device, token = factories.device("window", at=at)
    other, _token = factories.device("window", at=at)
    for names, headers in [
        ("people", {}), ("vacancies,people", {}), ("Vacancies", {}),
        (f"device:{other.uid}", {"Authorization": f"Bearer {token}"}),
        ("device:", {"Authorization": f"Bearer {token}"}),
    ]:  # fmt: skip
        response = client.get("/live", {"topics": names}, headers=headers)
        assert response.status_code == 404, names
        assert response.headers["Content-Type"] == "application/problem+json"
    assert said(client, f"device:{device.uid}", Authorization=f"Bearer {token}")[1] == (
        f"id: device:{device.uid}=0"
    )


def test_a_device_hears_of_itself_by_cookie_and_nobody_else_does(client: Client, at: datetime) -> None:
    device, token = factories.device("wall", at=at)
    for wrong in ("", "nonsense"):
        client.cookies["device"] = wrong
        response = client.get("/live", {"topics": "device:me,vacancies"})
        assert response.status_code == 401 and response.json()["code"] == "not_signed_in"
    client.cookies["device"] = token
    assert said(client, "device:me,vacancies")[1] == f"id: device:{device.uid}=0,vacancies=0"
    device.revoke(by=CLOCK, at=at)
    assert client.get("/live", {"topics": "device:me"}).status_code == 401


def test_what_processes_say_to_each_other_is_not_said_to_browsers(client: Client, at: datetime) -> None:
    device, token = factories.device("wall", at=at)
    topics.say(topics.of_device(device.uid), "stream:1234", at=at)
    client.cookies["device"] = token
    lines = said(client, "device:me", f"device:{device.uid}=0")
    assert lines[1:] == [f"id: device:{device.uid}=0"]


def test_it_wants_topics_and_takes_no_other_method(client: Client) -> None:
    assert client.get("/live").json()["code"] == "unreadable"
    assert client.post("/live").status_code == 405
