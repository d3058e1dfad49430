"""Files as offices really have them: encodings, title rows, several sheets, merged cells, old day counts."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import BinaryIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.nouns.intake_files import CAFE, TITLES, lines, saved, vacancy, workbook
from yuanmeng.intake import lines as text_lines
from yuanmeng.intake.readers import Line, Report, read_lines
from yuanmeng.intake.reasons import Note, Reason, RowRefused, RowSkipped
from yuanmeng.intake.rows import VacancyRow


def read(file: BinaryIO, name: str = "rows.xlsx", report: Report | None = None) -> list[Line]:
    return list(read_lines(file, name, "vacancies", report))


def first(file: BinaryIO, name: str = "rows.xlsx") -> VacancyRow:
    return VacancyRow.parse(read(file, name)[0], demo=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_encoding_and_line_end(encoding: str, end: str) -> None:
    rows = read(lines(vacancy(), vacancy(编号="T-2"), encoding=encoding, end=end), "rows.csv")
    assert [row.number for row in rows] == [2, 3]
    assert VacancyRow.parse(rows[1]).organisation == CAFE


def test_lines_of_two_encodings_in_one_file() -> None:
    header = lines(encoding="gb18030").read()
    rows = [
        lines(vacancy(编号=f"T-{n}"), encoding=encoding).read().split(b"\r\n", 1)[1]
        for n, encoding in enumerate(["gb18030", "gb18030", "utf-8", "gb18030"])
    ]
    parsed = [VacancyRow.parse(row) for row in read(io.BytesIO(header + b"".join(rows)), "rows.csv")]
    assert [row.organisation for row in parsed] == [CAFE] * 4


def test_a_line_in_no_encoding_is_refused_alone() -> None:
    good = lines(vacancy(), encoding="gb18030").read()
    bad = (
        lines(vacancy(编号="T-2"), encoding="gb18030")
        .read()
        .split(b"\r\n", 1)[1]
        .replace("咖啡师".encode("gb18030"), b"\xff\xfe\xff")
    )
    rows = read(io.BytesIO(good + bad), "rows.csv")
    assert VacancyRow.parse(rows[0]).title == "咖啡师"
    with pytest.raises(RowRefused) as refused:
        VacancyRow.parse(rows[1])
    assert (refused.value.line, refused.value.reason) == (3, Reason.ENCODING)


def test_a_quoted_cell_over_two_lines_is_one_row() -> None:
    rows = read(lines(vacancy(岗位描述='第一行，含逗号,\n第二行，含"引号"'), vacancy(编号="T-2")), "rows.csv")
    assert [row.number for row in rows] == [2, 4]
    assert VacancyRow.parse(rows[0]).content == '第一行，含逗号,\n第二行，含"引号"'


@pytest.mark.parametrize(
    ("cells", "reason"),
    [(vacancy()[:4], Reason.COLUMNS_MISSING), ([*vacancy(), "", "多"], Reason.COLUMNS_EXTRA)],
)
def test_a_line_of_another_width_comes_back(cells: list[object], reason: Reason) -> None:
    with pytest.raises(RowRefused) as refused:
        VacancyRow.parse(read(lines(cells), "rows.csv")[0])
    assert refused.value.reason is reason


def test_title_rows_above_the_header_are_passed_over() -> None:
    rows = read(workbook(vacancy(), above=3))
    assert [row.number for row in rows] == [5]


def test_a_sheet_of_instructions_is_named_and_the_others_are_read() -> None:
    book = openpyxl.load_workbook(workbook(vacancy()))
    book.create_sheet("填写说明", 0).append(["每行一个岗位"])
    more = book.create_sheet("第二张")
    more.append(["招聘岗位", "用人单位", "月薪"])
    more.append(["保安", CAFE, "5000-6000"])
    report = Report()
    rows = read(saved(book), report=report)
    assert [row.sheet for row in rows] == ["岗位", "第二张"]
    assert report.skipped_sheets == ["填写说明"]
    assert VacancyRow.parse(rows[1]).pay_min_fen == 500_000


def test_a_hidden_sheet_is_not_read_but_named() -> None:
    book = openpyxl.load_workbook(workbook(vacancy()))
    hidden = book.create_sheet("旧数据")
    hidden.append(["岗位名称", "单位名称"])
    hidden.append(["保安", CAFE])
    hidden.sheet_state = "hidden"
    report = Report()
    assert len(read(saved(book), report=report)) == 1
    assert report.skipped_sheets == ["旧数据"]


def test_one_firm_merged_over_three_rows_is_said_in_each() -> None:
    book = openpyxl.load_workbook(workbook(*(vacancy(编号=f"T-{n}") for n in range(3))))
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("B2:B4")
    sheet.merge_cells("E2:E4")
    rows = [VacancyRow.parse(row) for row in read(saved(book))]
    assert [row.organisation for row in rows] == [CAFE] * 3
    # Two people for three posts together: counted in none of them, and said.
    assert {row.openings for row in rows} == {None}
    assert Note.OPENINGS_SHARED in rows[0].notes


def test_date_cells_and_serials() -> None:
    row = first(workbook(vacancy(发布日期=datetime(2026, 11, 20), 有效期至=46407)))  # noqa: DTZ001
    assert (row.valid_from, row.valid_until) == (date(2026, 11, 20), date(2027, 1, 20))


def test_workbooks_that_count_from_1904() -> None:
    book = openpyxl.load_workbook(workbook(vacancy(发布日期="", 有效期至=46407 - 1462)))
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet["J2"] = date(2026, 11, 20)
    row = first(saved(book))
    assert (row.valid_from, row.valid_until) == (date(2026, 11, 20), date(2027, 1, 20))


@pytest.mark.parametrize("title", ["薪资待遇", "岗位名称", "单位名称"])
def test_a_formula_comes_back(title: str) -> None:
    row = read(workbook(vacancy(**{title: "=8000*1.2"})))[0]
    with pytest.raises(RowRefused) as refused:
        VacancyRow.parse(row)
    assert (refused.value.reason, refused.value.column) == (Reason.FORMULA, title)


def test_text_with_a_sign_in_a_description_stays_text() -> None:
    row = first(lines(vacancy(岗位描述="=五险一金；-不加班")), "rows.csv")
    assert row.content == "=五险一金；-不加班"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([], Reason.BLANK),
        ([" ", "\u3000", "\xa0"], Reason.BLANK),
        ([title.lstrip("*") for title in TITLES], Reason.HEADER_AGAIN),
        (["合计", "", "", "", "136"], Reason.TOTAL_LINE),
        (["注：以上岗位由用人单位提供"], Reason.NOTE_LINE),
    ],
)
def test_lines_that_are_no_record_are_passed_over(cells: list[object], reason: Reason) -> None:
    rows = read(workbook(vacancy(), cells, vacancy(编号="T-2")))
    with pytest.raises(RowSkipped) as skipped:
        VacancyRow.parse(rows[1])
    assert skipped.value.reason is reason


def test_national_field_codes_are_a_header() -> None:
    titles = ["acb200", "aab004", "aca112", "acb240", "acb221", "aae398"]
    row = first(workbook(["A1", CAFE, "保洁员", 3, 18, "2027-01-01"], titles=titles))
    assert (row.title, row.openings, row.valid_until) == ("保洁员", 3, date(2027, 1, 1))
    assert row.age_limited and Note.AGE_LIMIT in row.notes


def test_columns_not_used_are_named() -> None:
    report = Report()
    read(workbook([*vacancy(), "x"], titles=[*TITLES, "内部批注"]), report=report)
    assert report.unused_columns == ["内部批注"]


def test_columns_never_taken_are_not_even_kept() -> None:
    report = Report()
    row = read(workbook([*vacancy(), "汉族"], titles=[*TITLES, "民族"]), report=report)[0]
    assert report.never_imported == ["民族"]
    assert "汉族" not in row.kept().values()


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_are_whole_wherever_a_block_ends(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child reads in blocks; a block may cut a character, a line, or CR from LF."""
    monkeypatch.setattr(text_lines, "_BLOCK_BYTES", 7)
    file = lines(vacancy(岗位描述="第一行\n第二行"), vacancy(编号="T-2"), encoding="gb18030", end=end)
    records = [(line, cells[0], len(cells)) for line, cells, _ in text_lines.read(file)]
    assert records == [(1, "编号", 13), (2, "T-1", 13), (4, "T-2", 13)]
