"""A list as people keep it: good rows go in, bad ones come back with line, column and reason, then go in."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from tests.journeys.test_a_recruiter_is_told_which_clause_a_posting_breaks_and_fixes_it import enter
from tests.nouns import intake_files
from yuanmeng.intake.models import Batch
from yuanmeng.vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.now()


@pytest.fixture
def officer(subdistrict: Any, at: datetime) -> Any:
    """Somebody whose duty the imports are."""
    return factories.member("qian", "钱专员", subdistrict, role="staff", duty="data_officer", at=at)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twelve rows: nine good, one unreadable pay, one impossible date, one without a title."""
    until = (timezone.localdate() + timedelta(days=40)).isoformat()
    good = [
        intake_files.vacancy(
            编号=f"T-{n}", 岗位名称=f"店员{n}", 有效期至=until, 岗位描述=f"第{n}家门店接待顾客。"
        )
        for n in range(1, 10)
    ]
    bad = [
        intake_files.vacancy(编号="T-10", 岗位名称="收银员", 薪资待遇="按能力给"),
        intake_files.vacancy(编号="T-11", 岗位名称="保洁员", 有效期至="2026-13-40"),
        intake_files.vacancy(编号="T-12", 岗位名称=""),
    ]
    path = tmp_path / "九月岗位.xlsx"
    path.write_bytes(intake_files.workbook(*good, *bad, above=2).read())
    return path


def test_it(desktop: Page, officer: Any, file: Path, tmp_path: Path) -> None:
    enter(desktop, officer)
    upload(desktop, file)
    expect(desktop.get_by_role("heading", name="九月岗位.xlsx")).to_be_visible()
    assert Vacancy.objects.count() == 0

    # Each bad row is named by line, column and reason before anything goes in.
    desktop.get_by_role("link", name="3 退回").click()
    rows = desktop.locator("tr[data-line]")
    expect(rows).to_have_count(3)
    expect(desktop.locator("tr[data-line='13']")).to_contain_text("薪资待遇：薪资无法识别")
    expect(desktop.locator("tr[data-line='14']")).to_contain_text("有效期至")
    expect(desktop.locator("tr[data-line='15']")).to_contain_text("岗位名称")
    assert overflowing(desktop) == []

    desktop.get_by_role("button", name="导入").click()
    expect(desktop.get_by_text("已导入 9 行")).to_be_visible()
    assert Vacancy.objects.count() == 9

    # They come back as a workbook with the reason beside each; corrected, it goes in as it is.
    with desktop.expect_download() as waiting:
        desktop.get_by_role("link", name="下载需要修改的行").click()
    back = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(back)
    correct(back)
    upload(desktop, back)
    desktop.get_by_role("button", name="导入").click()
    expect(desktop.get_by_text("已导入 3 行")).to_be_visible()
    assert Vacancy.objects.count() == 12

    # The second file again brings nothing new.
    upload(desktop, back)
    expect(desktop.get_by_role("link", name="0 新增")).to_be_visible()


def test_a_batch_is_taken_back_after_asking(phone: Page, officer: Any, file: Path) -> None:
    enter(phone, officer)
    upload(phone, file)
    phone.get_by_role("button", name="导入").click()
    expect(phone.get_by_text("已导入 9 行")).to_be_visible()
    phone.get_by_role("button", name="撤回这一批").click()
    phone.get_by_role("button", name="撤回", exact=True).click()
    expect(phone.get_by_text("已撤回 9 行")).to_be_visible()
    assert Vacancy.objects.count() == 0
    assert Batch.objects.get().state == "rolled_back"
    assert overflowing(phone) == []


def test_a_file_that_is_none_is_refused_with_a_sentence(
    desktop: Page, officer: Any, tmp_path: Path, complaints: list[str]
) -> None:
    wrong = tmp_path / "岗位.xlsx"
    wrong.write_bytes(b"<html>not a workbook</html>")
    enter(desktop, officer)
    upload(desktop, wrong)
    expect(desktop.get_by_role("alert")).to_be_visible()
    expect(desktop.locator(".field__error")).to_contain_text("请")
    assert Batch.objects.count() == 0
    complaints[:] = [said for said in complaints if "422" not in said]


def upload(page: Page, file: Path) -> None:
    page.goto("/office/imports/")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_label("来源", exact=False).first.fill("街道汇总")
    page.get_by_role("button", name="读取文件").click()


def correct(path: Path) -> None:
    """What a clerk does: read the reason, type the right thing into the marked column."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    titles = [cell.value for cell in sheet[1]]
    right = {
        "薪资待遇": "5000-6000元/月",
        "有效期至": (timezone.localdate() + timedelta(days=40)).isoformat(),
        "岗位名称": "理货员",
    }
    reasons = [titles.index(title) for title in titles if title and "原因" in title]
    assert reasons, titles
    for row in sheet.iter_rows(min_row=2):
        assert row[reasons[0]].value, "each row says why"
        for cell in row:
            name = str(titles[cell.column - 1]).lstrip("*")
            if (
                name in right
                and (name != "薪资待遇" or cell.value == "按能力给")
                and (name != "岗位名称" or not cell.value)
            ):
                cell.value = right[name]
    book.save(path)
