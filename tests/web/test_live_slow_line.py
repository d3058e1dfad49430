"""One line of a stream: what it says, and that a browser which takes nothing is let go."""

from __future__ import annotations

import asyncio

import pytest

from tests.web.streams import run
from yuanmeng.core.topics import Hint
from yuanmeng.web.api.live import hub
from yuanmeng.web.api.live.hub import Stream


class Line:
    """Takes what is sent, as soon as it may."""

    def __init__(self) -> None:
        self.sent = b""
        self.may = asyncio.Event()

    async def send_bytes(self, piece: bytes) -> None:
        await self.may.wait()
        self.sent += piece


def hint(seq: int, topic: str = "vacancies", kind: str = "vacancy.published") -> Hint:
    return Hint(topic, seq, kind)


def test_what_comes_while_the_database_is_asked_is_said_afterwards_and_once() -> None:
    async def act() -> None:
        stream, line = Stream(), Line()
        line.may.set()
        for seq in (4, 5, 6):
            stream.hear(hint(seq))
        stream.begin(line, {"vacancies": 5}, b"hello\n\n")
        stream.hear(hint(6))
        stream.hear(hint(7, topic="programme"))
        await asyncio.sleep(0.01)
        assert line.sent.startswith(b"hello\n\n") and line.sent.count(b"event: news") == 1
        assert b"id: vacancies=6\n" in line.sent

    run(act)


def test_a_browser_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub, "MOST_WAITING", 1_000)

    async def act() -> None:
        stream, line = Stream(), Line()
        stream.begin(line, {"vacancies": 0}, b"hello\n\n")
        await asyncio.sleep(0)
        for seq in range(1, 50):
            stream.hear(hint(seq))
        assert stream.ended.done() and stream.size < 1_200
        line.may.set()
        await asyncio.sleep(0.01)

    run(act)


def test_a_line_that_breaks_ends_the_stream() -> None:
    class Broken(Line):
        async def send_bytes(self, piece: bytes) -> None:
            raise ConnectionError

    async def act() -> None:
        stream = Stream()
        stream.begin(Broken(), {"vacancies": 0}, b"hello\n\n")
        await asyncio.sleep(0.01)
        assert stream.ended.done() and stream.writing is None

    run(act)


def test_another_stream_of_the_device_ends_this_one_and_asks_it_not_to_hurry() -> None:
    async def act() -> None:
        stream, line = Stream(mark="mine"), Line()
        line.may.set()
        stream.begin(line, {"device:a": 1}, b"hello\n\n")
        stream.hear(hint(2, "device:a", "stream:mine"))
        assert not stream.ended.done()
        stream.hear(hint(3, "device:a", "stream:other"))
        await asyncio.sleep(0.01)
        assert stream.ended.done() and line.sent == b"hello\n\nretry: 60000\n\n"

    run(act)
