"""李阿姨, 52, at an upright kiosk with her fingers: large print, 服务员 by pinyin, an application, a receipt,
and nothing of her when she has gone. The officer of the receipt has the call on the desk (journey A2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import overflowing
from tests.journeys.kiosk import (
    NAME,
    UPRIGHT,
    enter,
    key,
    nothing_left,
    smallest_target,
    stand_at,
    type_word,
    write_by_hand,
)  # fmt: skip
from tests.journeys.street import open_vacancies
from yuanmeng.applications.models import Application
from yuanmeng.counsel.models import FollowUp, Shift

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kiosk(browser_page: Callable[..., Page]) -> Page:
    open_vacancies(timezone.localtime())
    firm = factories.employer("上海街坊庚号餐饮有限公司（示例）", at=timezone.localtime())
    factories.vacancy(
        firm, "早班服务员", at=timezone.localtime(), state="published", education=None, tags=["50+友好"],
        place=factories.place("娄山关路502号", 121.4001, 31.2104),
    )  # fmt: skip
    return browser_page(*UPRIGHT, has_touch=True)


@pytest.fixture
def officer(operator: Any) -> Any:
    """陈老师, on duty."""
    at = timezone.localtime()
    chen = factories.member("chen", "陈老师", operator, role="counsellor", at=at)
    Shift.objects.create(user=chen, starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=3))
    return chen


def test_she_applies_gets_a_receipt_and_leaves_nothing(
    kiosk: Page, officer: Any, work: Callable[[], None]
) -> None:
    stand_at(kiosk)
    kiosk.get_by_role("link", name="长辈版 字大").tap()
    expect(kiosk.locator("html")).to_have_class("elder")
    assert smallest_target(kiosk) >= 96
    assert kiosk.locator(".kiosk-door").count() <= 4
    assert text_px(kiosk) >= 1.2 * 24

    # 离家近、不用学历: two touches; nobody's age is asked.
    kiosk.locator(".kiosk-door--main").tap()
    kiosk.get_by_test_id("kiosk-wishes").tap()
    for wish in ("离家近", "不用学历"):
        kiosk.get_by_role("link", name=wish).tap()
        expect(kiosk.get_by_role("link", name=wish)).to_have_attribute("aria-current", "true")
    kiosk.get_by_role("link", name="查看").tap()
    expect(kiosk.locator(".kiosk-list")).not_to_contain_text("数据分析专员")

    # 服务员 with three touches and one more, on our own keys.
    kiosk.get_by_test_id("kiosk-search").tap()
    assert smallest_target(kiosk) >= 60
    type_word(kiosk, "fwy", "服务员")
    expect(kiosk.get_by_test_id("kiosk-search")).to_have_value("服务员")
    key(kiosk, "完成").tap()
    expect(kiosk.locator(".kiosk-list .card")).to_have_count(1)
    expect(kiosk.locator(".kiosk-list")).to_contain_text("50+友好")
    assert overflowing(kiosk) == []
    kiosk.get_by_test_id("kiosk-map").tap()
    expect(kiosk.locator("ym-map")).to_be_visible()
    kiosk.get_by_role("link", name="列表").tap()
    kiosk.get_by_role("link", name="早班服务员").tap()

    kiosk.get_by_test_id("kiosk-apply").tap()
    enter(kiosk)
    kiosk.get_by_label("姓名").tap()
    type_word(kiosk, "li", "李")
    type_word(kiosk, "xiu", "秀")
    type_word(kiosk, "fang", "芳")
    kiosk.get_by_label("出生年份").tap()
    for digit in "1974":
        key(kiosk, digit).tap()
    key(kiosk, "完成").tap()
    kiosk.get_by_label("学历").select_option("4")
    kiosk.get_by_text("我已阅读并同意").tap()
    kiosk.get_by_test_id("kiosk-send").tap()

    expect(kiosk.get_by_test_id("kiosk-number")).to_be_visible()
    row = Application.objects.get()
    assert row.seeker.person.name == NAME
    expect(kiosk.get_by_test_id("kiosk-number")).to_have_text(row.number)
    expect(kiosk.get_by_test_id("kiosk-officer")).to_have_text("陈老师")
    expect(kiosk.locator(".slip")).to_contain_text("早班服务员")
    printed = paper(kiosk)
    assert printed == {"title": False, "foot": False, "number": True, "qr": True}
    work()
    assert FollowUp.objects.get(kind="new_application").assigned_to == officer

    kiosk.get_by_test_id("kiosk-end").tap()
    expect(kiosk.get_by_test_id("kiosk-start")).to_be_visible()
    nothing_left(kiosk, row.number, row.uid)
    for _step in range(5):
        kiosk.go_back()
        nothing_left(kiosk, row.number, row.uid)


@pytest.mark.once
def test_who_writes_by_hand_is_read(kiosk: Page) -> None:
    stand_at(kiosk, "/kiosk/vacancies/")
    kiosk.get_by_test_id("kiosk-search").tap()
    key(kiosk, "手写").tap()
    expect(kiosk.locator("ym-keyboard[data-learning]")).to_have_count(0, timeout=120_000)
    write_by_hand(
        kiosk, [[(0, 0.3), (1, 0.3)], [(0.5, 0), (0.5, 1)], [(0.5, 0.3), (0, 0.9)], [(0.5, 0.3), (1, 0.9)]]
    )
    kiosk.locator(".keyboard__line").get_by_role("button", name="木", exact=True).tap()
    write_by_hand(kiosk, [[(0.1, 0.1), (0.9, 0.1)], [(0.5, 0.1), (0.5, 0.9)], [(0, 0.9), (1, 0.9)]])
    kiosk.locator(".keyboard__line").get_by_role("button", name="工", exact=True).tap()
    expect(kiosk.get_by_test_id("kiosk-search")).to_have_value("木工")


@pytest.mark.once
def test_one_press_brings_everything_within_reach_until_the_visit_ends(kiosk: Page) -> None:
    stand_at(kiosk)
    kiosk.get_by_test_id("kiosk-reach").tap()
    assert highest_action(kiosk) >= 0.55 * UPRIGHT[1]
    kiosk.get_by_role("link", name="我的投递").tap()
    kiosk.get_by_role("button", name="发送验证码").wait_for()
    assert highest_action(kiosk) >= 0.55 * UPRIGHT[1]
    kiosk.get_by_test_id("kiosk-end").tap()
    expect(kiosk.get_by_test_id("kiosk-start")).to_be_visible()
    expect(kiosk.locator("html.reach")).to_have_count(0)


@pytest.mark.once
def test_a_machine_without_a_voice_says_so_and_shows_all_words(kiosk: Page) -> None:
    stand_at(kiosk)
    button = kiosk.get_by_role("button", name="朗读")
    expect(button).to_have_text("朗读（本机无语音）")
    expect(button).to_be_disabled()


@pytest.mark.once
def test_with_a_voice_the_page_and_the_warning_are_spoken(browser_page: Callable[..., Page]) -> None:
    kiosk = browser_page(*UPRIGHT, has_touch=True)
    kiosk.add_init_script(VOICE)
    stand_at(kiosk, "/kiosk/help/?idle=3")
    kiosk.get_by_role("button", name="朗读").tap()
    assert "柜台工作人员帮您" in kiosk.evaluate("said[0]")
    expect(kiosk.get_by_role("button", name="停止朗读")).to_be_visible()
    expect(kiosk.get_by_test_id("kiosk-countdown")).to_be_visible()
    kiosk.wait_for_timeout(1_500)
    spoken = kiosk.evaluate("said.slice(1)")
    assert spoken[0].startswith("您还在吗")
    assert "秒" in spoken[0]
    assert kiosk.get_by_test_id("kiosk-continue").bounding_box()["height"] >= 96  # type: ignore[index]
    kiosk.get_by_test_id("kiosk-continue").tap()
    expect(kiosk.get_by_test_id("kiosk-countdown")).to_have_count(0)


VOICE = """
globalThis.said = [];
const voice = { lang: "zh-CN", name: "测试", default: true };
Object.defineProperty(globalThis, "speechSynthesis", { value: Object.assign(new EventTarget(), {
  speaking: false, getVoices: () => [voice], cancel: () => undefined,
  speak: (one) => globalThis.said.push(one.text),
}) });
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def text_px(page: Page) -> float:
    size: float = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.lead')).fontSize)")
    return size


def highest_action(page: Page) -> float:
    """The upper edge of the highest thing to touch."""
    top: float = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('a, button, input:not([type=hidden])')]
          .filter(e => e.checkVisibility() && !e.matches('.skip') && e.getBoundingClientRect().height)
          .map(e => e.getBoundingClientRect().top).filter(top => top > 0))"""
    )
    return top


def paper(page: Page) -> dict[str, bool]:
    """What stands on the printed slip."""
    page.evaluate("window.print = () => undefined")
    page.get_by_test_id("kiosk-print").tap()
    page.emulate_media(media="print")
    seen = {
        "title": page.locator("h1").is_visible(), "foot": page.locator(".kiosk-foot").is_visible(),
        "number": page.get_by_test_id("kiosk-number").is_visible(), 
        "qr": page.locator(".slip .qr").is_visible(),
    }  # fmt: skip
    page.emulate_media(media="screen")
    return seen
