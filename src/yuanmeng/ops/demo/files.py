"""The sample files, with every date moved to today before they go through the import.

data/sample speaks of 2026-09-01; a town that is read in November must still be open in November.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import load_workbook

from yuanmeng.core.reference import data_folder

REFERENCE_DAY = date(2026, 9, 1)
# Titles of columns whose dates move; births do not.
MOVING = frozenset({"发布日期", "有效期至", "发布时间", "截止日期", "登记日期", "许可有效期至", "有效期自"})
ENCODINGS = {"vacancies_more.csv": "gb18030"}


@dataclass(frozen=True)
class SampleFiles:
    """The folder of the sample and the copies that speak of today."""

    today: date
    copies: Path

    @property
    def days(self) -> timedelta:
        return self.today - REFERENCE_DAY

    def moved(self, name: str) -> Path:
        """This will copy a sample file so that every date lies as far from today as it lay from then."""
        self.copies.mkdir(parents=True, exist_ok=True)
        move = _move_book if name.endswith(".xlsx") else _move_table
        move(data_folder("sample") / name, self.copies / name, self._later)
        return self.copies / name

    def rows(self, name: str) -> list[dict[str, str]]:
        """This will read a small table as it is: spaces, staff, devices."""
        with (data_folder("sample") / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def moved_rows(self, name: str) -> list[dict[str, str]]:
        """This will read a small table with its dates moved to today."""
        with self.moved(name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def checked(self) -> set[str]:
        """The numbers of employers whose papers a reviewer has seen."""
        sheet = load_workbook(data_folder("sample") / "employers.xlsx").worksheets[1]
        _, header, *rows = sheet.iter_rows(values_only=True)
        number, checked = header.index("*单位编号"), header.index("材料是否核验")
        return {str(row[number]) for row in rows if row[checked] == "是"}

    def _later(self, day: date) -> date:
        return day + self.days


def _move_book(old: Path, new: Path, later: Callable[[date], date]) -> None:
    book = load_workbook(old)
    for sheet in book.worksheets[1:]:
        columns = [cell.column for cell in sheet[2] if str(cell.value).lstrip("*") in MOVING]
        for row in sheet.iter_rows(min_row=3):
            for column in columns:
                cell = row[column - 1]
                if isinstance(cell.value, datetime):
                    cell.value = later(cell.value.date())
    book.save(new)


def _move_table(old: Path, new: Path, later: Callable[[date], date]) -> None:
    encoding = ENCODINGS.get(old.name, "utf-8-sig")
    with old.open(encoding=encoding, newline="") as file:
        header, *rows = csv.reader(file)
    columns = [at for at, title in enumerate(header) if title in MOVING]
    for row in rows:
        for at in columns:
            row[at] = _later_word(row[at], later)
    with new.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([header, *rows])


def _later_word(word: str, later: Callable[[date], date]) -> str:
    """A date moves; what is no date stays for the import to refuse."""
    try:
        return later(date.fromisoformat(word)).isoformat()
    except ValueError:
        return word
