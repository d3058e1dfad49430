"""小苏 copies a month, a conflict is refused, 王科 reviews and publishes, and 路人 sees it on the phone."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from tests.journeys.sweep_town import session_of
from yuanmeng.core.models import EventRow
from yuanmeng.programme import days
from yuanmeng.programme.models import LineUp, Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def month(hall: Any, editor: Any) -> Any:
    """The night market, the salon and a lecture as series; next month is empty."""
    at = timezone.now()
    half = hall.site.rooms.get(name="活动室A")
    evening = {"begins": time(19), "ends": time(21), "weekdays": "1234567"}
    factories.event("求职夜市", room=hall, at=at, kind="night_market", **evening)
    factories.event("人才沙龙", room=half, at=at, weekdays="67")
    factories.event("政策讲座", room=half, at=at, kind="lecture")
    return days.next_month(days.month_of(timezone.localdate(at)))


def signed_in(page: Page, user: Any, house: str) -> Page:
    name = house_settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": session_of(user), "url": house}])
    return page


def test_the_month_from_the_first_click_to_the_phone(
    month: Any, editor: Any, wang: Any, browser_page: Any, house: str, complaints: list[str]
) -> None:
    where = f"/office/programme/?month={month:%Y-%m}"
    su = signed_in(browser_page(1440, 900), editor, house)
    su.goto(where)
    expect(su.get_by_test_id("state")).to_have_text("未开始")
    su.get_by_role("link", name="按每周规则复制").first.click()
    nights = len(days.days_of(month))
    expect(su.get_by_test_id("made")).to_contain_text(str(nights))
    su.get_by_role("button", name="添加到草稿").click()
    expect(su.get_by_test_id("month").locator(".slot--night_market")).to_have_count(nights)

    # A lecture in half of the hall while the market fills the whole: refused, with both names.
    su.get_by_role("link", name="添加场次").first.click()
    su.get_by_label("活动系列").select_option(label="政策讲座")
    su.get_by_label("日期").fill(f"{month + timedelta(days=9)}")
    su.get_by_label("开始时间").fill("20:00")
    su.get_by_label("结束时间").fill("21:30")
    su.get_by_role("button", name="添加", exact=True).click()
    expect(su.locator(".field__error")).to_contain_text("“政策讲座”")
    expect(su.locator(".field__error")).to_contain_text("“求职夜市”")
    assert [said for said in complaints if "422" not in said] == []
    complaints.clear()  # the refusal itself, as Chromium writes it down
    su.get_by_label("开始时间").fill("10:00")
    su.get_by_label("结束时间").fill("11:00")
    su.get_by_role("button", name="添加", exact=True).click()
    expect(su.get_by_test_id("month").locator(".slot--lecture")).to_have_count(1)
    su.get_by_role("button", name="提交审核").click()
    expect(su.get_by_test_id("state")).to_have_text("待审核")

    # A stranger sees nothing of it yet.
    passer_by = browser_page(390, 844, has_touch=True, is_mobile=True)
    passer_by.goto(f"/programme/?month={month:%Y-%m}")
    expect(passer_by.get_by_text("本月没有更多活动")).to_be_visible()

    chief = signed_in(browser_page(390, 844), wang, house)
    chief.goto("/office/")
    chief.get_by_role("link", name="待审核的排片").click()
    expect(chief.get_by_test_id("list").locator(".slot--lecture")).to_be_visible()
    assert overflowing(chief) == []
    chief.get_by_role("button", name="审核通过").click()
    chief.get_by_role("button", name="发布").click()
    chief.get_by_role("dialog").get_by_role("button", name="发布").click()
    expect(chief.get_by_test_id("state")).to_have_text("已发布")
    assert EventRow.objects.filter(kind="programme.published").count() == 1

    passer_by.reload()
    expect(passer_by.get_by_test_id("days").get_by_text("政策讲座")).to_be_visible()
    passer_by.get_by_role("link", name="讲座", exact=True).click()
    passer_by.get_by_role("link", name="政策讲座").click()
    expect(passer_by.get_by_role("heading", name="政策讲座")).to_be_visible()
    with passer_by.expect_download() as taken:
        passer_by.get_by_role("link", name="加入日历").click()
    assert taken.value.suggested_filename.endswith(".ics")
    assert overflowing(passer_by) == []


def test_a_cancelled_evening_says_so_at_once(
    month: Any, editor: Any, wang: Any, browser_page: Any, house: str
) -> None:
    at = timezone.now()
    market = Session._meta.get_field("event").related_model.objects.get(title="求职夜市")
    row = factories.session(market, month + timedelta(days=4), at=at, by=editor)
    factories.published(LineUp.objects.get(), by=editor, reviewer=wang, at=at)
    su = signed_in(browser_page(1440, 900), editor, house)
    su.goto(f"/office/programme/sessions/{row.uid}/")
    su.get_by_label("取消原因").fill("场地维修")
    su.get_by_role("button", name="取消本场").click()
    su.get_by_role("dialog").get_by_role("button", name="取消本场").click()
    expect(su.get_by_test_id("state")).to_have_text("发布后有改动")
    passer_by = browser_page(390, 844)
    passer_by.goto(row.path)
    expect(passer_by.get_by_role("status")).to_contain_text("场地维修")
