"""Who reads the news: every room that makes something of event rows, in the order the worker asks them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from yuanmeng.applications import messages
from yuanmeng.core import events
from yuanmeng.core.models import EventRow
from yuanmeng.counsel import readers as counsel
from yuanmeng.ops import hints
from yuanmeng.recommend import refresh
from yuanmeng.recommend.engine import READER as MATCHING
from yuanmeng.vacancies import search
from yuanmeng.vacancies.board import READER as SEARCHING


@dataclass(frozen=True)
class Reader:
    """One bookmark: its name, what it listens to, and the call that reads on (returns rows read)."""

    name: str
    kinds: Collection[str]
    read: Callable[[datetime, int], int]

    def unread(self, limit: int) -> list[EventRow]:
        """This will look at what comes next without reading it."""
        return events.unread(self.name, kinds=self.kinds, limit=limit)


READERS = (
    Reader(SEARCHING, search.KINDS, lambda at, limit: search.catch_up(limit)),
    # After the index, so that whoever asks finds it; before the matching, which may take its time.
    Reader(hints.NAME, hints.KINDS, lambda at, limit: hints.read_news(at, limit)),
    Reader(MATCHING, refresh.KINDS, lambda at, limit: refresh.catch_up(at=at, limit=limit)),
    Reader(counsel.NAME, [*counsel.HANDLERS], lambda at, limit: counsel.read_news(limit)),
    Reader(messages.NAME, messages.KINDS, lambda at, limit: messages.read_news(limit)),
)


def read_all(at: datetime, limit: int = 500) -> int:
    """This will let every reader read on once and return how many rows were read."""
    return sum(reader.read(at, limit) for reader in READERS)


def read_everything(at: datetime) -> int:
    """This will let the readers read until nothing new is left (readers write news too)."""
    read = 0
    while count := read_all(at, limit=5000):
        read += count
    return read
