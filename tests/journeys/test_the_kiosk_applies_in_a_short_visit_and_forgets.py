"""李阿姨 stands at the kiosk in large print: she applies, walks away, and the next person sees no trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.street import open_vacancies
from yuanmeng.applications.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, NAME = "12000000077", "李秀芳"
LEFT_BEHIND = """async () => JSON.stringify([
  document.documentElement.outerHTML, {...localStorage}, {...sessionStorage}, document.cookie,
  (await indexedDB.databases()).map(d => d.name), await caches.keys(),
])"""


def test_the_kiosk_applies_in_a_short_visit_and_forgets(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    kiosk = browser_page(1920, 1080)
    kiosk.goto("/kiosk/?elder=1")
    expect(kiosk.locator("html")).to_have_class("elder")
    assert smallest_target(kiosk) >= 60
    kiosk.goto("/kiosk/vacancies/?view=wishes")
    kiosk.get_by_role("link", name="不用学历").click()
    kiosk.get_by_role("link", name="查看").click()
    expect(kiosk.locator(".kiosk-list")).not_to_contain_text("数据分析专员")
    kiosk.get_by_role("link", name="厨房帮工").click()
    kiosk.get_by_test_id("kiosk-apply").click()
    enter(kiosk)
    kiosk.get_by_label("姓名").fill(NAME)
    kiosk.get_by_label("出生年份").fill("1974")
    kiosk.get_by_label("学历").select_option("4")
    kiosk.get_by_text("我已阅读并同意").click()
    kiosk.get_by_test_id("kiosk-send").click()
    expect(kiosk.get_by_test_id("kiosk-number")).to_be_visible()
    expect(kiosk.get_by_test_id("kiosk-number")).to_have_text(Application.objects.get().number)

    kiosk.get_by_test_id("kiosk-end").click()
    expect(kiosk.get_by_test_id("kiosk-start")).to_be_visible()
    nothing_of_her(kiosk)
    for _step in range(4):
        kiosk.go_back()
        nothing_of_her(kiosk)


@pytest.mark.once
def test_who_walks_away_is_warned_and_then_forgotten(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    kiosk = browser_page(1920, 1080)
    kiosk.goto("/kiosk/?idle=2")
    kiosk.get_by_test_id("kiosk-start").click()
    enter(kiosk)
    expect(kiosk.get_by_test_id("kiosk-countdown")).to_be_visible()
    kiosk.get_by_test_id("kiosk-continue").click()
    expect(kiosk.get_by_test_id("kiosk-countdown")).to_have_count(0)
    expect(kiosk.get_by_test_id("kiosk-countdown")).to_be_visible()
    kiosk.wait_for_url("**/kiosk/", timeout=11_500)
    nothing_of_her(kiosk)
    kiosk.goto("/kiosk/mine/")
    expect(kiosk.get_by_test_id("kiosk-phone")).to_be_visible()


def test_the_end_in_one_window_ends_the_other(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    kiosk = browser_page(1920, 1080)
    kiosk.goto("/kiosk/phone/")
    enter(kiosk)
    second = kiosk.context.new_page()
    second.goto("/kiosk/mine/")
    expect(second.get_by_role("heading", level=1)).to_contain_text("您好")
    kiosk.get_by_test_id("kiosk-end").click()
    second.wait_for_url("**/kiosk/")
    for page in (kiosk, second):
        expect(page.get_by_test_id("kiosk-start")).to_be_visible()


def enter(page: Page) -> None:
    """Say the phone with the machine's own keys, and the code as the demonstration shows it."""
    for digit in PHONE:
        page.get_by_role("group").get_by_role("button", name=digit, exact=True).click()
    page.keyboard.press("Tab")
    page.get_by_test_id("kiosk-phone").press("Enter")
    page.get_by_test_id("kiosk-code").fill(page.get_by_test_id("shown-code").inner_text().strip())
    page.get_by_test_id("kiosk-code").press("Enter")
    expect(page.get_by_test_id("kiosk-code")).to_have_count(0)


def nothing_of_her(page: Page) -> None:
    page.wait_for_load_state()
    left = page.evaluate(LEFT_BEHIND)
    assert PHONE not in left
    assert NAME not in left


def smallest_target(page: Page) -> float:
    """The smaller side of the smallest thing to touch, in CSS pixels."""
    return page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('a.button, button, a.chip, a.kiosk-door')]
          .filter(e => e.checkVisibility())
          .map(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height)))"""
    )
