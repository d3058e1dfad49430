"""The cells of one line, each read once and each refusal with its column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TypeVar

from yuanmeng.core.checks_cn import phone_ok, uscc_ok
from yuanmeng.core.text import clean, normal
from yuanmeng.intake.dates import read_date
from yuanmeng.intake.readers import Line
from yuanmeng.intake.reasons import CellRefused, Note, Reason, RowRefused
from yuanmeng.intake.words import is_mojibake, many, runs_in_a_sheet, unlisted

T = TypeVar("T")

_LANDLINE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,6})?|400-?\d{3}-?\d{4}")
_EDGES = " \t\r\n\u3000\xa0\u200b\ufeff"


class Cells:
    """Reads the fields of a line and collects the notes about what was done to them."""

    def __init__(self, line: Line, *, demo: bool = False) -> None:
        self.line = line
        self.demo = demo
        self.notes: list[Note] = []

    def refuse(self, field: str, reason: Reason) -> RowRefused:
        """Return the refusal of this line for a cell; the caller raises it."""
        return RowRefused(self.line.number, self.line.header.title(field), reason)

    def note(self, note: Note) -> None:
        if note not in self.notes:
            self.notes.append(note)

    def raw(self, field: str) -> str:
        """Return a cell as text, printed lists opened; the line breaks stay."""
        cell = self.line.cell(field)
        if cell == "":
            return ""
        if isinstance(cell, str):
            return unlisted(cell) if cell.startswith("[") else cell
        return cell.isoformat() if isinstance(cell, date) else str(cell)

    def word(self, field: str, most: int) -> str:
        """Return a short cell in one line, invisible signs gone. Refuses what is longer than `most`."""
        text = self.raw(field)
        if not text:
            return ""
        text = _clean(text)
        self._refuse_long(field, len(text), most)
        return text

    def name(self, field: str, most: int, *, required: bool = False) -> str:
        """Return a name people will read: no formula, no letters from a wrong encoding."""
        self.refuse_formula(field)
        text = self.word(field, most)
        if required and not text:
            raise self.refuse(field, Reason.REQUIRED_MISSING)
        if is_mojibake(text):
            raise self.refuse(field, Reason.MOJIBAKE)
        if "\ufffd" in text:
            self.note(Note.BYTES_LOST)
        return text

    def text(self, field: str, most: int) -> str:
        """Return a long text as written; a sign at its start makes it no formula."""
        text = self.raw(field).strip(_EDGES)
        self._refuse_long(field, len(text), most)
        if "\ufffd" in text:
            self.note(Note.BYTES_LOST)
        if self._is_formula(field):
            self.note(Note.FORMULA_AS_TEXT)
        return text

    def words(self, field: str) -> list[str]:
        """Return every word of the columns that belong to a field."""
        places = self.line.header.joined.get(field)
        if not places:
            return many(_clean(self.raw(field)))
        cells = [self.line.raw.cells[at] for at in places if at < len(self.line.raw.cells)]
        return list(dict.fromkeys(w for c in cells if isinstance(c, str) for w in many(_clean(unlisted(c)))))

    def read(self, field: str, reader: Callable[[str], T], most: int = 200) -> T:
        """Return what a reader of one cell makes of it; its refusal gets the column."""
        if self._is_formula(field):
            raise self.refuse(field, Reason.FORMULA)
        try:
            return reader(self.word(field, most))
        except CellRefused as trouble:
            raise self.refuse(field, trouble.reason)

    def day(self, field: str) -> date | None:
        """Return a day, None for an empty or open-ended cell."""
        cell = self.line.cell(field)
        if self._is_formula(field):
            raise self.refuse(field, Reason.FORMULA)
        try:
            cell = unlisted(_clean(cell)) if isinstance(cell, str) else cell
            return read_date(cell, old_days=self.line.old_days)
        except CellRefused as trouble:
            raise self.refuse(field, trouble.reason)

    def code(self, field: str, ok: Callable[..., bool] = uscc_ok) -> str:
        """Return a code whose checksum holds, or ""; anything else refuses the row."""
        code = normal(self.raw(field)).upper().replace(" ", "").replace("-", "")
        if code and not ok(code, demo=self.demo):
            raise self.refuse(field, Reason.CODE_INVALID)
        return code

    def mobile(self, field: str) -> str:
        """Return a mobile number as eleven digits, or ""."""
        phone = _digits(self.raw(field))
        if phone and not phone_ok(phone, demo=self.demo):
            raise self.refuse(field, Reason.PHONE_INVALID)
        return phone

    def phone(self, field: str) -> str:
        """Return a telephone number of either kind, or ""."""
        written = re.sub(r"[\s()]", "", normal(self.raw(field)))
        mobile = _digits(written)
        if not written or phone_ok(mobile, demo=self.demo):
            return mobile
        if not _LANDLINE.fullmatch(written):
            raise self.refuse(field, Reason.PHONE_INVALID)
        return written

    def number(self, field: str) -> float | None:
        """Return a plain number, None where the cell holds none."""
        try:
            return float(clean(self.raw(field)))
        except ValueError:
            return None

    def refuse_formula(self, field: str) -> None:
        if self._is_formula(field) or runs_in_a_sheet(self.raw(field).lstrip(" \u3000\xa0\u200b\ufeff")):
            raise self.refuse(field, Reason.FORMULA)

    def is_merged(self, field: str) -> bool:
        return self.line.header.columns.get(field, -1) in self.line.raw.merged

    def _is_formula(self, field: str) -> bool:
        formulas = self.line.raw.formulas
        return bool(formulas) and self.line.header.columns.get(field, -1) in formulas

    def _refuse_long(self, field: str, length: int, most: int) -> None:
        if length > most or self.line.header.columns.get(field, -1) in self.line.raw.long:
            raise self.refuse(field, Reason.TOO_LONG)


@lru_cache(maxsize=50_000)
def _clean(text: str) -> str:
    """Cells repeat a lot: a firm, a district, a degree."""
    return clean(text)


def _digits(written: str) -> str:
    digits = re.sub(r"[\s\-()+]", "", normal(written).removesuffix(".0"))
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits
