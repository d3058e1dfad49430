"""What kind of file is this, and may it come in? Looked at before any parser touches it.

The type is told by content *and* suffix; of a workbook only the directory of the zip is read here
(`security.md` §7). The parts inside are looked at by the child process, under its own limits.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from yuanmeng.intake import limits

Kind = Literal["xlsx", "csv"]

_SUFFIXES: dict[str, Kind] = {"xlsx": "xlsx", "csv": "csv", "txt": "csv", "tsv": "csv"}
_MACROS = ("vbaproject", "vbadata", "macrosheets/", "activex/")
_OUTSIDE = ("externallinks/", "connections.xml", "embeddings/", "oleobject", "querytables/")
# What a file begins with when it is certainly not lines of text.
_NOT_TEXT = (
    *(b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ"),
    *(b"\x7fELF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"SQLite format"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_END_RECORD = b"PK\x05\x06"
_ENTRY_AT_LEAST_BYTES = 46


class FileRefused(Exception):
    """The whole file stays outside; `code` names the sentence (`sentences.py`), `about` fills it."""

    def __init__(self, code: str, **about: object) -> None:
        super().__init__(code, about)
        self.code = code
        self.about = about


@dataclass(frozen=True, slots=True)
class Looked:
    """What the guard found: the kind to read it as and the size in bytes."""

    kind: Kind
    size: int


def look(file: BinaryIO, name: str) -> Looked:
    """This will tell what the file is, or raise FileRefused. The file is left at its beginning.

    `name` is only text here: its suffix is compared with the content and nothing is opened by it.
    """
    size = _size(file)
    if not size:
        raise FileRefused("empty")
    kind = _kind_by_suffix(name)
    head = file.read(4096)
    file.seek(0)
    if kind == "xlsx":
        _look_at_workbook(file, head, size)
    else:
        _look_at_text(head, size)
    file.seek(0)
    return Looked(kind, size)


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _kind_by_suffix(name: str) -> Kind:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")
    if suffix not in _SUFFIXES:
        raise FileRefused("type_unknown")
    return _SUFFIXES[suffix]


def _look_at_text(head: bytes, size: int) -> None:
    if size > limits.CSV_BYTES:
        raise FileRefused("too_large", megabytes=limits.CSV_BYTES >> 20)
    if head.startswith(_NOT_TEXT) or _is_markup(head) or _is_binary(head):
        raise FileRefused("type_differs")


def _is_markup(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"<svg", b"<script"))


def _is_binary(head: bytes) -> bool:
    """Text holds no zero bytes, unless its mark says that it is UTF-16."""
    return b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _look_at_workbook(file: BinaryIO, head: bytes, size: int) -> None:
    if size > limits.XLSX_BYTES:
        raise FileRefused("too_large", megabytes=limits.XLSX_BYTES >> 20)
    if head.startswith(_OLE):  # an encrypted workbook, or an old .xls under a new name
        raise FileRefused("encrypted_or_old")
    if not head.startswith(b"PK\x03\x04"):
        raise FileRefused("type_differs")
    _refuse_too_many_entries(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            _look_at_entries(archive.infolist(), size)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
        raise FileRefused("unreadable")


def _refuse_too_many_entries(file: BinaryIO, size: int) -> None:
    """Read the count from the end record first, so that a directory of a million names is never loaded."""
    start = max(0, size - 66_000)
    file.seek(start)
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END_RECORD)
    if at < 0 or len(tail) < at + 22:
        raise FileRefused("unreadable")
    count, directory_bytes = struct.unpack("<HI", tail[at + 10 : at + 16])
    if max(count, directory_bytes // (2 * _ENTRY_AT_LEAST_BYTES)) > limits.ZIP_ENTRIES:
        raise FileRefused("bomb")


def _look_at_entries(entries: Iterable[zipfile.ZipInfo], size: int) -> None:
    entries = list(entries)
    if len(entries) > limits.ZIP_ENTRIES or len({e.filename for e in entries}) < len(entries):
        raise FileRefused("bomb")
    declared = sum(entry.file_size for entry in entries)
    if declared > limits.ZIP_BYTES or declared > limits.ZIP_RATIO * max(size, 4096):
        raise FileRefused("bomb")
    for entry in entries:
        _look_at_entry(entry)
    names = {entry.filename.lower() for entry in entries}
    if "[content_types].xml" not in names or not any(n.endswith("workbook.xml") for n in names):
        raise FileRefused("type_differs")


def _look_at_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/").lower()
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        raise FileRefused("path_inside")
    if entry.flag_bits & 0x1:
        raise FileRefused("encrypted_or_old")
    if any(word in name for word in _MACROS):
        raise FileRefused("macros")
    if any(word in name for word in _OUTSIDE):
        raise FileRefused("external_links")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise FileRefused("unreadable")
    if entry.file_size > limits.ZIP_RATIO * max(entry.compress_size, 4096):
        raise FileRefused("bomb")
