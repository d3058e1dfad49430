"""Lists as files: CSV that opens in any office program, XLSX with typed cells. Nothing in them runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

# A spreadsheet takes text that begins so for a formula.
RUNS = ("=", "+", "-", "@", "\t", "\r")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
LONGEST_CELL = 32_000
Row = Sequence[Any]


def sheet(form: str, name: str, titles: Sequence[str], rows: Iterable[Row]) -> HttpResponse:
    """This will send rows as a file for saving. `form` is csv or xlsx; anything else gets xlsx.

    Numbers stay numbers; everything else is text.
    """
    form = form if form in TYPES else "xlsx"
    data = _csv(titles, rows) if form == "csv" else _xlsx(titles, rows)
    response = HttpResponse(data, content_type=TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.{form}") or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def harmless(value: Any) -> Any:
    """This will be a value that no spreadsheet runs: an apostrophe stands before what could."""
    text = _text(value)
    return value if isinstance(value, int | float) else f"'{text}" if text.startswith(RUNS) else text


def _csv(titles: Sequence[str], rows: Iterable[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerows([harmless(cell) for cell in row] for row in (titles, *rows))
    # The mark tells office programs that the bytes are UTF-8.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(titles: Sequence[str], rows: Iterable[Row]) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet()
    page.freeze_panes = "A2"
    page.append([_cell(page, title, bold=True) for title in titles])
    for row in rows:
        page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(page: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """Text is typed as text, so that "=1+1" stays four characters."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return WriteOnlyCell(page, value=value)
    cell = WriteOnlyCell(page, value="")
    cell.value, cell.data_type = _text(value)[:LONGEST_CELL], "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _text(value: Any) -> str:
    return "".join(c for c in ("" if value is None else str(value)) if c >= " " or c in "\n\t")
