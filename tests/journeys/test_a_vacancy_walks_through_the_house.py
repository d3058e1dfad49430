"""GW2021-0902-017 walks from a spreadsheet to the big screen, to a phone, to a desk, into the figures.

docs/tour.md tells this walk; here it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.test_a_recruiter_is_told_which_clause_a_posting_breaks_and_fixes_it import enter
from tests.nouns import intake_files
from yuanmeng.applications.models import Application
from yuanmeng.counsel.models import FollowUp, ServiceRecord
from yuanmeng.recommend import door
from yuanmeng.recommend.models import Suggestion
from yuanmeng.vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.now()


@pytest.fixture(autouse=True)
def _demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO_MODE, settings.OUTBOX = True, tmp_path / "outbox.jsonl"
    settings.DATA_DIR = tmp_path


@pytest.fixture
def spreadsheet(tmp_path: Path, cafe: Any) -> Path:
    row = intake_files.vacancy(
        编号="GW2021-0902-017", 岗位名称="咖啡师", 招聘人数="2人", 薪资待遇="6500–8500元/月",
        工作地点="长宁区娄山关路500号", 发布日期=timezone.localdate().isoformat(),
        有效期至=(timezone.localdate() + timedelta(days=30)).isoformat(),
    )  # fmt: skip
    row[intake_files.TITLES.index("*单位名称")] = cafe.name
    path = tmp_path / "岗位.xlsx"
    path.write_bytes(intake_files.workbook(row, above=1).read())
    return path


def test_it(
    browser_page: Callable[..., Page], phone: Page, work: Callable[[], None], town: Any, spreadsheet: Path,
    subdistrict: Any, at: datetime,
) -> None:  # fmt: skip
    Vacancy.objects.all().delete()
    town.zhou.change(by=town.chen, at=at, wanted_text="咖啡师 咖啡店店员", wanted_occupation_codes=["4-03"])
    door.train(at=at)
    officer = factories.member("qian", "钱专员", subdistrict, role="staff", duty="data_officer", at=at)

    comes_in(browser_page(), officer, spreadsheet)
    vacancy = Vacancy.objects.get()
    assert (vacancy.external_id, vacancy.openings, vacancy.pay_min_fen) == ("GW2021-0902-017", 2, 650_000)
    assert vacancy.place.point is not None
    goes_out(browser_page(), town.reviewer)

    work()
    assert Suggestion.objects.filter(vacancy=vacancy, seeker=town.zhou).exists()

    code_leads_to = shows_on_the_wall(browser_page(1920, 1080))
    assert code_leads_to == f"/vacancies/{vacancy.uid}/qr.svg"
    number = is_applied_for(phone, f"/vacancies/{vacancy.uid}/?via=wall_qr")

    work()
    application = Application.objects.get(number=number)
    assert (application.via, application.consent.receiver) == ("wall_qr", town.cafe.name)
    assert FollowUp.objects.open().get(application=application).kind == "new_application"
    assert ServiceRecord.objects.filter(person=application.seeker.person).exists()
    is_on_the_counsellors_desk(browser_page(), town.chen)
    is_counted(browser_page(), town.wang)


def comes_in(page: Page, officer: Any, file: Path) -> None:
    enter(page, officer)
    page.goto("/office/imports/")
    page.get_by_label("文件").set_input_files(file)
    page.get_by_label("来源", exact=False).first.fill("天山路街道")
    page.get_by_role("button", name="读取文件").click()
    page.get_by_role("button", name="导入").click()
    expect(page.get_by_text("已导入 1 行")).to_be_visible()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status").or_(page.get_by_role("alert")).first).to_be_visible()


def goes_out(page: Page, reviewer: Any) -> None:
    enter(page, reviewer)
    page.goto("/office/reviews/")
    page.get_by_role("link", name="咖啡师").click()
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_text("已发布").first).to_be_visible()


def shows_on_the_wall(page: Page) -> str:
    """Return where the code on the wall leads to."""
    page.goto("/wall/")
    expect(page.locator("[data-part=hero]")).to_have_text("2")
    page.locator("[data-part=list] >> text=咖啡师").first.click()
    picture = page.locator("[data-part=sheet-qr]")
    expect(picture).to_be_visible()
    return (picture.get_attribute("src") or "").partition("?")[0]


def is_applied_for(phone: Page, address: str) -> str:
    """Return the number of the application."""
    phone.goto(address)
    phone.get_by_role("link", name="立即投递").click()
    phone.get_by_label("姓名").first.fill("何晓")
    phone.get_by_label("出生年份").first.fill("1998")
    phone.get_by_label("学历").select_option("6")
    phone.get_by_label("手机号").first.fill("12055550009")
    phone.get_by_role("button", name="获取验证码").click()
    phone.get_by_label("验证码", exact=False).first.fill(phone.get_by_test_id("shown-code").inner_text())
    phone.get_by_label("我已阅读并同意").check()
    phone.get_by_test_id("apply").click()
    return phone.get_by_test_id("number").inner_text()


def is_on_the_counsellors_desk(page: Page, counsellor: Any) -> None:
    enter(page, counsellor)
    page.goto("/desk/")
    expect(page.get_by_test_id("todo").filter(has_text="咖啡师").first).to_be_visible()


def is_counted(page: Page, manager: Any) -> None:
    enter(page, manager)
    page.goto("/office/figures/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    figures = page.request.get("/api/v1/figures").json()
    assert (figures["open_vacancies"], figures["openings"], figures["new_today"]) == (1, 2, 1)
