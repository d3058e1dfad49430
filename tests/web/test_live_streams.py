"""Streams on the real server: each hint once and in order, whatever happens to lines and processes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.web.streams import Browser, Server, wait_until
from yuanmeng.core import topics
from yuanmeng.core.actors import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
SOON_S = 2.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("live")


@pytest.fixture(scope="module")
def running(folder: Path, django_db_setup: Any) -> Iterator[Server]:
    one = Server(folder)
    yield one
    one.kill()


@pytest.fixture
def server(running: Server) -> Server:
    """The server; a test may stop or kill it, the next one finds it running."""
    return running.start()


@pytest.fixture(autouse=True)
def _everybody_leaves() -> Iterator[None]:
    yield
    while Browser.all:
        Browser.all.pop().leave()


def say(at: datetime, many: int = 1, name: str = "vacancies") -> None:
    for _n in range(many):
        topics.say(name, "vacancy.published", at=at)


def test_a_hint_comes_at_once_to_whom_it_concerns(server: Server, at: datetime) -> None:
    wall, window = Browser(server.port, "vacancies,programme"), Browser(server.port, "programme")
    say(at)
    assert wait_until(lambda: wall.heard, SOON_S)
    assert wall.heard == [{"topic": "vacancies", "seq": 1, "kind": "vacancy.published"}]
    assert wall.position == "programme=0,vacancies=1" and window.heard == []


def test_who_comes_back_hears_what_was_said_meanwhile_once(server: Server, at: datetime) -> None:
    browser = Browser(server.port, "vacancies")
    say(at, 3)
    assert wait_until(lambda: browser.numbers == [1, 2, 3], SOON_S)
    browser.leave()
    say(at, 2)
    again = Browser(server.port, "vacancies", position=browser.position)
    say(at, 2)
    assert wait_until(lambda: len(again.heard) >= 4, SOON_S)
    assert again.numbers == [4, 5, 6, 7]


def test_browsers_that_come_while_things_happen_miss_nothing(server: Server, at: datetime) -> None:
    browsers = []
    for _n in range(20):
        say(at, 2)
        browsers.append((_position("vacancies"), Browser(server.port, "vacancies")))
        say(at, 1)
    assert wait_until(lambda: all(b.numbers[-1:] == [60] for _seq, b in browsers), SOON_S)
    for seq, browser in browsers:
        assert browser.numbers == list(range(browser.numbers[0], 61)) and browser.numbers[0] <= seq + 1


def _position(name: str) -> int:
    return topics.positions([name])[name]


def test_one_who_does_not_read_slows_nobody(server: Server, at: datetime) -> None:
    for _n in range(5):
        Browser(server.port, "vacancies", reads=False)
    browser = Browser(server.port, "vacancies")
    say(at, 150)
    assert wait_until(lambda: browser.numbers == list(range(1, 151)), SOON_S)
    began = time.monotonic()
    say(at)
    assert wait_until(lambda: browser.numbers[-1] == 151, SOON_S)
    assert time.monotonic() - began < 1.0


def test_nothing_said_before_a_kill_is_missed_after_it(server: Server, at: datetime) -> None:
    browser = Browser(server.port, "vacancies,programme")
    say(at)
    assert wait_until(lambda: browser.heard, SOON_S)
    say(at)
    say(at, name="programme")
    server.kill()  # between the commit and the look
    assert wait_until(lambda: browser.over)
    position, missed = browser.position, 3 - len(browser.heard)
    server.start()
    again = Browser(server.port, "vacancies,programme", position=position)
    assert wait_until(lambda: len(again.heard) == missed, SOON_S)
    heard = [(hint["topic"], hint["seq"]) for hint in browser.heard + again.heard]
    assert sorted(heard) == [("programme", 1), ("vacancies", 1), ("vacancies", 2)]


def test_it_stops_in_seconds_while_streams_are_open(server: Server, at: datetime) -> None:
    browsers = [Browser(server.port, "vacancies") for _n in range(10)]
    assert server.stop() < 5
    assert wait_until(lambda: all(browser.over for browser in browsers), 1)
    say(at)
    server.start()
    again = Browser(server.port, "vacancies", position=browsers[0].position)
    assert wait_until(lambda: again.numbers == [1], SOON_S)


def test_a_new_stream_of_a_device_ends_the_older(server: Server, at: datetime) -> None:
    _device, token = factories.device("window", at=timezone.now())
    older = Browser(server.port, "device:me,windows", Authorization=f"Bearer {token}")
    newer = Browser(server.port, "device:me", Cookie=f"device={token}")
    assert wait_until(lambda: older.over, SOON_S)
    say(at, name="windows")
    say(at, name=topics.of_device(_device.uid))
    assert wait_until(lambda: newer.heard, SOON_S) and not newer.over
    assert older.heard == [] and [hint["kind"] for hint in newer.heard] == ["vacancy.published"]


def test_an_ended_pairing_ends_the_stream_within_five_seconds(server: Server, at: datetime) -> None:
    device, token = factories.device("window", at=timezone.now())
    browser = Browser(server.port, "device:me", Authorization=f"Bearer {token}")
    device.revoke(by=CLOCK, at=timezone.now())
    assert wait_until(lambda: browser.over, 5)
    assert Browser(server.port, "device:me", Authorization=f"Bearer {token}").status == 401
    assert Browser(server.port, "device:other").status == 401
    assert Browser(server.port, "people").status == 404


def test_a_session_holds_six_streams(server: Server, at: datetime, client: Any) -> None:
    client.force_login(factories.user("one", "一人", at=at))
    cookie = f"sid={client.cookies['sid'].value}"
    held = [Browser(server.port, "vacancies", Cookie=cookie) for _n in range(6)]
    assert [one.status for one in held] == [200] * 6
    assert Browser(server.port, "vacancies", Cookie=cookie).status == 429
    held.pop().leave()

    def has_room() -> bool:
        held.append(Browser(server.port, "vacancies", Cookie=cookie))
        return held[-1].status == 200

    assert wait_until(has_room, SOON_S)
