"""One stream from its request to its end, on the event loop of granian's RSGI worker.

The database is asked in threads of our own, at the beginning and, for a device, every few seconds; none of
its connections is held while a stream waits. What is refused goes on to the pages, which say it (views.py).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from yuanmeng.core import topics
from yuanmeng.core.errors import Refused
from yuanmeng.people.sessions import SessionStore
from yuanmeng.web.api.live import asking, seats, views, words
from yuanmeng.web.api.live.hub import OPENED, Hub, Stream
from yuanmeng.web.shared import limits

log = logging.getLogger(__name__)
RETRY_MS = 2_000
MOST, THREADS = 1_500, 2
# An ended pairing shows within 5 s.
CHECK_EVERY_S = 3.0
ENDING_S = 1.0
LATER = [("Retry-After", "5"), ("Cache-Control", "no-store")]


@dataclass
class Admitted:
    """Who may listen: what to say first, from where to go on, and the seat to give back."""

    asked: asking.Asked
    seen: dict[str, int]
    first: bytes
    seat: int


class Live:
    """The streams of this process. `pages` answers what is refused, given the reason beside the request."""

    def __init__(self, pages: Callable[[Any, Any, dict[str, Any]], Awaitable[None]]) -> None:
        seats.sweep()
        self.pages, self.hub = pages, Hub()
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="live")

    async def __call__(self, scope: Any, proto: Any, environ: dict[str, Any]) -> None:
        """Hold one stream until the browser, its pairing or this process ends."""
        if self.hub.closed or len(self.hub.streams) >= MOST:
            proto.response_empty(503, LATER)
            return
        stream = Stream(mark=secrets.token_hex(8))
        # From here on nothing is missed: what is said while the database is asked waits in the stream.
        self.hub.streams.add(stream)
        admitted = None
        try:
            admitted = await self._in_thread(self._admit, environ, stream.mark)
            if admitted is not None:
                line = proto.response_stream(200, words.HEADERS)
                self.hub.begin(stream, line, admitted.seen, admitted.first)
                await self._stay(stream, proto, admitted.asked)
        except DatabaseError:
            log.exception("live: the database is away")
            proto.response_empty(503, LATER)
            return
        finally:
            self.hub.leave(stream)
            if admitted is not None:
                seats.give_back(admitted.seat)
        if admitted is None:
            await self.pages(scope, proto, environ)

    def _admit(self, environ: dict[str, Any], mark: str) -> Admitted | None:
        """In a thread: None where the pages have to answer; they find the reason in the environ."""
        request = WSGIRequest(environ)
        if request.method != "GET" or (settings.SECURE_SSL_REDIRECT and not request.is_secure()):
            return None
        try:
            request.get_host()
            limits.spend_page(request)
            request.session = SessionStore(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
            asked = asking.read(request)
            seat = seats.FREE if asked.device else seats.take(request)
        except Refused as refusal:
            environ[views.REFUSED] = refusal
            return None
        except SuspiciousOperation:
            return None
        if asked.device:
            topics.say(topics.of_device(asked.device), OPENED + mark, at=timezone.now())
        seen, hints = asked.missed()
        first = words.hello(seen, hints, retry_ms=RETRY_MS)
        return Admitted(asked, seen, first, seat)

    async def _stay(self, stream: Stream, proto: Any, asked: asking.Asked) -> None:
        gone = asyncio.ensure_future(proto.client_disconnect())
        check = asyncio.create_task(self._check(stream, asked)) if asked.device else None
        await asyncio.wait({gone, stream.ended}, return_when=asyncio.FIRST_COMPLETED)
        stream.end()
        if check is not None:
            check.cancel()
        if stream.writing is not None and not gone.done():
            await asyncio.wait({stream.writing}, timeout=ENDING_S)
        gone.cancel()

    async def _check(self, stream: Stream, asked: asking.Asked) -> None:
        """End the stream soon after its device's pairing has ended; a database that is away ends nothing."""
        while not stream.ended.done():
            await asyncio.sleep(CHECK_EVERY_S)
            try:
                if not await self._in_thread(asking.is_paired, asked.device, asked.token):
                    stream.end()
            except DatabaseError:
                continue

    async def _in_thread(self, act: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, _alone, act, *args)

    def close(self) -> None:
        """This will end all streams; new ones are asked to come again."""
        self.hub.close()


def _alone(act: Callable[..., Any], *args: Any) -> Any:
    """Run with the thread's connection, and give it back where it is not to be kept."""
    close_old_connections()
    try:
        return act(*args)
    finally:
        close_old_connections()
