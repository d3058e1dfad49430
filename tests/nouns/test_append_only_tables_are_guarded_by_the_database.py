from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from yuanmeng.core import audit, guards
from yuanmeng.core.models import Step
from yuanmeng.counsel.models import ServiceRecord

MAKE = {"sqlite": guards._on_sqlite, "postgresql": guards._on_postgresql}
TABLES = ["core_auditentry", "core_step", "counsel_servicerecord"]


@pytest.fixture
def guarded(db: Any) -> Iterator[None]:
    """The guards as a migrated house has them; the transaction of the test takes them away again."""
    with connection.cursor() as cursor:
        for table in guards.tables():
            for statement in MAKE[connection.vendor](table):
                cursor.execute(statement)
    yield


@pytest.fixture
def rows(chen: Any, li: Any, at: datetime) -> None:
    audit.write("read", by=chen, at=at, about=li.person)
    Step.write(li, old="", new="active", by=chen, at=at)
    ServiceRecord.write(kind="contact", by=chen, at=at, person=li.person)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET at = at", "DELETE FROM {table}"])
def test_the_database_refuses(guarded: None, rows: None, table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table=table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        assert cursor.fetchone()[0] == 1


def test_bulk_verbs_do_not_slip_past(guarded: None, rows: None) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceRecord.objects.update(words="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.all().delete()


@pytest.mark.parametrize("table", TABLES)
def test_without_the_guard_it_would_go_through(rows: None, table: str) -> None:
    """The control: what refuses above is the guard and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET at = at")
        assert cursor.rowcount == 1


def test_every_append_only_model_is_registered() -> None:
    from django.apps import apps

    from yuanmeng.core.models import AppendOnly

    found = {m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly)}
    assert found - set(guards.tables()) == set()
