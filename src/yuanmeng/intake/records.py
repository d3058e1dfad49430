"""Is this line a record at all? Blank lines, repeated headers, totals and notes are not, and are no error."""

from __future__ import annotations

import re

from yuanmeng.core.text import clean
from yuanmeng.intake.headers import plain_title
from yuanmeng.intake.readers import Line, RawRow
from yuanmeng.intake.reasons import Reason, RowRefused, RowSkipped

_TOTAL = re.compile(r"(?:合|总|共|小|累)\s*计[:：]?.*")
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|填表|制表|审核|联系|报送|填报)(?:\s*\d*)?(?:[:：].*|人.*|单位.*|日期.*|$)",
    re.DOTALL,
)


def refuse_no_record(line: Line) -> None:
    """This will raise RowSkipped for what is no record, RowRefused for a record that cannot be taken apart.

    Order matters: an unreadable line is refused even where its rest looks blank, and a total line is a
    total line even where it is shorter than the header.
    """
    filled = _filled(line.raw)
    if line.raw.encoding_broken:
        raise RowRefused(line.number, "", Reason.ENCODING)
    if not filled:
        raise RowSkipped(Reason.BLANK)
    if _repeats_header(line):
        raise RowSkipped(Reason.HEADER_AGAIN)
    first = filled[0]
    if _TOTAL.fullmatch(first) and len(filled) <= max(3, len(line.header.titles) // 3):
        raise RowSkipped(Reason.TOTAL_LINE)
    if len(filled) == 1 and _NOTE.match(first):
        raise RowSkipped(Reason.NOTE_LINE)
    if line.fixed_width:
        _refuse_other_width(line)


def _filled(raw: RawRow) -> list[str]:
    cells = (clean(cell) if isinstance(cell, str) else str(cell) for cell in raw.cells)
    return [cell for cell in cells if cell]


def _repeats_header(line: Line) -> bool:
    plain = line.header.plain
    cells = line.raw.cells
    if len(cells) < 2 or not isinstance(cells[0], str) or plain_title(cells[0]) != plain[0]:
        return False
    pairs = zip(cells, plain, strict=False)
    same = sum(
        isinstance(cell, str) and len(cell) < 60 and plain_title(cell) == title for cell, title in pairs
    )
    return same >= max(2, len(plain) * 4 // 5)


def _refuse_other_width(line: Line) -> None:
    width, cells = len(line.header.titles), line.raw.cells
    more_lines = line.raw.last_line > line.number
    if len(cells) < width:
        raise RowRefused(line.number, "", Reason.OPEN_QUOTE if more_lines else Reason.COLUMNS_MISSING)
    if any(str(cell).strip() for cell in cells[width:]):
        raise RowRefused(line.number, "", Reason.OPEN_QUOTE if more_lines else Reason.COLUMNS_EXTRA)
