"""Log files: one a day in DIR/logs, one JSON object a line, and nothing personal in them.

What may stand in a line is a list, not a filter: when, how grave, who says it, the sentence with its plain
values, and for a request its method, the *name* of its route and its status; never an address, a query, a
body or a local variable. Of a failure it keeps the type and the lines of code it went through: the words of a
database error quote values. Several processes write to the same file: each line is one append.
"""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import shutil
import traceback
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

# Laws ask for 180 days (5.3 of the domain design); a few more so that the last one is whole.
KEEP, PLAIN = timedelta(days=190), timedelta(days=7)
NAME = re.compile(r"yuanmeng-(\d{4}-\d\d-\d\d)\.jsonl(\.gz)?")
# Phones, identity numbers, long codes: whatever slips into a sentence.
NUMBERS = re.compile(r"\d{7,}|\S+@\S+")


class DayFile(logging.Handler):
    """Appends each record to the file of its day; a full disk never stops the house."""

    def __init__(self, folder: str | Path) -> None:
        super().__init__()
        self.folder = Path(folder)

    def emit(self, record: logging.LogRecord) -> None:
        if getattr(record, "status_code", None) == 404:
            return  # whoever tries addresses shall not fill the disk
        try:
            at = datetime.fromtimestamp(record.created, UTC)
            line = json.dumps(said(record), ensure_ascii=False) + "\n"
            self.folder.mkdir(parents=True, exist_ok=True)
            path = self.folder / f"yuanmeng-{timezone.localdate(at)}.jsonl"
            out = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(out, line.encode())
            finally:
                os.close(out)
        except OSError:
            return
        except Exception:  # the handler's own fault, said as logging does
            self.handleError(record)


def said(record: logging.LogRecord) -> dict[str, Any]:
    """This will be what a record says, in the words that may be kept."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "by": record.name}
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        line |= {
            "method": getattr(request, "method", ""), "route": match.view_name if match else "",
            "status": getattr(record, "status_code", None),
        }  # fmt: skip
    elif record.name.startswith("yuanmeng"):
        line["says"] = NUMBERS.sub("…", record.getMessage())
    else:
        line["says"] = str(record.msg)  # other people's sentences, without their values
    if record.exc_info and record.exc_info[0]:
        line["failure"] = record.exc_info[0].__name__
        frames = traceback.extract_tb(record.exc_info[2])
        line["through"] = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[-12:]]
    return line


def sort(today: date, folder: Path | None = None) -> dict[str, int]:
    """This will compress files older than a week and remove those older than half a year; counts both."""
    from django.conf import settings

    done = {"compressed": 0, "removed": 0}
    for path in sorted((folder or Path(settings.DATA_DIR) / "logs").glob("yuanmeng-*.jsonl*")):
        found = NAME.fullmatch(path.name)
        if found is None:
            continue
        age = today - date.fromisoformat(found[1])
        if age > KEEP:
            path.unlink()
            done["removed"] += 1
        elif age > PLAIN and not found[2]:
            _compress(path)
            done["compressed"] += 1
    return done


def _compress(path: Path) -> None:
    """Whole or not at all: the plain file goes when the pressed one stands."""
    half = path.with_name(path.name + ".half")
    with path.open("rb") as plain, gzip.open(half, "wb") as pressed:
        shutil.copyfileobj(plain, pressed)
    half.chmod(0o600)
    os.replace(half, path.with_name(path.name + ".gz"))
    path.unlink()
