from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from yuanmeng.core import audit
from yuanmeng.core.models import AuditEntry, AuditHead


@pytest.fixture
def five(chen: Any, li: Any, at: datetime) -> list[AuditEntry]:
    return [
        audit.write(
            "read",
            by=chen,
            at=at + timedelta(minutes=n),
            about=li.person,
            fields="name,phone",
            reason=f"第{n}次",
        )
        for n in range(5)
    ]


def test_a_chain_nobody_touched_is_whole(five: list[AuditEntry]) -> None:
    assert audit.verify() is None
    assert [entry.seq for entry in five] == [1, 2, 3, 4, 5]
    assert five[0].actor.startswith("user:")


EDITS = [
    ("actor", "user:somebody-else"),
    ("reason", "无"),
    ("count", 99),
    ("object_uid", "0" * 32),
    ("at", "2020-01-01 00:00:00+00:00"),
]


@pytest.mark.parametrize("column, value", EDITS)
def test_an_edited_entry_is_named(five: list[AuditEntry], column: str, value: Any) -> None:
    _do(f"UPDATE core_auditentry SET {connection.ops.quote_name(column)} = %s WHERE seq = 3", value)
    assert audit.verify() == audit.Flaw(3, "edited")


def test_a_removed_entry_is_named(five: list[AuditEntry]) -> None:
    _do("DELETE FROM core_auditentry WHERE seq = %s", 3)
    assert audit.verify() == audit.Flaw(3, "missing")


def test_a_cut_tail_is_named(five: list[AuditEntry]) -> None:
    _do("DELETE FROM core_auditentry WHERE seq > %s", 3)
    assert audit.verify() == audit.Flaw(4, "cut")


def test_an_edit_with_a_fresh_hash_breaks_the_next_link(five: list[AuditEntry]) -> None:
    third = AuditEntry.objects.get(seq=3)
    third.reason = "改过"
    _do("UPDATE core_auditentry SET reason = %s, hash = %s WHERE seq = 3", third.reason, audit._digest(third))
    assert audit.verify() == audit.Flaw(4, "forked")


def test_no_entry_no_act(chen: Any, at: datetime) -> None:
    """An entry is written in the act's own transaction: undone together."""
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        audit.write("read", by=chen, at=at)
        raise RuntimeError("the act failed")
    assert not AuditEntry.objects.exists()
    assert audit.write("read", by=chen, at=at).seq == 1
    assert AuditHead.objects.get().seq == 1


def test_python_refuses_to_save_or_delete_an_entry(five: list[AuditEntry]) -> None:
    with pytest.raises(TypeError):
        five[0].save()
    with pytest.raises(TypeError):
        five[0].delete()


def _do(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
