"""Refused rows come back as a file with line, column and reason; doubtful ones wait for a decision."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import openpyxl
import pytest

from tests.nouns.intake_files import SEEKER_TITLES, seeker, vacancy, workbook
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import AuditEntry
from yuanmeng.intake.admit import commit, preview
from yuanmeng.intake.models import Batch, BatchRow
from yuanmeng.intake.quarantine import resolve_as_new, resolve_as_same
from yuanmeng.intake.refused import refused_file, told_refused_file
from yuanmeng.intake.showing import masked_cells
from yuanmeng.intake.template import template
from yuanmeng.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(chen: Any, at: datetime) -> Callable[..., Batch]:
    def preview_it(*rows: Any) -> Batch:
        return preview(workbook(*rows), name="a.xlsx", kind="vacancies", source="街道", by=chen, at=at)

    return preview_it


def sheet_of(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    return list(sheet_of(data).iter_rows(values_only=True))


def test_it_names_line_column_and_reason_in_chinese(look: Callable[..., Batch]) -> None:
    batch = look(vacancy(), vacancy(编号="T-2", 薪资待遇="日入上千"))
    header, row = rows_of(refused_file(batch, lang="zh-hans"))
    assert header[:2] == ("编号", "单位名称")
    assert header[-4:] == ("工作表", "行", "需更正的栏目", "原因")
    assert row[-3:-1] == ("3", "薪资待遇")
    assert "元/月" in row[-1] and "pay" not in row[-1]


def test_it_speaks_english_too(look: Callable[..., Batch]) -> None:
    batch = look(vacancy(薪资待遇="日入上千"))
    header, row = rows_of(refused_file(batch, lang="en"))
    assert header[-1] == "Reason" and row[-1].startswith("The pay could not be read")


def test_nothing_in_it_runs(look: Callable[..., Batch]) -> None:
    batch = look(vacancy(岗位名称="@SUM(1+1)"), vacancy(编号="T-2", 单位名称="=cmd|' /C calc'!A0"))
    for row in sheet_of(refused_file(batch)).iter_rows():
        assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
    assert rows_of(refused_file(batch))[1][3] == "@SUM(1+1)"


def test_corrected_it_can_be_imported_as_it_is(look: Callable[..., Batch], chen: Any, at: datetime) -> None:
    batch = look(vacancy(), vacancy(编号="T-2", 岗位名称="店长", 薪资待遇="日入上千"))
    commit(batch, by=chen, at=at)
    book = openpyxl.load_workbook(io.BytesIO(refused_file(batch)))
    sheet = book.active
    assert sheet is not None
    sheet["F2"] = "6000-7000元/月"
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    again = commit(
        preview(file, name="b.xlsx", kind="vacancies", source="街道", by=chen, at=at), by=chen, at=at
    )
    assert (again.admitted, again.refused) == (1, 0)
    assert Vacancy.objects.get(external_id="T-2").pay_min_fen == 600_000


def test_taking_it_is_written_down(look: Callable[..., Batch], chen: Any, at: datetime) -> None:
    told_refused_file(look(vacancy(薪资待遇="x")), by=chen, at=at)
    assert AuditEntry.objects.filter(action="export").exists()


def test_a_doubtful_row_becomes_a_record_of_its_own(
    look: Callable[..., Batch], chen: Any, at: datetime
) -> None:
    batch = commit(look(vacancy(), vacancy(编号="T-9")), by=chen, at=at)
    resolve_as_new(batch.rows.waiting().get(), by=chen, at=at)
    batch.refresh_from_db()
    assert set(Vacancy.objects.values_list("external_id", flat=True)) == {"T-1", "T-9"}
    assert (batch.admitted, batch.quarantined, batch.total) == (2, 0, 2)


def test_a_doubtful_row_becomes_new_words_for_the_one_it_resembles(
    look: Callable[..., Batch], chen: Any, at: datetime
) -> None:
    batch = commit(look(vacancy(), vacancy(编号="T-9", 薪资待遇="8000-9000元/月")), by=chen, at=at)
    resolve_as_same(batch.rows.waiting().get(), by=chen, at=at)
    assert Vacancy.objects.get().pay_min_fen == 800_000
    # From now on both keys mean this vacancy.
    later = commit(look(vacancy(编号="T-9", 薪资待遇="9000-9500元/月")), by=chen, at=at)
    assert (later.updated, Vacancy.objects.get().pay_min_fen) == (1, 900_000)


def test_a_decision_before_the_commit_only_changes_sides(
    look: Callable[..., Batch], chen: Any, at: datetime
) -> None:
    batch = look(vacancy(), vacancy(编号="T-9"))
    resolve_as_new(batch.rows.waiting().get(), by=chen, at=at)
    assert not Vacancy.objects.exists()
    batch.refresh_from_db()
    commit(batch, by=chen, at=at)
    assert Vacancy.objects.count() == 2


def test_two_rows_without_key_stay_two_after_a_decision(chen: Any, at: datetime) -> None:
    titles = ["岗位名称", "单位名称", "薪资", "区"]
    rows = [["店员", "甲店（示例）", "5000-6000", "长宁区"], ["店员", "甲店（示例）", "7000-8000", "长宁区"]]

    def take(*order: Any) -> Batch:
        file = workbook(*order, titles=titles)
        return commit(
            preview(file, name="a.xlsx", kind="vacancies", source="集市", by=chen, at=at), by=chen, at=at
        )

    batch = take(*rows)
    resolve_as_new(batch.rows.waiting().get(), by=chen, at=at)
    assert Vacancy.objects.count() == 2
    again = take(*reversed(rows))
    assert (again.skipped, again.quarantined, again.updated) == (2, 0, 0)


def test_a_decision_is_made_once(look: Callable[..., Batch], chen: Any, at: datetime) -> None:
    row = look(vacancy(), vacancy(编号="T-9")).rows.waiting().get()
    resolve_as_new(row, by=chen, at=at)
    with pytest.raises(Refused):
        resolve_as_same(row, by=chen, at=at)


def test_a_discarded_batch_forgets_its_rows(look: Callable[..., Batch], chen: Any, at: datetime) -> None:
    batch = look(vacancy())
    batch.discard(by=chen, at=at)
    assert batch.rows.count() == 0
    with pytest.raises(Refused):
        commit(batch, by=chen, at=at)


@pytest.mark.parametrize("kind", ["vacancies", "seekers", "organisations"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_template_can_be_imported_as_it_is(kind: str, lang: str, chen: Any, at: datetime) -> None:
    file = io.BytesIO(template(kind, lang=lang))
    batch = preview(file, name="模板.xlsx", kind=kind, source="街道", by=chen, at=at)
    assert (batch.admitted, batch.refused, batch.report["unused_columns"]) == (1, 0, [])
    assert len(batch.report["skipped_sheets"]) == 1


def test_people_are_masked_where_rows_are_shown(chen: Any, at: datetime) -> None:
    file = workbook(seeker(最高学历="英语熟练"), titles=SEEKER_TITLES)
    batch = preview(file, name="a.xlsx", kind="seekers", source="街道", by=chen, at=at)
    shown = masked_cells(batch.rows.get())
    assert shown["最高学历"] == "英语熟练"
    assert (
        "12000000001" not in str(shown)
        and "李秀芳" not in str(shown)
        and shown["居住地址"] != "天山四村居民区"
    )


def test_old_rows_forget_what_they_said(look: Callable[..., Batch], at: datetime) -> None:
    batch = look(vacancy(薪资待遇="日入上千"))
    assert BatchRow.objects.forget_words(made_before=at) == 0
    assert BatchRow.objects.forget_words(made_before=at + timedelta(days=1)) == 1
    row = batch.rows.get()
    assert (row.as_written, row.reason) == ({}, "pay_unreadable")
