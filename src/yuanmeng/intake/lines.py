"""Lines of separated text, in whatever encoding each line really has. Runs in the child process.

Offices paste files together: a GB18030 file holds single lines in UTF-8. So every physical line is
decoded by itself, and a record that touches a line in neither encoding is marked, not guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from yuanmeng.intake import limits

# What the child says about one record: line, cells, marks.
Record = tuple[int, list[str], dict[str, object]]

_SEPARATORS = ",\t;"
_HEAD_LINES = 2000  # enough to know the habit of a file
_BLOCK_BYTES = 1 << 20
_LONGEST_LINE_BYTES = 1 << 24


class Unreadable(Exception):
    """The file as a whole cannot be read; `code` names the sentence."""

    def __init__(self, code: str, **about: object) -> None:
        super().__init__(code)
        self.code = code
        self.about = about


def read(file: BinaryIO) -> Iterator[Record]:
    """This will yield every record with the physical line it starts in.

    Marks: `encoding` a line is neither UTF-8 nor GB18030 · `long` a cell beyond a spreadsheet's limit,
    cut here because the row is refused anyway · `last` the last physical line of a longer record.
    """
    lines = _Lines(file)
    csv.field_size_limit(limits.CELL_BYTES)
    reader = csv.reader(lines, delimiter=lines.separator)
    while True:
        lines.begin_record()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Unreadable("cell_too_large", line=lines.record_starts)
        lines.refuse_an_open_quote()
        yield lines.record_starts, *_cut(cells, lines.marks())


def _cut(cells: list[str], marks: dict[str, object]) -> tuple[list[str], dict[str, object]]:
    long = [at for at, cell in enumerate(cells) if len(cell) > limits.CELL_CHARACTERS]
    if long:
        marks["long"] = long
        cells = [cell[: limits.CELL_CHARACTERS] for cell in cells]
    return cells, marks


class _Lines:
    """The physical lines of a file as text, one at a time, remembering those of the record being read."""

    def __init__(self, file: BinaryIO) -> None:
        lines = _physical_lines(file)
        head = list(islice(lines, _HEAD_LINES))
        self._mostly = _mostly(head)
        self.separator = max(_SEPARATORS, key=b"".join(head[:20]).decode("latin-1").count)
        self._coming = chain(head, lines)
        self._next = next(self._coming, None)
        self._record: list[bytes] = []
        self._bad = False
        self._at = 0
        self.record_starts = 1

    def __iter__(self) -> Iterator[str]:
        while self._next is not None:
            raw, self._next = self._next, next(self._coming, None)
            self._at += 1
            self._record.append(raw)
            if len(self._record) > limits.RECORD_LINES:
                raise Unreadable("open_quote", line=self.record_starts)
            yield self._decode(raw)

    def begin_record(self) -> None:
        self.record_starts = self._at + 1
        self._record.clear()
        self._bad = False

    def marks(self) -> dict[str, object]:
        marks: dict[str, object] = {"encoding": True} if self._bad else {}
        if self._at > self.record_starts:
            marks["last"] = self._at
        return marks

    def refuse_an_open_quote(self) -> None:
        """Only the last record can end with the file inside a quote; the strict reader tells."""
        if self._next is not None:
            return
        record = [self._decode(raw) for raw in self._record]
        try:
            list(csv.reader(record, delimiter=self.separator, strict=True))
        except csv.Error as trouble:
            if "unexpected end" in str(trouble):
                raise Unreadable("open_quote", line=self.record_starts)

    def _decode(self, raw: bytes) -> str:
        text = raw.decode("ascii") if raw.isascii() else _text(raw, self._mostly)
        if text is None:
            self._bad = True
            text = raw.decode("gb18030", "replace")
        return text.replace("\0", "")


def _physical_lines(file: BinaryIO) -> Iterator[bytes]:
    """Lines ended by LF, CR LF or CR, without the byte order mark; UTF-16 becomes UTF-8 on the way."""
    mark = file.read(3)
    file.seek(0)
    if mark.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield from _lines_of_utf16(file)
        return
    file.seek(3 if mark == b"\xef\xbb\xbf" else 0)
    rest = b""
    while block := file.read(_BLOCK_BYTES):
        # The last line waits: the block may have cut it, or stand between CR and LF.
        *whole, rest = (rest + block).splitlines(keepends=True)
        yield from whole
        if len(rest) > _LONGEST_LINE_BYTES:
            raise Unreadable("unreadable")
    if rest:
        yield rest


def _lines_of_utf16(file: BinaryIO) -> Iterator[bytes]:
    try:
        for line in io.TextIOWrapper(file, encoding="utf-16", newline=""):
            yield line.encode()
    except UnicodeError:
        raise Unreadable("unreadable")


def _text(raw: bytes, mostly: str) -> str | None:
    """One line as text. A two-byte sequence alone may be either encoding: then the file's habit decides."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _gb(raw)
    if mostly == "utf-8" or _has_three_byte_characters(text):
        return text
    return _gb(raw) or text


def _gb(raw: bytes) -> str | None:
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return None


def _has_three_byte_characters(text: str) -> bool:
    return any("\u0800" <= character <= "\uffff" for character in text)


def _mostly(lines: list[bytes]) -> str:
    """Which encoding most of the first lines can only be."""
    votes = 0
    for raw in lines:
        if not raw.isascii():
            votes += 1 if _utf8(raw) else -1
    return "utf-8" if votes >= 0 else "gb18030"


def _utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
