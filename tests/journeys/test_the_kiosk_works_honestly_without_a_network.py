"""The cable is pulled at the kiosk: one can still look, nothing pretends to be sent, and it comes back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Complaints, overflowing
from tests.journeys.kiosk import UPRIGHT, enter, key, left_behind, nothing_left, stand_at, type_word
from tests.journeys.street import open_vacancies
from yuanmeng.vacancies.models import Vacancy

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
STAMP = re.compile(r"网络中断 · 显示 \d\d-\d\d \d\d:\d\d 的岗位")


@pytest.fixture
def kiosk(browser_page: Callable[..., Page], complaints: Complaints) -> Page:
    """A kiosk whose worker is in charge; what the cut cable makes the console say is no complaint."""
    open_vacancies(timezone.localtime())
    page = stand_at(browser_page(*UPRIGHT, has_touch=True))
    for _try in range(60):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            break
        page.wait_for_timeout(500)
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    return page


def cut(page: Page) -> None:
    page.context.set_offline(True)


def mend(page: Page, complaints: Complaints) -> None:
    page.context.set_offline(False)
    complaints.forgive("ERR_INTERNET_DISCONNECTED", "Failed to fetch")


def test_one_can_look_and_search_and_the_code_leads_to_ones_own_phone(
    kiosk: Page, complaints: Complaints
) -> None:
    cut(kiosk)
    kiosk.locator(".kiosk-door--main").tap()
    expect(kiosk.get_by_test_id("kiosk-offline")).to_contain_text(STAMP)
    expect(kiosk.locator("[data-vacancy]:visible")).to_have_count(6)
    kiosk.get_by_role("button", name="不用学历").tap()
    expect(kiosk.locator("[data-vacancy]:visible")).to_have_count(3)
    kiosk.locator("[name=q]").tap()
    type_word(kiosk, "chufang", "厨房")
    key(kiosk, "完成").tap()
    expect(kiosk.locator("[data-vacancy]:visible")).to_have_count(1)
    assert overflowing(kiosk) == []
    kiosk.reload()
    kiosk.get_by_role("button", name="地图").tap()
    expect(kiosk.locator("ym-map")).to_be_visible()
    expect(kiosk.locator(".maplibregl-canvas")).to_be_visible(timeout=60_000)
    kiosk.get_by_role("button", name="列表").tap()
    kiosk.get_by_role("link", name="厨房帮工").tap()
    shown = kiosk.locator("[data-part=one]:visible")
    expect(shown).to_contain_text("在手机上继续")
    expect(shown.locator("img.qr")).to_be_visible()
    assert shown.locator("img.qr").evaluate("one => one.naturalWidth") > 0

    mend(kiosk, complaints)
    uid = Vacancy.objects.get(title="厨房帮工").uid
    kiosk.wait_for_url(f"**/kiosk/vacancies/{uid}/", timeout=20_000)
    expect(kiosk.get_by_test_id("kiosk-apply")).to_be_visible()


def test_it_speaks_the_language_that_was_chosen(kiosk: Page, complaints: Complaints) -> None:
    kiosk.goto("/kiosk/?lang=en")
    expect(kiosk.locator("html")).to_have_attribute("lang", "en")
    cut(kiosk)
    kiosk.locator(".kiosk-door--main").tap()
    expect(kiosk.get_by_test_id("kiosk-offline")).to_contain_text("The network is down")
    expect(kiosk.locator("[data-vacancy]:visible")).to_have_count(6)
    mend(kiosk, complaints)
    kiosk.wait_for_url("**/kiosk/vacancies/**")
    expect(kiosk.locator("[data-testid=kiosk-offline]")).to_have_count(0)


def test_an_application_that_cannot_be_sent_says_so(kiosk: Page, complaints: Complaints) -> None:
    uid = Vacancy.objects.get(title="厨房帮工").uid
    kiosk.goto(f"/kiosk/vacancies/{uid}/application/")
    enter(kiosk)
    kiosk.get_by_label("姓名").evaluate("field => (field.value = '李秀芳')")
    kiosk.get_by_label("出生年份").evaluate("field => (field.value = '1974')")
    kiosk.get_by_label("学历").select_option("4")
    kiosk.get_by_text("我已阅读并同意").tap()
    cut(kiosk)
    kiosk.get_by_test_id("kiosk-send").tap()
    expect(kiosk.get_by_test_id("kiosk-offline")).to_contain_text("本机没有提交任何内容")
    expect(kiosk.locator("[data-part=one]:visible")).to_contain_text("厨房帮工")
    assert "李秀芳" not in str(left_behind(kiosk))

    # She ends her visit while nobody can be told: the debt is paid before the next person sees anything.
    kiosk.get_by_test_id("kiosk-end").tap()
    expect(kiosk.get_by_test_id("kiosk-offline")).to_be_visible()
    mend(kiosk, complaints)
    expect(kiosk.get_by_test_id("kiosk-start")).to_be_visible(timeout=30_000)
    nothing_left(kiosk)
    kiosk.goto("/kiosk/mine/")
    expect(kiosk.get_by_test_id("kiosk-phone")).to_be_visible()
