"""The worker: one readable loop that lets the readers read and the clock strike."""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from yuanmeng.counsel import timers
from yuanmeng.ops import beat, duties
from yuanmeng.ops.readers import read_all

log = logging.getLogger(__name__)
POLL_S, QUIET_S = 0.5, 10.0
TIMERS_EVERY = timedelta(minutes=1)
RETRY_S = 2.0


class Worker:
    """Runs until told to stop; a lost database is waited for, never given up on."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self.sleep, self.stopped = sleep, False
        self.seen_version, self.looked_at = -1, 0.0
        self.next_timers = timezone.now()

    def run(self) -> None:
        """Read, strike, sleep, until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopped:
            self.sleep(self.turn())

    def turn(self) -> float:
        """Do one round and return how many seconds to sleep."""
        try:
            beat.touch()
            busy = self._has_news() and read_all(timezone.now()) > 0
            self._strike()
            return 0.0 if busy else POLL_S
        except DatabaseError:
            log.exception("the database is away; trying again in %s s", RETRY_S)
            close_old_connections()
            return RETRY_S

    def _has_news(self) -> bool:
        """Ask SQLite whether anybody else wrote (1.8 µs); look anyway from time to time."""
        quiet = time.monotonic() - self.looked_at < QUIET_S
        version = _data_version()
        if quiet and version == self.seen_version and version != 0:
            return False
        self.seen_version, self.looked_at = version, time.monotonic()
        return True

    def _strike(self) -> None:
        now = timezone.now()
        if now < self.next_timers:
            return
        self.next_timers = now + TIMERS_EVERY
        done = timers.keep_time(now)
        for what in [*done, *duties.run_due(now)]:
            log.debug("by the clock: %s", what)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True


def _data_version() -> int:
    """0 where the database has no such counter."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])
