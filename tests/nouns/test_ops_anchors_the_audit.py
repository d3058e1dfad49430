"""Anchors: the end of the audit chain written down outside the database, so that a chain made anew shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from yuanmeng.core import audit
from yuanmeng.core.models import AuditEntry, AuditHead
from yuanmeng.ops import anchors, duties
from yuanmeng.ops.outcome import Cannot


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def anchored(chen: Any, li: Any, at: datetime) -> None:
    """Three entries, an anchor, two more, another anchor."""
    for n in range(5):
        audit.write("read", by=chen, at=at, about=li.person, fields="name")
        if n in {2, 4}:
            anchors.write(at + timedelta(days=n))


def known() -> dict[int, str]:
    return anchors.read(anchors.folder())


def test_a_chain_nobody_touched_agrees_with_its_anchors(anchored: None) -> None:
    assert [*known()] == [3, 5]
    assert audit.verify(known()) is None


def test_an_empty_chain_has_no_anchor(db: None, at: datetime) -> None:
    assert anchors.write(at) == (0, "")
    assert known() == {}


def test_the_file_only_grows_and_is_its_owners(anchored: None, tmp_path: Path) -> None:
    path = tmp_path / "anchors" / "audit.txt"
    first, second = path.read_text().splitlines()
    assert first.startswith("2026-11-27T10:00:00+08:00 3 ") and second.split(" ")[1] == "5"
    assert path.stat().st_mode & 0o077 == 0


def test_a_tail_cut_together_with_its_head_shows(anchored: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry WHERE seq > 3")
    last = AuditEntry.objects.get(seq=3)
    AuditHead.objects.update(seq=3, hash=last.hash)
    assert audit.verify() is None, "the chain agrees with itself"
    assert audit.verify(known()) == audit.Flaw(4, "cut")


def test_a_chain_written_anew_shows(anchored: None, chen: Any, li: Any, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_auditentry")
    AuditHead.objects.update(seq=0, hash="")
    for _n in range(5):
        audit.write("read", by=chen, at=at, about=li.person, fields="phone")
    assert audit.verify() is None
    assert audit.verify(known()) == audit.Flaw(3, "rewritten")


def test_once_a_day_the_clock_verifies_and_anchors(anchored: None, at: datetime) -> None:
    assert duties._anchor(at + timedelta(days=9)) == {"anchored": 5}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET reason = 'x' WHERE seq = 2")
    before = (anchors.folder() / anchors.NAME).read_text()
    assert duties._anchor(at + timedelta(days=10)) == {"broken": 2, "kind": "edited"}
    assert (anchors.folder() / anchors.NAME).read_text() == before


def test_a_file_that_is_no_anchor_is_said(tmp_path: Path) -> None:
    (tmp_path / anchors.NAME).write_text("nothing of the kind\n")
    with pytest.raises(Cannot):
        anchors.read(tmp_path)
