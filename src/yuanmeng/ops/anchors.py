"""Anchors of the audit chain: its end, written down once a day in a text file that only grows.

Copy the file to a second place, or print it: whoever rewrites the database cannot rewrite that copy too.
A line reads `2026-11-27T00:10:00+08:00 4711 <hash>`.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from yuanmeng.core.models import AuditHead
from yuanmeng.ops.outcome import Cannot

NAME = "audit.txt"


def folder() -> Path:
    return Path(settings.DATA_DIR) / "anchors"


def write(at: datetime) -> tuple[int, str]:
    """This will append the end of the chain and return it; an empty chain has none and writes nothing."""
    head = AuditHead.objects.filter(pk=1).first()
    if head is None or not head.seq:
        return 0, ""
    folder().mkdir(parents=True, exist_ok=True)
    line = f"{timezone.localtime(at).isoformat(timespec='seconds')} {head.seq} {head.hash}\n"
    out = os.open(folder() / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(out, line.encode())
        os.fsync(out)
    finally:
        os.close(out)
    return head.seq, head.hash


def read(where: Path) -> dict[int, str]:
    """This will read the anchors of a folder, by seq; a folder without any has none. Raises Cannot."""
    path = where / NAME
    try:
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return {int(seq): digest for _at, seq, digest in (line.split(" ") for line in lines if line)}
    except (OSError, ValueError) as why:
        raise Cannot(f"{path}: {why}") from why


def keep_until(seq: int, *, aside: Path) -> None:
    """This will put the file aside and go on with its lines up to an entry: an older state is restored."""
    path = folder() / NAME
    if not path.exists():
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    os.replace(path, aside / NAME)
    path.touch(mode=0o600)
    path.write_text("".join(line for line in lines if int(line.split(" ")[1]) <= seq), "utf-8")
