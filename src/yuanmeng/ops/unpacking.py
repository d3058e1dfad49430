"""Putting a backup back: everything is verified before anything is replaced, and the old stays beside it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from yuanmeng.core.keys import Keyring
from yuanmeng.ops import anchors, packing
from yuanmeng.ops.outcome import Cannot


def verified(folder: Path, keys: Path) -> dict[str, Any]:
    """This will verify an unpacked backup and return its manifest.

    Every part has its hash, nothing is missing or added, the database is whole and is of this install's
    kind, the audit chain holds and reaches as far as the manifest says, and `keys` are the keys it was
    sealed with. Raises Cannot with the first thing that is not so.
    """
    manifest = _manifest(folder)
    _same_files(folder, manifest["files"])
    if manifest["vendor"] != connection.vendor:
        raise Cannot(
            _("The backup is of %(its)s, this install stands on %(ours)s.")
            % {"its": manifest["vendor"], "ours": connection.vendor}
        )
    if Keyring.in_folder(keys).index(packing.KEYS_MARK) != manifest["keys"]:
        raise Cannot(
            _("These are not the keys the backup was sealed with. Please name the right ones (--keys FILE).")
        )
    if connection.vendor == "sqlite":
        _whole_database(folder / packing.DATABASES["sqlite"], manifest["audit"])
    else:
        packing.list_dump(folder / packing.DATABASES["postgresql"])
    return manifest


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / packing.MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        manifest = {}
    if manifest.get("schema") != packing.SCHEMA:
        raise Cannot(_("This is no backup of this program: its manifest is missing or of another kind."))
    return manifest


def _same_files(folder: Path, files: dict[str, dict[str, Any]]) -> None:
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} - {packing.MANIFEST}
    for name in sorted(there | set(files)):
        if name not in there or name not in files or packing.sha256(folder / name) != files[name]["sha256"]:
            raise Cannot(_("The backup is damaged: %(name)s is not what was packed.") % {"name": name})


def _whole_database(path: Path, audit: dict[str, Any]) -> None:
    with closing(sqlite3.connect(path)) as database:
        head = database.execute(
            "SELECT hash FROM core_auditentry WHERE seq = ?", [audit["seq"]]
        ).fetchone() or ("",)
    if packing.integrity(path) != "ok" or head[0] != audit["hash"]:
        raise Cannot(_("The backup is damaged: its database or its audit chain is not whole."))
    # The chain is walked by the same code as ever, in a process of its own that sees the copy only.
    done = subprocess.run(
        [sys.executable, "-m", "yuanmeng.ops.cli", "audit", "verify", "--data", str(path.parent)],
        env={k: v for k, v in os.environ.items() if not k.startswith("YUANMENG_")},
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Cannot(_("The backup is damaged: its database or its audit chain is not whole."))


def put_back(folder: Path, keys: Path | None, *, until: int, at: datetime) -> Path:
    """This will replace database and media, and the keys where given; returns the folder that keeps the old.

    `until` is the last audit entry of the backup: later anchors are of the chain that is put aside.
    """
    data = Path(settings.DATA_DIR)
    kept = data / "backups" / f"before-{timezone.localtime(at):%Y%m%d-%H%M%S}"
    kept.mkdir(parents=True)
    if connection.vendor == "sqlite":
        _swap_database(folder / packing.DATABASES["sqlite"], data, kept)
    else:
        packing.run_postgres("pg_dump", "--format=custom", f"--file={kept / 'database.dump'}")
        packing.run_postgres(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
            str(folder / packing.DATABASES["postgresql"]),
        )  # fmt: skip
    _swap_folder(folder / "media", data / "media", kept / "media")
    anchors.keep_until(until, aside=kept)
    if keys is not None:
        _swap_folder(keys, data / "keys", kept / "keys")
    return kept


def _swap_database(new: Path, data: Path, kept: Path) -> None:
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        old = data / f"yuanmeng.db{suffix}"
        if old.exists():
            os.replace(old, kept / old.name)
    os.replace(new, data / "yuanmeng.db")
    (data / "yuanmeng.db").chmod(0o600)


def _swap_folder(new: Path, here: Path, kept: Path) -> None:
    if here.exists():
        shutil.move(here, kept)
    new.mkdir(exist_ok=True)
    shutil.move(new, here)
    here.chmod(0o700)
