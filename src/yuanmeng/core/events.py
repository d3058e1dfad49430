"""Telling and reading news.

A verb calls `tell` inside its own transaction. A worker on a higher floor calls `drain` with
its reader's name; rows are handled at least once, in commit order, so handlers are idempotent.
A wake-up may shorten the wait; it never carries the fact.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.db.models.expressions import RawSQL

from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.models import Bookmark, EventRow, Noun

log = logging.getLogger(__name__)
TRIES = 3


def tell(kind: str, row: Noun, *, by: Actor | None, at: datetime, **facts: Any) -> None:
    """Write one event about a row. Facts are plain JSON and hold nothing personal."""
    tell_many([(kind, row, facts)], by=by, at=at)


def tell_many(news: Iterable[tuple[str, Noun, dict[str, Any]]], *, by: Actor | None, at: datetime) -> None:
    """Write many events in one statement, in the order given."""
    actor, xid = key_of(by), _this_transaction()
    EventRow.objects.bulk_create(
        EventRow(kind=kind, noun=row.noun(), object_uid=row.uid, payload=facts, by=actor, at=at, xid=xid)
        for kind, row, facts in news
    )


def _this_transaction() -> Any:
    return RawSQL("txid_current()", []) if connection.vendor == "postgresql" else 0


def unread(reader: str, *, kinds: Collection[str] = (), limit: int = 500) -> list[EventRow]:
    """Return the committed rows after the reader's bookmark, oldest first.

    `kinds` may end with a dot ("vacancy.") to mean all of a noun.
    """
    mark = Bookmark.objects.filter(reader=reader).first() or Bookmark(reader=reader)
    after = Q(xid=mark.xid, id__gt=mark.row) | Q(xid__gt=mark.xid)
    rows = EventRow.objects.filter(after, _settled(), _of_kinds(kinds))
    return list(rows.order_by("xid", "id")[:limit])


def _settled() -> Q:
    """Only rows no running transaction can still come before (PostgreSQL; see EventRow.xid).

    Transactions of other databases on the same server are nobody's concern here, though they
    share the numbers: a snapshot's own horizon would wait for them.
    """
    if connection.vendor != "postgresql":
        return Q()
    own = RawSQL("coalesce(txid_current_if_assigned(), 0)", [])
    return Q(xid__lt=_horizon()) | Q(xid=own)


def _horizon() -> int:
    """Return the first transaction number that may still be running in this database.

    The cap (the next number to be given out) is read before the list of running ones, and both
    in a statement before the rows are: whoever is missing from the list has ended, so its rows
    show, and whoever comes later has a number not below the cap.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT txid_snapshot_xmax(txid_current_snapshot()),"
            " (SELECT array_agg(backend_xid::text::bigint) FROM pg_stat_activity"
            "  WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid())"
        )
        cap, running = cursor.fetchone()
    return min([cap, *(_whole(short, cap) for short in running or ())])


def _whole(short: int, near: int) -> int:
    """Return the 64-bit transaction number whose low half is `short` and which lies before `near`."""
    whole = (near & ~0xFFFFFFFF) | short
    return whole - (1 << 32) if whole > near else whole


def _of_kinds(kinds: Collection[str]) -> Q:
    wanted = Q()
    for kind in kinds:
        wanted |= Q(kind__startswith=kind) if kind.endswith(".") else Q(kind=kind)
    return wanted


def mark_read(reader: str, row: EventRow) -> None:
    """Move the reader's bookmark to this row."""
    Bookmark.objects.update_or_create(reader=reader, defaults={"xid": row.xid, "row": row.pk, "failures": 0})


def drain(
    reader: str, handle: Callable[[EventRow], None], *, kinds: Collection[str] = (), limit: int = 500
) -> int:
    """Handle unread rows one transaction each and return how many were handled.

    A row that fails three times is logged and set aside, so that one bad row does not stop
    everything behind it.
    """
    done = 0
    for row in unread(reader, kinds=kinds, limit=limit):
        try:
            with transaction.atomic():
                handle(row)
                mark_read(reader, row)
        except Exception:
            if not _give_up(reader, row):
                return done
        done += 1
    return done


def _give_up(reader: str, row: EventRow) -> bool:
    mark, _ = Bookmark.objects.get_or_create(reader=reader)
    mark.failures += 1
    mark.save(update_fields=["failures"])
    log.exception("reader %s failed at event %s (%s), try %s", reader, row.pk, row.kind, mark.failures)
    if mark.failures < TRIES:
        return False
    mark_read(reader, row)
    log.error("reader %s set event %s aside", reader, row.pk)
    return True


def skip_to_end(reader: str) -> None:
    """Put the bookmark behind everything written so far (after a full rebuild)."""
    last = newest()
    if last is not None:
        mark_read(reader, last)


def newest() -> EventRow | None:
    """Return the last row nothing can still come before."""
    return EventRow.objects.filter(_settled()).order_by("xid", "id").last()
