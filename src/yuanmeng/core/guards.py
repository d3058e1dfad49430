"""Append-only tables are guarded by the database itself, on both databases.

Installed by `post_migrate` and idempotent, because SQLite's table remakes drop triggers.
A table registers with `append_only("core_step")` in its app's config.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

_TABLES: set[str] = set()


def append_only(*tables: str) -> None:
    """Name tables whose rows may be inserted and read, never changed or deleted."""
    _TABLES.update(tables)


def tables() -> list[str]:
    """Return the guarded tables."""
    return sorted(_TABLES)


def removal(table: str, vendor: str) -> list[str]:
    """Return the statements that take a table's guard away (tests, and a restore, need them)."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_written_once ON {table}"]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]


def install(using: str = "default", **_: Any) -> None:
    """Make the triggers that are missing. Tables not made yet are left for the next call."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    make = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with connection.cursor() as cursor:
        for table in sorted(_TABLES & present):
            for statement in make(table):
                cursor.execute(statement)


def _on_sqlite(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def _on_postgresql(table: str) -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION yuanmeng_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    trigger = (
        f"CREATE OR REPLACE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION yuanmeng_refuse()"
    )
    return [refuse, trigger]
