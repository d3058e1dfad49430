"""One look at the topics for all streams of this process, and each stream's line with its own queue.

Everything here happens on the event loop but `_watch`, the thread that looks: it reads, closes, and hands
over. Which stream has seen what stands in the stream, so a hint that is handed over twice is said once.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError, connection

from yuanmeng.core import topics
from yuanmeng.core.topics import Hint
from yuanmeng.web.api.live import words

log = logging.getLogger(__name__)
# SQLite's counter of other people's commits costs 1.8 µs, so it is read often; PostgreSQL wakes us.
LOOK_S, NOTIFIED_WITHIN_S, RETRY_S = 0.05, 0.25, 1.0
HEARTBEAT_S = 15.0
# A browser for which so many bytes wait is let go; it comes again and says where it stands. Whatever one look
# can find (200 hints of each of its topics) fits twice.
MOST_WAITING = 256 * 1024
# By hints of this kind a device's newest stream ends the older ones, in whichever process they are.
OPENED = words.OPENED
# An ended older stream comes back late: two windows of one device must not push each other out all day.
SUPERSEDED_RETRY_MS = 60_000


class Stream:
    """One browser's line. Nothing is said before `begin`; what happens meanwhile is kept."""

    __slots__ = ("early", "ended", "line", "mark", "seen", "size", "waiting", "writing")

    def __init__(self, mark: str = "") -> None:
        self.mark = mark
        self.line: Any = None
        self.seen: dict[str, int] = {}
        self.early: list[Hint] = []
        self.waiting: list[bytes] = []
        self.size = 0
        self.writing: asyncio.Task[None] | None = None
        self.ended = asyncio.get_running_loop().create_future()

    def begin(self, line: Any, seen: dict[str, int], first: bytes) -> None:
        """This will say the first words, then what came meanwhile, then everything that comes."""
        self.line, self.seen = line, seen
        self.say(first)
        early, self.early = self.early, []
        for hint in early:
            self.hear(hint)

    def hear(self, hint: Hint) -> None:
        """This will say a hint, unless the browser has not asked for it or has heard it."""
        if self.line is None:
            self.early.append(hint)
        elif hint.seq > self.seen.get(hint.topic, hint.seq):
            self.seen[hint.topic] = hint.seq
            if not hint.kind.startswith(OPENED):
                self.say(words.news(hint, self.seen))
            elif hint.kind != OPENED + self.mark:
                self.say(words.later(SUPERSEDED_RETRY_MS))
                self.end()

    def say(self, piece: bytes) -> None:
        """This will queue bytes; a full queue ends the stream."""
        if self.size > MOST_WAITING:
            self.end()
        elif not self.ended.done():
            self.waiting.append(piece)
            self.size += len(piece)
            self.writing = self.writing or asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            while self.waiting:
                piece = b"".join(self.waiting)
                self.waiting, self.size = [], 0
                await self.line.send_bytes(piece)
        except Exception as gone:
            # The browser is gone; granian has several names for it.
            log.debug("A stream ends: %r", gone)
            self.end()
        finally:
            self.writing = None

    def end(self) -> None:
        """This will let the browser go; what is queued is still sent if it takes it."""
        if not self.ended.done():
            self.ended.set_result(None)


class Hub:
    """All streams of this process."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.streams: set[Stream] = set()
        # How far the thread has read each topic somebody listens to.
        self.stand: dict[str, int] = {}
        self.heard = threading.Event()
        self.closed = False
        self.heart = self.loop.create_task(self._beat())
        threading.Thread(target=self._watch, name="live", daemon=True).start()

    def begin(self, stream: Stream, line: Any, seen: dict[str, int], first: bytes) -> None:
        """This will let a stream of `streams` speak from these positions on."""
        stream.begin(line, seen, first)
        for name, seq in seen.items():
            # Perhaps another stream read later than this one: then once more from here.
            self.stand[name] = min(self.stand.get(name, seq), seq)
        self.heard.set()

    def leave(self, stream: Stream) -> None:
        """This will forget a stream, and topics nobody is left for."""
        self.streams.discard(stream)
        for name in stream.seen:
            if not any(name in one.seen for one in self.streams):
                self.stand.pop(name, None)

    def close(self) -> None:
        """This will end every stream; the browsers come again by themselves."""
        self.closed = True
        self.heart.cancel()
        self.heard.set()
        for stream in list(self.streams):
            stream.end()

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            for stream in list(self.streams):
                if stream.line is not None:
                    stream.say(words.HEARTBEAT)

    def _spread(self, read_from: dict[str, int], hints: Iterable[Hint]) -> None:
        """This will tell everybody, and read on from there, unless a stream wants it from further back."""
        for hint in hints:
            if self.stand.get(hint.topic) == read_from[hint.topic]:
                self.stand[hint.topic] = read_from[hint.topic] = hint.seq
            for stream in list(self.streams):
                stream.hear(hint)

    # --- The thread ---------------------------------------------------------------------------

    def _watch(self) -> None:
        wait = Wait()
        while not self.closed:
            try:
                if not self.streams:
                    connection.close()
                    self.heard.wait()
                    wait = Wait()
                self._look()
                wait.for_news(self.heard)
            except DatabaseError:
                log.exception("live: the database is away; looking again in %s s", RETRY_S)
                connection.close()
                time.sleep(RETRY_S)
                wait = Wait()
        connection.close()

    def _look(self) -> None:
        self.heard.clear()
        read_from = dict(self.stand)
        hints = topics.since(read_from)
        if hints:
            self.loop.call_soon_threadsafe(self._spread, read_from, hints)


class Wait:
    """Waits until somebody may have said something: a hint to look, never the news itself."""

    def __init__(self) -> None:
        self.version, self.listens = 0, False

    def for_news(self, asked: threading.Event) -> None:
        """This will come back soon after a commit, when `asked`, and on PostgreSQL now and then anyhow."""
        if connection.vendor == "postgresql":
            self._notified()
            return
        while (version := _data_version()) == self.version and not asked.is_set():
            time.sleep(LOOK_S)
        self.version = version

    def _notified(self) -> None:
        connection.ensure_connection()
        with connection.wrap_database_errors:
            if not self.listens:
                # What was said before this line is found by the look that follows.
                connection.connection.execute(f"LISTEN {topics.CHANNEL}")
                self.listens = True
                return
            for _note in connection.connection.notifies(timeout=NOTIFIED_WITHIN_S, stop_after=1):
                return


def _data_version() -> int:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
