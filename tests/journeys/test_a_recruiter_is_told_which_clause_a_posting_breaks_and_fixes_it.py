"""胡经理 writes what the law forbids, reads the clause, takes the better words, and the vacancy goes out."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_otp.oath import hotp
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from yuanmeng.people import totp
from yuanmeng.vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SENTENCE = "限女性，35岁以下，沪籍优先，押金200"


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.now()


def test_it(
    desktop: Page, hu: Any, cafe: Any, reviewer: Any, browser_page: Callable[..., Page], complaints: list[str]
) -> None:
    until = (timezone.localdate() + timedelta(days=30)).isoformat()
    enter(desktop, hu)
    desktop.get_by_role("link", name="发布岗位").first.click()
    desktop.get_by_label("岗位名称").fill("咖啡师")
    desktop.get_by_label("工作内容").fill("制作咖啡饮品，接待顾客，保持吧台整洁。")
    desktop.get_by_label("招聘条件").fill(SENTENCE)

    # It reads along: three blocks and one warning, each with its clause, before anything is sent.
    gate = desktop.locator("#gate")
    expect(gate.locator("[data-rule=gender]")).to_contain_text("妇女权益保障法")
    expect(gate.locator("[data-rule=hukou]")).to_contain_text("就业促进法》第三十一条")
    expect(gate.locator("[data-rule=fee_or_deposit]")).to_contain_text("劳动合同法")
    expect(gate.locator(".finding--warn[data-rule=age]")).to_be_visible()
    expect(gate.locator("[data-rule=openings_missing]")).to_be_visible()
    assert Vacancy.objects.count() == 0

    # Handing it in anyway is refused, and nothing is lost.
    desktop.get_by_role("button", name="提交审核").click()
    expect(desktop.get_by_text("这条岗位还不能发布")).to_be_visible()
    expect(desktop.get_by_label("招聘条件")).to_have_value(SENTENCE)
    forget_the_refusal(complaints)

    # One tap for each: the words in the field change in place.
    gate.locator("[data-rule=gender]").get_by_role("button", name="采用这个说法").click()
    expect(desktop.get_by_label("招聘条件")).to_have_value("性别不限，35岁以下，沪籍优先，押金200")
    expect(gate.locator("[data-rule=gender]")).to_have_count(0)
    gate.get_by_role("button", name="全部采用建议").click()
    expect(desktop.get_by_label("招聘条件")).to_have_value(
        "性别不限，年龄不限，户籍不限，不收取押金及任何费用"
    )

    desktop.get_by_label("招聘人数").fill("2")
    desktop.get_by_label("最低薪酬").fill("6500")
    desktop.get_by_label("最高薪酬").fill("8500")
    desktop.get_by_label("招聘截止日期").fill(until)
    expect(gate.get_by_text("没有需要修改的地方")).to_be_visible()
    assert overflowing(desktop) == []
    desktop.get_by_role("button", name="提交审核").click()
    expect(desktop.get_by_text("已提交审核")).to_be_visible()

    # A second person lets it out.
    office = browser_page(1440, 900)
    enter(office, reviewer)
    office.get_by_role("link", name="岗位审核").first.click()
    office.get_by_role("link", name="咖啡师").click()
    expect(office.get_by_text("未发现问题")).to_be_visible()
    office.get_by_role("button", name="发布", exact=True).click()
    expect(office.get_by_text("五分钟内在各端显示")).to_be_visible()

    vacancy = Vacancy.objects.get()
    assert (vacancy.state, vacancy.place.precision) == ("published", "street")
    phone = browser_page(390, 844)
    phone.goto(f"/vacancies/{vacancy.uid}/")
    expect(phone.get_by_role("heading", name="咖啡师", level=1)).to_be_visible()


def test_without_script_the_buttons_do_the_same(
    hu: Any, cafe: Any, browser_page: Callable[..., Page], complaints: list[str]
) -> None:
    page = browser_page(390, 844, java_script_enabled=False)
    enter(page, hu)
    page.goto("/employer/vacancies/new")
    page.get_by_label("岗位名称").fill("咖啡师")
    page.get_by_label("招聘条件").fill(SENTENCE)
    page.get_by_role("button", name="提交审核").click()
    page.locator("[data-rule=gender]").get_by_role("button", name="采用这个说法").click()
    expect(page.get_by_label("招聘条件")).to_have_value("性别不限，35岁以下，沪籍优先，押金200")
    page.get_by_role("button", name="全部采用建议").click()
    expect(page.get_by_label("招聘条件")).to_have_value("性别不限，年龄不限，户籍不限，不收取押金及任何费用")
    page.get_by_role("button", name="存草稿").click()
    expect(page.get_by_text("已存为草稿")).to_be_visible()
    assert Vacancy.objects.get().state == "draft"
    forget_the_refusal(complaints)


def forget_the_refusal(complaints: list[str]) -> None:
    """A form that comes back is a 422, and the browser notes it; anything else stays a complaint."""
    complaints[:] = [said for said in complaints if "422" not in said]


def enter(page: Page, user: Any) -> None:
    """Log in as one of the cast, with the digits of a second factor."""
    user.totp_secret, user.totp_last_step = totp.new_secret(), 0
    user.save()
    page.goto("/login/")
    page.get_by_label("用户名").fill(user.username)
    page.get_by_label("密码").fill(factories.PASSWORD)
    step = int(timezone.now().timestamp()) // totp.STEP_S
    page.get_by_label("动态码").fill(f"{hotp(base64.b32decode(user.totp_secret), step):06d}")
    page.get_by_role("main").get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "/login" not in url)
