"""Topics: durable hints to browsers that something changed. What changed they ask for with their own rights.

    topics.say("vacancies", "vacancy.published", at=at)       # last in the transaction
    topics.since({"vacancies": 12, "programme": 3})           # hints after these positions, in order

A topic's number comes from its counter row, whose lock is held until commit: numbers have no gap, and who
has seen 12 has seen everything up to 12. About 550 a second on PostgreSQL.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from yuanmeng.core.models import Topic, TopicRow

# What everybody may hear of. A device hears of itself besides.
VACANCIES, PROGRAMME, WINDOWS = "vacancies", "programme", "windows"
PUBLIC = frozenset({VACANCIES, PROGRAMME, WINDOWS})
# Told to whoever was away for too long to be told each hint: everything may have changed.
CATCH_UP = "catch_up"
KEEP = timedelta(days=3)
# PostgreSQL wakes whoever listens here; it shortens the wait and carries nothing.
CHANNEL = "yuanmeng_topics"


@dataclass(frozen=True)
class Hint:
    """Something of this kind changed; `seq` is the topic's position afterwards."""

    topic: str
    seq: int
    kind: str


def of_device(uid: str) -> str:
    """This will name the topic of one device."""
    return f"device:{uid}"


def say(name: str, kind: str, *, at: datetime) -> int:
    """Write one hint and return its number. Call it last: others who say this topic wait for the commit."""
    return say_many([(name, kind)], at=at)[0]


def say_many(hints: Iterable[tuple[str, str]], *, at: datetime) -> list[int]:
    """Write hints about several topics; those who do the same at once lock them in the same order."""
    with transaction.atomic():
        rows = [
            TopicRow(topic=name, seq=_next(name), kind=kind, at=at)
            for name, kind in sorted(hints, key=lambda hint: hint[0])
        ]
        TopicRow.objects.bulk_create(rows)
        _wake()
    return [row.seq for row in rows]


def _next(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO core_topic (name, seq) VALUES (%s, 1)"
            " ON CONFLICT (name) DO UPDATE SET seq = core_topic.seq + 1 RETURNING seq",
            [name],
        )
        return int(cursor.fetchone()[0])


def _wake() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"NOTIFY {CHANNEL}")


def positions(names: Collection[str]) -> dict[str, int]:
    """Return where each topic stands; 0 for one nobody has said anything about."""
    stand = dict(Topic.objects.filter(name__in=names).values_list("name", "seq"))
    return {name: stand.get(name, 0) for name in names}


def since(seen: Mapping[str, int], *, limit: int = 200) -> list[Hint]:
    """Return the hints after these positions, in order within each topic; one query where nothing is new.

    Whoever is more than `limit` behind, asks for forgotten rows, or has a position that this database
    never gave out, gets one CATCH_UP for the topic instead.
    """
    stand = positions(seen)
    behind = {name for name, seq in stand.items() if seq != seen[name]}
    near = {name: seen[name] for name in behind if 0 < stand[name] - seen[name] <= limit}
    rows = _rows_after(near) if near else {}
    hints: list[Hint] = []
    for name in sorted(behind):
        found = rows.get(name, [])
        whole = bool(found) and found[0].seq == seen[name] + 1
        hints += found if whole else [Hint(name, stand[name], CATCH_UP)]
    return hints


def _rows_after(seen: Mapping[str, int]) -> dict[str, list[Hint]]:
    wanted = Q()
    for name, seq in seen.items():
        wanted |= Q(topic=name, seq__gt=seq)
    found: dict[str, list[Hint]] = defaultdict(list)
    rows = TopicRow.objects.filter(wanted).order_by("topic", "seq")
    for topic, seq, kind in rows.values_list("topic", "seq", "kind"):
        found[topic].append(Hint(topic, seq, kind))
    return found


def forget_old(*, at: datetime) -> int:
    """Delete hints nobody will ask for any more and tell how many they were; the counts go on."""
    deleted, _rows = TopicRow.objects.filter(at__lt=at - KEEP).delete()
    return deleted
