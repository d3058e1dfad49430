"""One workbook, sheet by sheet. Runs in the child process; a workbook may kill it and nothing else.

calamine reads values fast but says nothing of formulas, so the sheet parts are looked through first:
for formulas, for document types, and for a box that would never fit the memory (one cell at
XFD1048576 makes the parser ask for 17 thousand million cells: tafia/calamine#693).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from yuanmeng.intake import limits
from yuanmeng.intake.lines import Unreadable

# Sheet name, then its rows: (row number from 1, cells, marks).
Row = tuple[int, list[Any], dict[str, object]]

_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"\s*<(?:\w+:)?f[\s/>]")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")
_CHUNK = 1 << 20


@dataclass
class Part:
    """What the look through one sheet's part found; rows and columns count from 0."""

    formulas: dict[int, list[int]] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


@dataclass
class Sheet:
    """One visible sheet: its name and a way to read its rows."""

    name: str
    rows: Iterator[Row]
    hidden: bool = False


def read(file: BinaryIO) -> tuple[bool, Iterator[Sheet]]:
    """This will give (whether days count from 1904, the sheets in workbook order)."""
    parts, old_days = _look_through(file)
    file.seek(0)
    return old_days, _sheets(file, parts)


def _sheets(file: BinaryIO, parts: list[Part]) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(file)
        for at, about in enumerate(book.sheets_metadata):
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            hidden = about.visible is not SheetVisibleEnum.Visible
            part = parts[at] if at < len(parts) else Part()
            sheet = None if hidden else book.get_sheet_by_index(at)
            yield Sheet(about.name, _rows(sheet, part) if sheet else iter(()), hidden)
    except (CalamineError, OSError):
        raise Unreadable("unreadable")


def _rows(sheet: Any, part: Part) -> Iterator[Row]:
    """Rows as the sheet numbers them; a cell merged over several rows is said in each of them."""
    down = _merged_down(sheet)
    above: dict[int, Any] = {}
    for at, values in enumerate(sheet.to_python(skip_empty_area=False)):
        cells = [_plain(value) for value in values]
        marks: dict[str, object] = {}
        if at in part.formulas:
            marks["formulas"] = part.formulas[at]
        merged = [(column, top) for column, top in down.get(at, ()) if column < len(cells)]
        for column, top in merged:
            _fill(cells, column, above, first=top == at)
        if merged:
            marks["merged"] = [column for column, _ in merged]
        yield at + 1, *_cut(cells, marks)


def _fill(cells: list[Any], column: int, above: dict[int, Any], first: bool) -> None:
    if first:
        above[column] = cells[column]
    elif cells[column] == "":
        cells[column] = above.get(column, "")


def _merged_down(sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """Row → (column, first row of the merge) for merges over several rows; titles merged across stay out."""
    down: dict[int, list[tuple[int, int]]] = {}
    room = limits.ROWS
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if bottom <= top or right > left:
            continue
        for at in range(top, min(bottom, top + room) + 1):
            down.setdefault(at, []).append((left, top))
        room -= bottom - top
    return down


def _cut(cells: list[Any], marks: dict[str, object]) -> tuple[list[Any], dict[str, object]]:
    most = limits.CELL_CHARACTERS
    long = [at for at, cell in enumerate(cells) if isinstance(cell, str) and len(cell) > most]
    if long:
        marks["long"] = long
        cells = [c[:most] if isinstance(c, str) else c for c in cells]
    return cells, marks


def _plain(value: Any) -> Any:
    """A value that JSON can carry: whole numbers as int, a day as {"day": "2021-09-02"}."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, (time, timedelta)):
        return str(value)
    return value


def _look_through(file: BinaryIO) -> tuple[list[Part], bool]:
    """Every XML part is searched once; the sheets' parts come back in workbook order."""
    try:
        with zipfile.ZipFile(file) as archive:
            for entry in archive.infolist():
                if entry.filename.lower().endswith((".xml", ".rels")):
                    _refuse_document_types(archive, entry)
            workbook = archive.read(_workbook_part(archive))
            parts = [_look(archive, name) for name in _sheet_parts(archive, workbook)]
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, OSError, ValueError):
        raise Unreadable("unreadable")
    return parts, bool(re.search(rb'date1904="(?:1|true)"', workbook))


def _refuse_document_types(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    tail = b""
    external = entry.filename.lower().endswith(".rels")
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            # UTF-16 parts are legal XML; without their zero bytes the words look the same.
            text = (tail + chunk).replace(b"\0", b"")
            if any(word in text for word in _FORBIDDEN):
                raise Unreadable("entities")
            if external and b"externalLink" in text:
                raise Unreadable("external_links")
            tail = text[-32:]


def _workbook_part(archive: zipfile.ZipFile) -> str:
    return next((n for n in archive.namelist() if n.lower().endswith("xl/workbook.xml")), "xl/workbook.xml")


def _sheet_parts(archive: zipfile.ZipFile, workbook: bytes) -> list[str]:
    """The part of each sheet, by the order of the workbook and its relations."""
    relations = archive.read("xl/_rels/workbook.xml.rels")
    targets = {}
    for tag in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", relations):
        name, target = _attribute(tag, b"Id"), _attribute(tag, b"Target")
        targets[name] = target[1:] if target.startswith("/") else f"xl/{target}"
    tags = re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", workbook)
    return [targets.get(_attribute(tag, b"[^\\s:]+:id"), "") for tag in tags]


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", tag)
    return found.group(1).decode("utf-8", "replace") if found else ""


def _look(archive: zipfile.ZipFile, name: str) -> Part:
    """Find the box and the formulas of one sheet."""
    part = Part()
    if name not in archive.namelist():
        return part
    text = archive.read(name)
    for cell in _CELL.finditer(text):
        place = _PLACE.search(cell.group(1))
        if place is None:
            continue
        row, column = int(place.group(2)) - 1, _column(place.group(1))
        part.rows, part.columns = max(part.rows, row + 1), max(part.columns, column + 1)
        if _FORMULA.match(text, cell.end()):
            part.formulas.setdefault(row, []).append(column)
    if part.rows > limits.ROWS + 100 or part.columns > limits.COLUMNS:
        raise Unreadable("too_many_cells", rows=limits.ROWS, columns=limits.COLUMNS)
    return part


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
