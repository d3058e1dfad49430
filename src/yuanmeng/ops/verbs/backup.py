"""`backup --to FILE`: a consistent copy of the SQLite database while it is in use."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from yuanmeng.ops.outcome import Cannot, Outcome


def add(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("--to", type=Path, required=True, metavar="FILE")


def run(options: Namespace) -> Outcome:
    """Copy in one step: page by page under writes it would start over again and again."""
    from django.db import connection
    from django.utils.translation import gettext as _

    if connection.vendor != "sqlite":
        raise Cannot(_("This install stands on PostgreSQL. Please use a base backup with WAL archive."))
    if options.to.exists():
        raise Cannot(_("%(file)s is there already. Please name a new file.") % {"file": options.to})
    size = _copy(connection.settings_dict["NAME"], options.to)
    return Outcome(
        lines=[_("%(file)s: %(bytes)d bytes, whole") % {"file": options.to, "bytes": size}],
        facts={"to": str(options.to), "bytes": size},
    )


def _copy(database: Path, to: Path) -> int:
    to.touch(mode=0o600)
    with closing(sqlite3.connect(database)) as old, closing(sqlite3.connect(to)) as new:
        old.backup(new, pages=-1)
        [whole] = new.execute("PRAGMA integrity_check").fetchone()
    if whole != "ok":
        raise Cannot(f"The copy is not whole: {whole}")
    return to.stat().st_size
