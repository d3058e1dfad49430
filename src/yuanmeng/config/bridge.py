"""From granian's RSGI door to the WSGI application: synchronous pages in threads, beside a loop for streams.

A body is read before a thread is taken, so slow senders hold no thread; big ones are read by the thread
itself, two at a time, so that pages always find one. Measured against other ways in decision 8.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from io import BytesIO, RawIOBase
from itertools import chain
from typing import Any

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
THREADS, BIG_AT_ONCE = 4, 2
# Up to here a body waits in memory for its thread, and an answer is sent in one piece.
SMALL = 1 << 20
SILENCE_S, BODY_S, LINGER_S = 10.0, 60.0, 3.0
FIXED: dict[str, Any] = {
    "GATEWAY_INTERFACE": "CGI/1.1", "SCRIPT_NAME": "", "SERVER_SOFTWARE": "Granian", "wsgi.version": (1, 0),
    "wsgi.multiprocess": True, "wsgi.multithread": True, "wsgi.run_once": False,
}  # fmt: skip


def environ_of(scope: Any) -> dict[str, Any]:
    """This will say a request's head in WSGI's words; PATH_INFO is bytes in disguise, as PEP 3333 has it."""
    host, _colon, port = scope.server.rpartition(":")
    environ = FIXED | {
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": scope.path.encode("utf-8", "surrogateescape").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.errors": sys.stderr,
        "wsgi.input": BytesIO(),
    }
    for name, value in scope.headers.items():
        # "_" in a header's name would pass for "-": a stranger could write a proxy's headers.
        if "_" not in name:
            key = HEADS.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
            glue = "; " if name == "cookie" else ","
            environ[key] = f"{environ[key]}{glue}{value}" if key in environ else value
    return environ


HEADS = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Pages:
    """The WSGI application with its threads."""

    def __init__(self, application: Wsgi, threads: int = THREADS) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self.big = asyncio.Semaphore(BIG_AT_ONCE)

    async def answer(self, scope: Any, proto: Any, environ: dict[str, Any]) -> None:
        """Answer one request, whose head is in `environ` already."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > SMALL:
            async with self.big:
                environ["wsgi.input"] = Slow(proto, asyncio.get_running_loop(), length)
                await self._answer(environ, proto)
            return
        if length:
            try:
                environ["wsgi.input"] = BytesIO(await read_all(proto, length))
            except TimeoutError:
                proto.response_empty(408, [("connection", "close")])
                return
        await self._answer(environ, proto)

    async def _answer(self, environ: dict[str, Any], proto: Any) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self.pool, partial(self._speak, environ, proto, loop))

    def _speak(self, environ: dict[str, Any], proto: Any, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: run the application and send what it answers."""
        head = Head()
        body = self.application(environ, head)
        unread = environ["wsgi.input"]
        if isinstance(unread, Slow):
            unread.drain()
        try:
            send(proto, loop, head, body)
        finally:
            if hasattr(body, "close"):
                body.close()

    def close(self) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)


class Head:
    """WSGI's start_response: keeps status and headers until there is something to send."""

    status, headers = 500, ()

    def __call__(self, status: str, headers: Iterable[tuple[str, str]], exc_info: Any = None) -> None:
        self.status, self.headers = int(status[:3]), list(headers)  # type: ignore[assignment]


def send(proto: Any, loop: asyncio.AbstractEventLoop, head: Head, body: Iterable[bytes]) -> None:
    """Small answers go out in one piece, others piece by piece, as fast as the line takes them."""
    pieces, first, size = iter(body), [], 0
    for piece in pieces:
        first.append(piece)
        size += len(piece)
        if size > SMALL:
            break
    else:
        proto.response_bytes(head.status, head.headers, b"".join(first))
        return
    line = proto.response_stream(head.status, head.headers)
    for piece in chain(first, pieces):
        asyncio.run_coroutine_threadsafe(_send(line, piece), loop).result()


async def _send(line: Any, piece: bytes) -> None:
    await line.send_bytes(piece)


async def read_all(proto: Any, length: int) -> bytes:
    """This will read a body; TimeoutError when the sender is silent for too long or never ends."""
    read = bytearray()
    async with asyncio.timeout(BODY_S):
        pieces = aiter(proto)
        while len(read) < length and (piece := await asyncio.wait_for(_next(pieces), SILENCE_S)):
            read += piece
    return bytes(read)


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    return await anext(pieces, b"")


class Slow(RawIOBase):
    """A big body as a file, read while it comes."""

    def __init__(self, proto: Any, loop: asyncio.AbstractEventLoop, length: int) -> None:
        self.pieces, self.loop, self.left = aiter(proto), loop, length
        self.rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self.left + len(self.rest) if size < 0 else size
        parts = [self.rest]
        have = len(self.rest)
        while have < wanted and (piece := self._more()):
            parts.append(piece)
            have += len(piece)
        read = b"".join(parts)
        self.rest = read[wanted:]
        return read[:wanted]

    def drain(self) -> None:
        """Take in for a moment what nobody read: who is cut off while sending never sees the answer."""
        until = time.monotonic() + LINGER_S
        with suppress(TimeoutError):
            while self.left > 0 and (within := until - time.monotonic()) > 0 and self._more(within):
                pass

    def _more(self, within: float = SILENCE_S) -> bytes:
        coming = asyncio.run_coroutine_threadsafe(_next(self.pieces), self.loop)
        try:
            piece = coming.result(within)
        except TimeoutError:
            coming.cancel()
            raise
        self.left -= len(piece)
        return piece
