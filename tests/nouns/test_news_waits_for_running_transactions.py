"""On PostgreSQL a reader must not pass a row whose transaction is still running (decision 2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from tests import factories
from yuanmeng.core import events
from yuanmeng.core.actors import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
INSERT = (
    "INSERT INTO core_eventrow (kind, noun, object_uid, payload, by, at, xid)"
    " VALUES ('slow.told', 'person', 'slow', '{}', 'clock', now(), txid_current())"
)


@pytest.fixture
def slow() -> Iterator[Any]:
    """Another connection to this database with a transaction that takes its time."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: nothing can be overtaken")
    import psycopg

    other = psycopg.connect(**connection.get_connection_params() | {"context": None, "cursor_factory": None})
    yield other
    other.close()


def _tell(at: datetime) -> None:
    events.tell("fast.told", factories.person("快", at=at), by=CLOCK, at=at)


def test_a_faster_row_waits_for_a_slower_one(slow: Any, at: datetime) -> None:
    slow.execute(INSERT)
    _tell(at)
    assert events.unread("ear") == []
    slow.commit()
    assert [row.kind for row in events.unread("ear")] == ["slow.told", "fast.told"]


def test_it_does_not_wait_for_a_transaction_that_rolled_back(slow: Any, at: datetime) -> None:
    slow.execute(INSERT)
    _tell(at)
    slow.rollback()
    assert [row.kind for row in events.unread("ear")] == ["fast.told"]


def test_it_does_not_wait_for_another_database(slow: Any, at: datetime) -> None:
    import psycopg

    params = connection.get_connection_params() | {
        "context": None,
        "cursor_factory": None,
        "dbname": "postgres",
    }
    with psycopg.connect(**params) as elsewhere:
        elsewhere.execute("SELECT txid_current()")
        _tell(at)
        assert [row.kind for row in events.unread("ear")] == ["fast.told"]
