"""Days as people write them: 2021-09-02, 2021/9/2, 2021年9月2日, 2021.09.02, 20210902, a sheet's serial.

Own code because Django's zh-Hans formats refuse 2021年9月2日, and because a wrong guess is worse than a
question: 02/09/2021 and 9月2日 come back.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from yuanmeng.intake.reasons import CellRefused, Reason

_WHOLE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[t\s].*)?|(\d{4})(\d{2})(\d{2})",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_PART = re.compile(
    r"\d{1,2}月\d{1,2}日?|\d{4}(?:年|[-/.])\d{1,2}月?|\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}"
)
_OPEN = re.compile(r"长期(?:有效)?|永久(?:有效)?|无限期|不限|招满为止|至?招满即止|常年(?:招聘)?|无|-+|/")
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: what a general cell may mean as a day
_YEARS = range(1900, 2100)


def read_date(cell: object, *, old_days: bool = False) -> date | None:
    """This will read one day; None for an empty cell and for 长期有效 and its like.

    `old_days`: the workbook counts from 1904. Raises CellRefused date_invalid or date_ambiguous.
    """
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (int, float)):
        return _serial(cell, old_days)
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    if not text or _OPEN.fullmatch(text):
        return None
    whole = _WHOLE.fullmatch(text)
    if whole:
        year, month, day = (int(part) for part in whole.groups() if part)
        return _day(year, month, day)
    return _otherwise(text, old_days)


def _otherwise(text: str, old_days: bool) -> date:
    last = _LAST_YEAR.fullmatch(text)
    if last:
        return _day_or_month_first(*(int(part) for part in last.groups()))
    if _PART.fullmatch(text):
        raise CellRefused(Reason.DATE_AMBIGUOUS)
    if text.isdigit() and len(text) == 5:
        return _serial(int(text), old_days)
    raise CellRefused(Reason.DATE_INVALID)


def _day_or_month_first(first: int, second: int, year: int) -> date:
    """02/09/2021 may be February or September; 31/12/2021 can be only one day."""
    if first <= 12 and second <= 12 and first != second:
        raise CellRefused(Reason.DATE_AMBIGUOUS)
    return _day(year, min(first, second) if max(first, second) > 12 else first, max(first, second))


def _serial(number: float, old_days: bool) -> date:
    if int(number) in range(19000101, 21000101):
        return _day(int(number) // 10000, int(number) // 100 % 100, int(number) % 100)
    if int(number) not in _SERIALS:
        raise CellRefused(Reason.DATE_INVALID)
    # Day 1 is 1900-01-01, but the sheet believes in a 29 February 1900; after it the count is one ahead.
    start = date(1904, 1, 1) if old_days else date(1899, 12, 30)
    return start + timedelta(days=int(number))


def _day(year: int, month: int, day: int) -> date:
    if year not in _YEARS:
        raise CellRefused(Reason.DATE_INVALID)
    try:
        return date(year, month, day)
    except ValueError:
        raise CellRefused(Reason.DATE_INVALID)
