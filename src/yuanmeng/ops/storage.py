"""The data folder and the database in it, made ready to use."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

FOLDERS = ("media", "quarantine", "anchors", "logs", "backups", "tmp", "static")


def prepare() -> bool:
    """This will make folders and schema where they are missing; returns whether something was migrated."""
    os.umask(0o077)
    for name in FOLDERS:
        (Path(settings.DATA_DIR) / name).mkdir(parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    return True


@contextmanager
def in_one_go() -> Iterator[None]:
    """This will write without waiting for the disk, and sync everything at the end.

    Only for building from nothing: after a power cut the half-built folder is thrown away anyway.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
