"""Log files: one a day, JSON lines, nothing personal in them, kept for half a year."""

from __future__ import annotations

import gzip
import json
import logging
import sys
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from yuanmeng.ops import logs


@pytest.fixture
def heard(tmp_path: Path) -> Any:
    """A logger that writes to a folder of its own, and what stands there."""
    logger = logging.getLogger("yuanmeng.tried")
    handler = logs.DayFile(tmp_path)
    logger.addHandler(handler)
    yield SimpleNamespace(logger=logger, lines=lambda: _lines(tmp_path), folder=tmp_path)
    logger.removeHandler(handler)


def _lines(folder: Path) -> list[dict[str, Any]]:
    [path] = folder.glob("*.jsonl")
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_line_says_when_who_and_what(heard: Any) -> None:
    heard.logger.error("duty %s failed", "recommend.train")
    [line] = heard.lines()
    assert (line["level"], line["by"], line["says"]) == (
        "error", "yuanmeng.tried", "duty recommend.train failed",
    )  # fmt: skip
    [path] = heard.folder.glob("*.jsonl")
    assert path.stat().st_mode & 0o077 == 0


def test_numbers_and_addresses_that_slip_in_are_blotted(heard: Any) -> None:
    heard.logger.error("%s could not be reached", "12000000001")
    heard.logger.error("no such mailbox: %s", "li@example.cn")
    assert not [line for line in heard.lines() if "12000000001" in line["says"] or "@" in line["says"]]


def test_a_failure_keeps_its_type_and_way_and_not_its_words(heard: Any) -> None:
    try:
        raise ValueError("Key (phone)=(12000000001) already exists")
    except ValueError:
        heard.logger.error("could not save", exc_info=sys.exc_info())
    [line] = heard.lines()
    assert line["failure"] == "ValueError" and line["through"][-1].startswith("test_ops_keeps_logs.py:")
    assert "12000000001" not in json.dumps(line)


def test_a_request_is_its_routes_name_and_never_its_address(heard: Any, rf: Any) -> None:
    request = rf.get("/desk/people/?q=12000000001")
    request.resolver_match = SimpleNamespace(view_name="desk:people")
    heard.logger.error(
        "Internal Server Error: %s", request.get_full_path(), extra={"request": request, "status_code": 500}
    )
    [line] = heard.lines()
    assert (line["method"], line["route"], line["status"]) == ("GET", "desk:people", 500)
    assert "says" not in line and "12000000001" not in json.dumps(line)


def test_who_tries_addresses_does_not_fill_the_disk(heard: Any, rf: Any) -> None:
    heard.logger.warning("Not Found: /x", extra={"request": rf.get("/x"), "status_code": 404})
    assert not list(heard.folder.glob("*"))


def test_old_files_are_compressed_and_older_ones_go(tmp_path: Path) -> None:
    today = date(2026, 11, 25)
    for days in (0, 6, 8, 100, 191):
        (tmp_path / f"yuanmeng-{today - timedelta(days=days)}.jsonl").write_text('{"a": 1}\n')
    assert logs.sort(today, tmp_path) == {"compressed": 2, "removed": 1}
    assert logs.sort(today, tmp_path) == {"compressed": 0, "removed": 0}
    names = sorted(path.name for path in tmp_path.iterdir())
    assert len(names) == 4 and sum(name.endswith(".gz") for name in names) == 2
    pressed = tmp_path / f"yuanmeng-{today - timedelta(days=8)}.jsonl.gz"
    assert gzip.decompress(pressed.read_bytes()) == b'{"a": 1}\n'
