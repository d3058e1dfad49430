"""A backup is one tar file: what is in it, the database in one piece, the media; the keys go apart.

The manifest names the SHA-256 of every part, the end of the audit chain and a mark of the keys, so that a
restore can say before it replaces anything whether all of it fits together.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from yuanmeng import __version__
from yuanmeng.core.models import AuditHead
from yuanmeng.ops.outcome import Cannot

SCHEMA, MANIFEST = "yuanmeng.backup/1", "manifest.json"
DATABASES = {"sqlite": "yuanmeng.db", "postgresql": "database.dump"}
KEYS_MARK = "yuanmeng backup"


def pack(to: Path, scratch: Path, *, at: datetime) -> dict[str, Any]:
    """This will write the backup and return its manifest. Raises Cannot where the database gives no copy."""
    database = scratch / DATABASES[connection.vendor]
    # The end of the chain is read first: what is written meanwhile only makes the copy longer.
    head = AuditHead.objects.filter(pk=1).first()
    _copy_database(database)
    media = sorted(p for p in (Path(settings.DATA_DIR) / "media").rglob("*") if p.is_file())
    parts = {database.name: database}
    parts |= {p.relative_to(settings.DATA_DIR).as_posix(): p for p in media}
    manifest = {
        "schema": SCHEMA, "release": __version__, "at": at.isoformat(), "vendor": connection.vendor,
        "audit": {"seq": head.seq if head else 0, "hash": head.hash if head else ""},
        "keys": settings.KEYS.index(KEYS_MARK),
        "files": {name: _described(path) for name, path in parts.items()},
    }  # fmt: skip
    with _new_tar(to) as tar:
        _add_text(tar, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for name, path in parts.items():
            tar.add(path, arcname=name, recursive=False)
    return manifest


def pack_keys(to: Path) -> int:
    """This will write the keys to a file of their own; without them nobody can read a sealed field."""
    keys = sorted((Path(settings.DATA_DIR) / "keys").glob("*.key"))
    with _new_tar(to) as tar:
        for path in keys:
            tar.add(path, arcname=path.name, recursive=False)
    return len(keys)


def unpack(file: Path, into: Path) -> None:
    """This will unpack a tar of ours: plain files only, nothing outside the folder. Raises Cannot."""
    try:
        with tarfile.open(file) as tar:
            tar.extractall(into, filter="data")
    except (tarfile.TarError, OSError) as why:
        raise Cannot(
            _("%(file)s is no backup that can be read: %(why)s") % {"file": file, "why": why}
        ) from why


def _described(path: Path) -> dict[str, Any]:
    return {"sha256": sha256(path), "bytes": path.stat().st_size}


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy_database(to: Path) -> None:
    if connection.vendor == "postgresql":
        run_postgres("pg_dump", "--format=custom", "--no-owner", f"--file={to}")
        return
    to.touch(mode=0o600)
    # In one step: page by page under writes it would start over again and again.
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as old,
        closing(sqlite3.connect(to)) as new,
    ):
        old.backup(new, pages=-1)
    if (whole := integrity(to)) != "ok":
        raise Cannot(_("The copy of the database is not whole: %(why)s") % {"why": whole})


def integrity(path: Path) -> str:
    """This will say "ok" of a whole SQLite file, else what is wrong with it.

    Through Django, whose functions stand in our checks: SQLite alone knows neither REGEXP nor parts of dates.
    """
    copy = connection.copy()
    copy.settings_dict = {**copy.settings_dict, "NAME": path, "OPTIONS": {}}
    try:
        with copy.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            return str(cursor.fetchone()[0])
    finally:
        copy.close()


def run_postgres(tool: str, *words: str) -> None:
    """This will call one of PostgreSQL's own tools on our database. Raises Cannot: absent, or it failed."""
    at = connection.settings_dict
    env = {
        "PGHOST": at["HOST"],
        "PGPORT": str(at["PORT"]),
        "PGUSER": at["USER"],
        "PGPASSWORD": at["PASSWORD"],
    }
    _run(tool, f"--dbname={at['NAME']}", *words, env={name: value for name, value in env.items() if value})


def list_dump(dump: Path) -> None:
    """This will read the table of contents of a dump, which a cut one has not. Raises Cannot."""
    _run("pg_restore", "--list", str(dump), env={})


def _run(tool: str, *words: str, env: dict[str, str]) -> None:
    if shutil.which(tool) is None:
        raise Cannot(
            _("%(tool)s is not installed. Please install the client programs of your PostgreSQL.")
            % {"tool": tool}
        )
    # The password goes by the environment: a command line can be read by everybody on the machine.
    whole = {"PATH": os.environ.get("PATH", ""), **env}
    done = subprocess.run([tool, *words], env=whole, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or [""])[-1]
        raise Cannot(_("%(tool)s failed: %(why)s") % {"tool": tool, "why": last})


def _new_tar(to: Path) -> tarfile.TarFile:
    """A tar that only the owner may read; an older file is never written over."""
    if to.exists():
        raise Cannot(_("%(file)s is there already. Please name a new file.") % {"file": to})
    to.touch(mode=0o600)
    return tarfile.open(to, "w")


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    raw = text.encode()
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(raw), 0o600
    tar.addfile(info, io.BytesIO(raw))
