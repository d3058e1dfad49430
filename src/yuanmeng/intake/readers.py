"""From a file to (sheet, line, cells): the guard looks, a child process reads, the header is found.

Nothing of the file is parsed in this process but the child's JSON lines.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any, BinaryIO

import yuanmeng
from yuanmeng.intake import limits
from yuanmeng.intake.guard import FileRefused, look
from yuanmeng.intake.headers import Header, find_header

Cell = str | int | float | date

_HEADER_WITHIN_ROWS = 30
_PACKAGE_PARENT = str(Path(yuanmeng.__file__).parent.parent)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One record as it stood in the file; columns are counted from 0."""

    line: int
    cells: list[Cell]
    formulas: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    long: frozenset[int] = frozenset()
    encoding_broken: bool = False
    last_line: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One row under a known header, ready to be understood."""

    sheet: str
    raw: RawRow
    header: Header
    old_days: bool = False  # a workbook that counts days from 1904
    fixed_width: bool = False  # separated text: a short line is a broken line

    @property
    def number(self) -> int:
        return self.raw.line

    def cell(self, field_name: str) -> Cell:
        """Return the cell of a field, "" where the file has no such column."""
        at = self.header.columns.get(field_name)
        return self.raw.cells[at] if at is not None and at < len(self.raw.cells) else ""

    def kept(self) -> dict[str, str]:
        """Return the row as written, by the file's own column titles: for showing it and giving it back."""
        return {
            title: _written(self.raw.cells[at]) if at < len(self.raw.cells) else ""
            for at, title in enumerate(self.header.titles)
            if at not in self.header.never_kept
        }


@dataclass
class Report:
    """What is said about the file beside its rows: sheets passed over, columns not used."""

    skipped_sheets: list[str] = field(default_factory=list)
    unused_columns: list[str] = field(default_factory=list)
    never_imported: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # known fields that every sheet has


def read_lines(file: BinaryIO, name: str, kind: str, report: Report | None = None) -> Iterator[Line]:
    """This will yield each row under its header, sheet after sheet.

    `kind` is what the rows are (vacancies, seekers, organisations). Raises FileRefused, also after
    some rows have been yielded: a caller who writes must be ready to take everything back.
    """
    report = report if report is not None else Report()
    kind_of_file = look(file, name).kind
    found = False
    for sheet, rows in _by_sheet(_raw_rows(file, kind_of_file)):
        for line in _lines_of_sheet(sheet, rows, kind, kind_of_file == "csv", report):
            found = True
            yield line
    if not report.columns:
        raise FileRefused("empty" if not found and not report.skipped_sheets else "header_unknown")


@dataclass
class _Sheet:
    name: str
    hidden: bool
    old_days: bool


def _lines_of_sheet(
    sheet: _Sheet, rows: Iterator[RawRow], kind: str, fixed_width: bool, report: Report
) -> Iterator[Line]:
    head: list[RawRow] = []
    for row in rows:
        head.append(row)
        if len(head) == _HEADER_WITHIN_ROWS:
            break
    at, header = find_header([row.cells for row in head], kind)
    if header is None:
        _pass_over(sheet, head, rows, report)
        return
    _tell_columns(header, report)
    for row in _chain(head[at + 1 :], rows):
        yield Line(sheet.name, row, header, sheet.old_days, fixed_width)


def _pass_over(sheet: _Sheet, head: list[RawRow], rows: Iterator[RawRow], report: Report) -> None:
    """A sheet without a header (instructions, a chart's corner) is named, not silently dropped."""
    for _ in rows:
        pass
    if any(cell != "" for row in head for cell in row.cells) or sheet.hidden:
        report.skipped_sheets.append(sheet.name)


def _tell_columns(header: Header, report: Report) -> None:
    fields = sorted(header.columns)
    report.fields = [name for name in report.fields if name in fields] if report.columns else fields
    titles = (t for t in header.titles if t not in header.dropped)
    report.columns.extend(t for t in titles if t not in report.columns)
    report.unused_columns.extend(t for t in header.unused if t not in report.unused_columns)
    report.never_imported.extend(t for t in header.dropped if t not in report.never_imported)


def _chain(head: list[RawRow], rest: Iterator[RawRow]) -> Iterator[RawRow]:
    yield from head
    yield from rest


def _by_sheet(said: Iterator[_Sheet | RawRow]) -> Iterator[tuple[_Sheet, Iterator[RawRow]]]:
    """Group what the child says; the rows of a sheet must be taken before the next one is asked for."""
    waiting: list[_Sheet] = []

    def rows() -> Iterator[RawRow]:
        for item in said:
            if isinstance(item, _Sheet):
                waiting.append(item)
                return
            yield item

    first = next(said, None)
    if isinstance(first, _Sheet):
        waiting.append(first)
    while waiting:
        yield waiting.pop(), rows()


def _raw_rows(file: BinaryIO, kind: str) -> Iterator[_Sheet | RawRow]:
    with _child(file, kind) as process:
        assert process.stdout is not None
        ended = False
        for line in _said(process.stdout):
            value = _value(line)
            if isinstance(value, list):
                yield _row(value)
            elif "sheet" in value:
                yield _Sheet(str(value["sheet"]), bool(value["hidden"]), bool(value["old_days"]))
            elif "refused" in value:
                raise FileRefused(str(value["refused"]), **value["about"])
            else:
                ended = "end" in value
        if not ended:
            raise FileRefused("unreadable")


def _value(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:  # the child died in the middle of a line
        raise FileRefused("unreadable")


def _row(value: list[Any]) -> RawRow:
    line, cells, marks = value
    return RawRow(
        line,
        [date.fromisoformat(cell["day"]) if type(cell) is dict else cell for cell in cells],
        frozenset(marks.get("formulas", ())),
        frozenset(marks.get("merged", ())),
        frozenset(marks.get("long", ())),
        bool(marks.get("encoding")),
        int(marks.get("last", line)),
    )


@contextmanager
def _child(file: BinaryIO, kind: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start the reading process in an empty folder and environment; it never outlives this block."""
    with tempfile.TemporaryDirectory() as folder, _as_real_file(file) as source:
        process = subprocess.Popen(
            [sys.executable, "-m", "yuanmeng.intake.child", kind],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"PYTHONPATH": _PACKAGE_PARENT, "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,
        )
        try:
            yield process
        finally:
            _end(process)


@contextmanager
def _as_real_file(file: BinaryIO) -> Iterator[IO[bytes]]:
    """The child seeks in its standard input, so an upload held in memory is put on disk, nameless."""
    with tempfile.TemporaryFile() as copy:
        file.seek(0)
        while block := file.read(1 << 20):
            copy.write(block)
        copy.seek(0)
        yield copy


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout:
        process.stdout.close()
    process.wait()


def _said(pipe: IO[bytes]) -> Iterator[bytes]:
    """Whole lines as they come; a child that is silent for too long is given up."""
    rest = b""
    while True:
        ready, _, _ = select.select([pipe], [], [], limits.ROW_WAIT_SECONDS)
        if not ready:
            raise FileRefused("unreadable")
        block = os.read(pipe.fileno(), 1 << 20)
        if not block:
            break
        *lines, rest = (rest + block).split(b"\n")
        yield from lines
    if rest:
        yield rest


def _written(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)
