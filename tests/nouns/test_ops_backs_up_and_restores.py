"""A backup is one file; a restore verifies all of it before it replaces anything, and keeps the old."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.nouns.test_demo_acceptance import yuanmeng
from yuanmeng.ops import beat, packing
from yuanmeng.ops.outcome import CANNOT, DONE, FINDING, Cannot

# Installs of their own, on SQLite whatever the run is on; PostgreSQL has test_ops_on_postgresql.
pytestmark = pytest.mark.once


def tables(data: Path, query: str) -> Any:
    with closing(sqlite3.connect(data / "yuanmeng.db")) as database, database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an install, one file in its media, its backup and its keys."""
    here = tmp_path_factory.mktemp("backup")
    data = here / "house"
    assert yuanmeng("migrate", data=data).returncode == DONE
    (data / "media").mkdir(exist_ok=True)
    (data / "media" / "licence.bin").write_bytes(b"paper" * 1000)
    words = ("backup", "--to", str(here / "copy.tar"), "--keys", str(here / "keys.tar"))
    done = yuanmeng(*words, data=data)
    assert done.returncode == DONE, done.stdout + done.stderr
    return here


@pytest.fixture
def house(packed: Path, tmp_path: Path) -> Path:
    """The install again, to be spoilt by one test."""
    shutil.copytree(packed / "house", tmp_path / "house")
    return tmp_path / "house"


def test_a_backup_is_for_its_owner_and_never_written_over(packed: Path) -> None:
    for name in ("copy.tar", "keys.tar"):
        assert (packed / name).stat().st_mode & 0o077 == 0
    again = yuanmeng("backup", "--to", str(packed / "copy.tar"), data=packed / "house")
    assert again.returncode == CANNOT
    with tarfile.open(packed / "copy.tar") as tar:
        assert sorted(tar.getnames()) == ["manifest.json", "media/licence.bin", "yuanmeng.db"]


def test_without_the_keys_apart_it_says_so(packed: Path, tmp_path: Path) -> None:
    done = yuanmeng("backup", "--to", str(tmp_path / "second.tar"), data=packed / "house")
    assert done.returncode == DONE and "--keys" in done.stdout


def test_verifying_replaces_nothing(packed: Path, house: Path) -> None:
    tables(house, "DELETE FROM occupations_industry")
    done = yuanmeng("restore", str(packed / "copy.tar"), "--verify", data=house)
    assert done.returncode == DONE, done.stdout
    assert tables(house, "SELECT count(*) FROM occupations_industry") == [(0,)]


def test_what_was_lost_is_back_and_what_was_there_is_kept(packed: Path, house: Path) -> None:
    tables(house, "DELETE FROM occupations_industry")
    (house / "media" / "licence.bin").unlink()
    done = yuanmeng("restore", str(packed / "copy.tar"), data=house)
    assert done.returncode == DONE, done.stdout + done.stderr
    assert tables(house, "SELECT count(*) FROM occupations_industry") == [(117,)]
    assert (house / "media" / "licence.bin").read_bytes() == b"paper" * 1000
    [kept] = (house / "backups").glob("before-*")
    assert tables(kept, "SELECT count(*) FROM occupations_industry") == [(0,)]
    assert tables(house, "SELECT action FROM core_auditentry ORDER BY seq DESC LIMIT 1") == [("restore",)]
    assert yuanmeng("selfcheck", data=house).returncode == DONE


def test_anchors_of_the_chain_that_was_put_aside_go_with_it(packed: Path, house: Path) -> None:
    (house / "anchors" / "audit.txt").write_text(f"2026-11-25T00:10:00+08:00 99 {'0' * 64}\n")
    assert yuanmeng("audit", "verify", data=house).returncode == FINDING
    assert yuanmeng("restore", str(packed / "copy.tar"), data=house).returncode == DONE
    assert yuanmeng("audit", "verify", data=house).returncode == DONE
    [kept] = (house / "backups").glob("before-*")
    assert " 99 " in (kept / "audit.txt").read_text()


def test_a_bare_machine_needs_the_keys_too(packed: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    without = yuanmeng("restore", str(packed / "copy.tar"), data=bare)
    assert without.returncode == CANNOT and "--keys" in without.stdout
    keys = ("--keys", str(packed / "keys.tar"))
    assert yuanmeng("restore", str(packed / "copy.tar"), *keys, data=bare).returncode == DONE
    assert (bare / "keys" / "index.key").read_text() == (packed / "house/keys/index.key").read_text()


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_a_flipped_byte_is_found_and_nothing_is_replaced(
    place: float, packed: Path, house: Path, tmp_path: Path
) -> None:
    raw = bytearray((packed / "copy.tar").read_bytes())
    raw[int(len(raw) * place)] ^= 0x40
    (tmp_path / "bad.tar").write_bytes(raw)
    before = (house / "yuanmeng.db").read_bytes()
    assert yuanmeng("restore", str(tmp_path / "bad.tar"), data=house).returncode == CANNOT
    assert (house / "yuanmeng.db").read_bytes() == before


def test_any_other_file_is_refused_with_a_sentence(house: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.tar").write_text("no backup")
    done = yuanmeng("restore", str(tmp_path / "notes.tar"), data=house)
    assert done.returncode == CANNOT and not done.stderr


def test_an_open_house_is_not_restored_into(packed: Path, house: Path, settings: Any) -> None:
    settings.DATA_DIR = house
    beat.touch()
    assert yuanmeng("restore", str(packed / "copy.tar"), data=house).returncode == CANNOT


def test_where_a_tool_of_postgresql_is_absent_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Cannot, match="pg_restore"):
        packing.list_dump(Path("database.dump"))
