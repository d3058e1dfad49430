"""Event rows become hints to browsers: one for each topic and batch, however many rows there were."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from yuanmeng.core import events, topics
from yuanmeng.core.models import EventRow

NAME = "hints"
# Begin of a kind → the topic it is news for.
TOPIC_OF = {
    "vacancy.": topics.VACANCIES,
    "programme.": topics.PROGRAMME, "session.": topics.PROGRAMME,
    "content.": topics.WINDOWS, "playlist.": topics.WINDOWS, "placement.": topics.WINDOWS,
}  # fmt: skip
COMMANDED = "device.commanded"
KINDS = (*TOPIC_OF, COMMANDED)


def read_news(at: datetime, limit: int = 500) -> int:
    """This will say what is new and return how many rows it read; bookmark and hints are one transaction."""
    rows = events.unread(NAME, kinds=KINDS, limit=limit)
    if not rows:
        return 0
    # The last kind stands for the batch: whoever hears it asks for everything anyhow.
    said = {topic_of(row): row.kind for row in rows}
    with transaction.atomic():
        events.mark_read(NAME, rows[-1])
        topics.say_many(said.items(), at=at)
    return len(rows)


def topic_of(row: EventRow) -> str:
    """This will name the topic an event row is news for."""
    if row.kind == COMMANDED:
        return topics.of_device(row.object_uid)
    return TOPIC_OF[row.kind.partition(".")[0] + "."]
