"""The bridge between granian and the pages: slow and big bodies, odd heads, answers whole and in pieces."""

from __future__ import annotations

import asyncio
import http.client
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.web.streams import Server, run
from yuanmeng.config import bridge
from yuanmeng.config.bridge import Head, environ_of, send

HALF_A_POST = (
    b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: %d\r\n\r\nphone=1"
)


class Heads(list[tuple[str, str]]):
    def items(self) -> Iterator[tuple[str, str]]:  # as granian's headers have it
        return iter(self)


def scope(**facts: Any) -> SimpleNamespace:
    usual = {
        "method": "GET", "path": "/", "query_string": "", "server": "127.0.0.1:8000", "scheme": "http",
        "client": "10.1.2.3:5000", "http_version": "1.1", "headers": Heads(),
    }  # fmt: skip
    return SimpleNamespace(**usual | facts)


def test_a_head_is_said_as_wsgi_has_it() -> None:
    heads = Heads(
        [("host", "a.example"), ("content-type", "text/plain"), ("cookie", "a=1"), ("cookie", "b=2")]
    )
    environ = environ_of(scope(path="/岗位", client="[::1]:5000", headers=heads))
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/岗位"
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("::1", "8000")
    assert (environ["CONTENT_TYPE"], environ["HTTP_COOKIE"]) == ("text/plain", "a=1; b=2")


def test_a_name_that_would_pass_for_a_proxys_is_left_out() -> None:
    environ = environ_of(
        scope(headers=Heads([("x_forwarded_for", "1.2.3.4"), ("x-forwarded-for", "5.6.7.8")]))
    )
    assert environ["HTTP_X_FORWARDED_FOR"] == "5.6.7.8"


class Line:
    """Notes what is sent: in one piece, or as a stream."""

    def __init__(self) -> None:
        self.whole: bytes | None = None
        self.pieces: list[bytes] = []

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.whole = body

    def response_stream(self, status: int, headers: Any) -> Line:
        return self

    async def send_bytes(self, piece: bytes) -> None:
        self.pieces.append(piece)


def sent(body: list[bytes]) -> Line:
    line = Line()

    async def act() -> None:
        await asyncio.to_thread(send, line, asyncio.get_running_loop(), Head(), body)

    run(act)
    return line


def test_small_answers_go_out_whole_and_big_ones_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "SMALL", 10)
    assert sent([b"abc", b"def"]).whole == b"abcdef"
    assert sent([]).whole == b""
    big = sent([b"abcdef", b"ghijkl", b"mno"])
    assert big.whole is None and big.pieces == [b"abcdef", b"ghijkl", b"mno"]


def test_a_sender_that_falls_silent_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bridge, "SILENCE_S", 0.05)

    class Silent:
        async def __aiter__(self) -> Any:
            yield b"half"
            await asyncio.sleep(5)

    with pytest.raises(TimeoutError):
        run(lambda: bridge.read_all(Silent(), 8))


def test_a_big_body_is_read_by_lines_and_sizes() -> None:
    class Proto:
        async def __aiter__(self) -> Any:
            for piece in (b"one\ntw", b"o\nthr", b"ee"):
                yield piece

    loop = asyncio.new_event_loop()
    turning = threading.Thread(target=loop.run_forever)
    turning.start()
    with bridge.Slow(Proto(), loop, 13) as body:
        assert (body.read(2), body.readline(), body.readline(), body.read()) == (
            b"on",
            b"e\n",
            b"two\n",
            b"three",
        )
        assert body.read(5) == b""
    loop.call_soon_threadsafe(loop.stop)
    turning.join()
    loop.close()


def test_what_nobody_read_is_taken_in_before_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Proto:
        async def __aiter__(self) -> Any:
            yield b"12345"
            yield b"678"
            await asyncio.sleep(60)  # said to send more, and does not
            yield b"9"

    monkeypatch.setattr(bridge, "LINGER_S", 0.2)
    loop = asyncio.new_event_loop()
    turning = threading.Thread(target=loop.run_forever)
    turning.start()
    with bridge.Slow(Proto(), loop, 8) as whole, bridge.Slow(Proto(), loop, 20) as broken:
        whole.drain()
        broken.drain()
        assert (whole.left, broken.left) == (0, 12)
    loop.call_soon_threadsafe(loop.stop)
    turning.join()
    loop.close()


@pytest.mark.django_db(transaction=True)
def test_pages_are_answered_beside_a_dozen_slow_senders(tmp_path: Path) -> None:
    server = Server(tmp_path).start()
    try:
        with ExitStack() as stack:
            for length in [900] * 12 + [5_000_000] * 6:
                slow = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
                slow.sendall(HALF_A_POST % length)
            time.sleep(0.3)
            assert ask(server.port, "GET", "/healthz") == (200, b'{"alive": true}')
        assert ask(server.port, "HEAD", "/healthz") == (200, b"")
        assert ask(server.port, "GET", "/%E5%B2%97%E4%BD%8D%FF%2F..")[0] == 404
        # Bigger than anything but an import may be: read, and refused for its form token.
        assert ask(server.port, "POST", "/login/", b"x=" + b"y" * 2_000_000)[0] == 403
    finally:
        server.kill()


def ask(port: int, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=8)
    try:
        line.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = line.getresponse()
        return answer.status, answer.read()
    finally:
        line.close()
