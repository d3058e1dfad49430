"""An agency proposes a mandate, a reviewer confirms it, the posting names both; no other posting is seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from tests.journeys.test_a_recruiter_is_told_which_clause_a_posting_breaks_and_fixes_it import enter
from yuanmeng.applications.models import Application
from yuanmeng.vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at() -> datetime:
    """The server runs by the wall clock, so the town does too."""
    return timezone.now()


def test_it(
    desktop: Page, cafe: Any, barista: Any, reviewer: Any, li: Any, zhou: Any,
    browser_page: Callable[..., Page], at: datetime,
) -> None:  # fmt: skip
    agency = factories.agency("上海牵线人力资源有限公司（示例）", at=at)
    apply(zhou, barista, at)

    # Proposed by the agency: nothing can be posted yet.
    enter(desktop, factories.member("gu", "顾专员", agency, role="partner", at=at))
    desktop.get_by_role("link", name="委托单位", exact=True).click()
    desktop.get_by_label("委托单位名称").fill(cafe.name)
    desktop.get_by_label("委托依据").fill("委托合同 2026-18")
    desktop.get_by_role("button", name="提交确认").click()
    expect(desktop.get_by_text("待确认").first).to_be_visible()
    assert overflowing(desktop) == []
    expect(desktop.get_by_role("main").get_by_role("link", name="发布岗位")).to_have_count(0)

    # Confirmed by a second hand.
    office = browser_page(1440, 900)
    enter(office, reviewer)
    office.goto("/office/verification/?tab=mandates")
    expect(office.get_by_text("委托合同 2026-18").first).to_be_visible()
    office.get_by_role("button", name="确认委托").click()
    expect(office.get_by_text("已确认，机构可在有效期内为该单位代招")).to_be_visible()
    assert overflowing(office) == []

    # Posted for the client, through the gate.
    desktop.reload()
    desktop.get_by_role("main").get_by_role("link", name="发布岗位").click()
    expect(desktop.get_by_text(f"{agency.name}受{cafe.name}委托发布")).to_be_visible()
    desktop.get_by_label("岗位名称").fill("门店店员")
    desktop.get_by_label("工作内容").fill("接待顾客，整理货架。")
    desktop.get_by_label("招聘条件").fill("有服务意识，可接受轮班。")
    desktop.get_by_label("招聘人数").fill("2")
    desktop.get_by_label("最低薪酬").fill("5000")
    desktop.get_by_label("最高薪酬").fill("6500")
    expect(desktop.locator("#gate").get_by_text("没有需要修改的地方")).to_be_visible()
    assert overflowing(desktop) == []
    desktop.get_by_role("button", name="提交审核").click()
    expect(desktop.get_by_text("已提交审核")).to_be_visible()
    posted = Vacancy.objects.get(title="门店店员")
    posted.publish(by=reviewer, at=timezone.now())

    # Citizens read who posts for whom.
    phone = browser_page(390, 844)
    phone.goto(f"/vacancies/{posted.uid}/")
    expect(phone.get_by_text(f"{agency.name}（受{cafe.name}委托）")).to_be_visible()
    assert overflowing(phone) == []

    # Its own applicant, masked; the client's other one does not exist here.
    apply(li, posted, timezone.now())
    desktop.get_by_role("link", name="应聘者", exact=True).click()
    expect(desktop.get_by_text("门店店员").first).to_be_visible()
    expect(desktop.get_by_text("咖啡师")).to_have_count(0)
    expect(desktop.get_by_text(li.person.name)).to_have_count(0)
    expect(desktop.get_by_text(zhou.person.name)).to_have_count(0)


def apply(seeker: Any, vacancy: Any, at: datetime) -> Application:
    return Application.submit(
        seeker=seeker, vacancy=vacancy, via="phone_web", at=at - timedelta(seconds=1),
        by=factories.user(seeker.uid[:12], "x", at=at), consent_text="同意", consent_version="1",
    )  # fmt: skip
