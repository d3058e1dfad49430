"""The rows that came back, as a workbook: the file's own columns, and line, column and reason beside them."""

from __future__ import annotations

import io
from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from yuanmeng.core import audit
from yuanmeng.core.actors import Actor
from yuanmeng.intake.models import Batch, BatchRow
from yuanmeng.intake.sentences import reason_sentence

_LONGEST_CELL = 32_000


def refused_file(batch: Batch, *, lang: str | None = None) -> bytes:
    """This will write the refused and undecided rows as XLSX, in the reader's language.

    Every cell is typed as text, so that nothing in it runs: no formula survives the round trip. The file can
    be corrected and imported again as it is; the added columns are passed over.
    """
    with translation.override(lang or translation.get_language()):
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("Rows to correct"))
        titles = [*batch.columns, *_added()]
        for at in range(1, len(titles) + 1):
            sheet.column_dimensions[get_column_letter(at)].width = 16 if at < len(titles) else 50
        sheet.append([_text(sheet, title, bold=True) for title in titles])
        for row in batch.rows.coming_back().iterator(chunk_size=500):
            sheet.append([_text(sheet, cell) for cell in _cells(batch, row)])
        out = io.BytesIO()
        book.save(out)
    return out.getvalue()


def told_refused_file(batch: Batch, *, by: Actor, at: object, lang: str | None = None) -> bytes:
    """The same for a person at a door, written into the audit chain: it may hold personal data."""
    data = refused_file(batch, lang=lang)
    audit.write("export", by=by, at=at, about=batch, fields="rows", count=max(1, batch.refused))  # type: ignore[arg-type]
    return data


def _added() -> list[str]:
    return [_("Sheet"), _("Line"), _("Column to correct"), _("Reason")]


def _cells(batch: Batch, row: BatchRow) -> Iterator[str]:
    written = row.as_written
    yield from (written.get(title, "") for title in batch.columns)
    yield from (row.sheet, str(row.line), row.column, reason_sentence(row.reason))


def _text(sheet: object, value: str, bold: bool = False) -> WriteOnlyCell:
    """A cell of type text: "=1+1" stays three characters. An apostrophe is not needed and would be data."""
    cell = WriteOnlyCell(sheet, value="")
    cell.value = _legal(value)[:_LONGEST_CELL]
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _legal(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\n\t")
