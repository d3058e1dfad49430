"""The two containers: a workbook and a table, byte for byte the same for the same rows."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

Cells = Sequence[object]
# Zip directories and document properties carry the time of writing; ours carry this one.
WRITTEN = datetime(2026, 9, 1, 9, 0)  # noqa: DTZ001 - a zip directory knows no zone


def write_book(
    path: Path, title: str, advice: Sequence[str], sheets: dict[str, tuple[Cells, list[Cells]]]
) -> None:
    """A sheet of advice, then one sheet for each name: a merged title, the header in row 2, the rows."""
    book = Workbook()
    _advise(book.active, advice)
    for name, (header, rows) in sheets.items():
        _fill(book.create_sheet(name), title, header, rows)
    book.properties.created = book.properties.modified = WRITTEN
    raw = io.BytesIO()
    book.save(raw)
    path.write_bytes(_timeless(raw.getvalue()))


def write_table(path: Path, header: Cells, rows: list[Cells], encoding: str) -> None:
    """A comma-separated table with CRLF, as spreadsheets write it."""
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows([_word(cell) for cell in row] for row in rows)


def _word(cell: object) -> object:
    return cell.isoformat() if isinstance(cell, date) else cell


def _advise(sheet: Worksheet, advice: Sequence[str]) -> None:
    sheet.title = "填写说明"
    for words in advice:
        sheet.append([words])
    sheet.column_dimensions["A"].width = 90


def _fill(sheet: Worksheet, title: str, header: Cells, rows: list[Cells]) -> None:
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(header))
    sheet["A1"].font, sheet["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    sheet.append(list(header))
    for cell in sheet[2]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="F2E6D8")
    for row in rows:
        sheet.append(list(row))
    sheet.freeze_panes = "A3"


def _timeless(raw: bytes) -> bytes:
    """The same parts in the same order with one time; the writer stamps the moment it ran."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                stamp = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, data)
            info = zipfile.ZipInfo(part.filename, WRITTEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, data)
    return out.getvalue()
