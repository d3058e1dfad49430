"""Files that mean harm are refused with one clear reason, fast, and take nothing with them."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.nouns.intake_files import (
    SHEET,
    TITLES,
    cell_xml,
    lines,
    sheet_xml,
    vacancy,
    with_parts,
    workbook,
)
from yuanmeng.intake.guard import FileRefused
from yuanmeng.intake.readers import read_lines


def bomb() -> BinaryIO:
    return with_parts(workbook(vacancy()), {"xl/media/zeros.xml": b"0" * (60 << 20)})


def far_cell() -> BinaryIO:
    data = (
        b'<row r="1">'
        + cell_xml("A1", "岗位名称")
        + b'</row><row r="1048576">'
        + cell_xml("XFD1048576", "x")
        + b"</row>"
    )
    return with_parts(workbook(), {SHEET: sheet_xml(data)})


def many_entries() -> BinaryIO:
    return with_parts(workbook(), {f"xl/media/{n}": b"" for n in range(60_000)})


def macros() -> BinaryIO:
    return with_parts(workbook(vacancy()), {"xl/vbaProject.bin": b"macro"})


def laughs() -> BinaryIO:
    before = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    return with_parts(workbook(vacancy()), {SHEET: sheet_xml(b"", before)})


def outside_entity() -> BinaryIO:
    before = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return with_parts(workbook(vacancy()), {"xl/sharedStrings.xml": before + b"<sst/>"})


def outside_entity_in_utf16() -> BinaryIO:
    text = (
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst/>'
    )
    return with_parts(workbook(vacancy()), {"xl/sharedStrings.xml": text.encode("utf-16")})


def external_links() -> BinaryIO:
    return with_parts(workbook(vacancy()), {"xl/externalLinks/externalLink1.xml": b"<x/>"})


def encrypted() -> BinaryIO:
    return io.BytesIO(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096 + "EncryptedPackage".encode("utf-16-le")
    )


def encrypted_zip() -> BinaryIO:
    data = bytearray(workbook(vacancy()).read())
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<H", data, at + 8, struct.unpack_from("<H", data, at + 8)[0] | 1)
    return io.BytesIO(bytes(data))


def climbing_path() -> BinaryIO:
    return with_parts(workbook(vacancy()), {"../../outside.xml": b"<x/>"})


def absolute_path() -> BinaryIO:
    return with_parts(workbook(vacancy()), {"/etc/cron.d/x.xml": b"<x/>"})


def lying_size() -> BinaryIO:
    data = bytearray(with_parts(workbook(vacancy()), {"xl/media/z.xml": b"0" * 100_000}).read())
    name = data.rfind(b"xl/media/z.xml")
    struct.pack_into("<I", data, name - 46 + 24, 10)
    return io.BytesIO(bytes(data))


def broken_zip() -> BinaryIO:
    return io.BytesIO(workbook(vacancy()).read()[:-40])


def not_a_workbook() -> BinaryIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    file.seek(0)
    return file


def picture() -> BinaryIO:
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + os.urandom(2000))


def huge_cell() -> BinaryIO:
    return lines(vacancy(岗位描述="长" * 3_000_000))


def open_quote() -> BinaryIO:
    return io.BytesIO(lines(vacancy()).read() + b'T-2,"' + b"a,b,c\r\n" * 300)


def endless_quote() -> BinaryIO:
    return io.BytesIO(lines(vacancy()).read() + b'T-2,"' + b"a,b,c\r\n" * 3000)


def a_million_columns() -> BinaryIO:
    return with_parts(
        workbook(vacancy()),
        {
            SHEET: sheet_xml(
                b'<row r="1">' + b"".join(cell_xml(f"{c}1", "x") for c in ("A", "BZ", "XFD")) + b"</row>"
            )
        },
    )


HOSTILE: list[tuple[Callable[[], BinaryIO], str, str]] = [
    (bomb, "a.xlsx", "bomb"),
    (far_cell, "a.xlsx", "too_many_cells"),
    (a_million_columns, "a.xlsx", "too_many_cells"),
    (many_entries, "a.xlsx", "bomb"),
    (macros, "a.xlsx", "macros"),
    (laughs, "a.xlsx", "entities"),
    (outside_entity, "a.xlsx", "entities"),
    (outside_entity_in_utf16, "a.xlsx", "entities"),
    (external_links, "a.xlsx", "external_links"),
    (encrypted, "a.xlsx", "encrypted_or_old"),
    (encrypted_zip, "a.xlsx", "encrypted_or_old"),
    (climbing_path, "a.xlsx", "path_inside"),
    (absolute_path, "a.xlsx", "path_inside"),
    (lying_size, "a.xlsx", "unreadable"),
    (broken_zip, "a.xlsx", "unreadable"),
    (not_a_workbook, "a.xlsx", "type_differs"),
    (picture, "a.xlsx", "type_differs"),
    (picture, "a.csv", "type_differs"),
    (workbook, "a.csv", "type_differs"),
    (lines, "a.xlsx", "type_differs"),
    (lines, "a.csv.exe", "type_unknown"),
    (lines, "a", "type_unknown"),
    (io.BytesIO, "a.xlsx", "empty"),
    (io.BytesIO, "a.csv", "empty"),
    (lambda: io.BytesIO(b"\r\n\r\n"), "a.csv", "empty"),
    (lambda: io.BytesIO(b"<html><body>jobs</body></html>"), "a.csv", "type_differs"),
    (lambda: workbook(["a", "b"], titles=["colour", "weight"]), "a.xlsx", "header_unknown"),
    (lambda: lines(["a", "b"], titles=["colour", "weight"]), "a.csv", "header_unknown"),
    (huge_cell, "a.csv", "cell_too_large"),
    (open_quote, "a.csv", "open_quote"),
    (endless_quote, "a.csv", "open_quote"),
]


@pytest.mark.parametrize(("make", "name", "code"), HOSTILE, ids=[f"{m.__name__}-{n}" for m, n, _ in HOSTILE])
def test_it_is_refused_with_one_reason_and_fast(make: Callable[[], BinaryIO], name: str, code: str) -> None:
    file = make()
    began = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        list(read_lines(file, name, "vacancies"))
    assert refused.value.code == code
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("said", ["", '{"sheet": "", "hidden": false, "old_days": false}', '[1, ["岗位'])
def test_a_child_that_dies_takes_only_itself(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser is killed in the middle: the reader says so instead of believing half a file."""
    dying = tmp_path / "python"
    dying.write_text(f"#!/bin/sh\nprintf '%s' '{said}'\nkill -9 $$\n", "utf-8")
    dying.chmod(0o700)
    monkeypatch.setattr("yuanmeng.intake.readers.sys.executable", str(dying))
    with pytest.raises(FileRefused) as refused:
        list(read_lines(workbook(vacancy()), "a.xlsx", "vacancies"))
    assert refused.value.code == "unreadable"


def test_a_silent_child_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yuanmeng.intake.limits.ROW_WAIT_SECONDS", 0.0)
    with pytest.raises(FileRefused):
        list(read_lines(workbook(vacancy()), "a.xlsx", "vacancies"))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.csv", "con.csv", "$(id).csv", "文\u202evsc.csv", "a" * 300 + ".csv"]
)
def test_a_wild_file_name_is_only_text(name: str) -> None:
    assert len(list(read_lines(lines(vacancy(), titles=TITLES), name, "vacancies"))) == 1
