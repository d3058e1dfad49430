"""路人 touches the wall: map, list and figures agree, and the code opens the same vacancy on the phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.street import POSTS, open_vacancies
from yuanmeng.web.shared import jobposting, qr

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WANTED = sum(post[4] for post in POSTS)


def test_a_passer_by_takes_a_vacancy_from_the_wall_to_the_phone(
    browser_page: Callable[..., Page], house: str
) -> None:
    vacancies = open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto("/wall/?tour=0")
    wall.wait_for_selector("ym-map[data-ready]")
    assert numbers(wall, "[data-part=hero]") == [WANTED]
    assert sum(numbers(wall, ".wall-bars__number")) == WANTED
    found = wall.request.get("/api/v1/map?radius=90").json()
    assert sum(found["n"]) + found["elsewhere_openings"] + found["unplaced_openings"] == WANTED

    wall.get_by_role("button", name="不用学历").click()
    expect(wall.locator("[data-part=list]")).not_to_contain_text("数据分析专员")
    wall.locator(".wall-item", has_text="厨房帮工").click()
    sheet = wall.locator("[data-part=sheet]")
    expect(sheet).to_contain_text("娄山关路500号")
    code = sheet.locator("[data-part=sheet-qr]")
    expect(code).to_be_visible()
    answer = wall.request.get(code.get_attribute("src") or "")
    address = jobposting.address_of(vacancies[1], via="wall_qr")
    assert answer.body() == qr.svg(address)
    assert address.startswith(house)

    phone = browser_page(390, 844, has_touch=True, is_mobile=True)
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("厨房帮工")

    sheet.get_by_role("button", name="关闭").click()
    expect(sheet).to_be_hidden()


def test_the_very_first_touch_means_what_it_touches(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto("/wall/?tour=0")
    # A finger goes down, and a moment later up: nothing may have moved away from under it.
    box = wall.locator(".wall-item", has_text="厨房帮工").bounding_box()
    assert box
    wall.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    wall.mouse.down()
    wall.wait_for_timeout(150)
    wall.mouse.up()
    expect(wall.locator("[data-part=sheet-title]")).to_have_text("厨房帮工")


def test_the_wall_returns_to_the_beginning_when_nobody_touches_it(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.clock.install()
    wall.goto("/wall/?tour=0")
    wall.wait_for_selector("ym-map[data-ready]")
    wall.get_by_role("button", name="不用学历").click()
    expect(wall.locator("[data-part=list-title]")).to_have_text("不用学历")
    wall.clock.fast_forward(62_000)
    expect(wall.locator("[data-part=leaving]")).to_contain_text("秒后回到首页")
    wall.clock.fast_forward(10_000)
    expect(wall.locator("[data-part=list-title]")).to_have_text("附近岗位")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_nothing_on_the_wall_is_cut_off(browser_page: Callable[..., Page], language: str) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto(f"/wall/?tour=0&lang={language}")
    wall.wait_for_selector("ym-wall[data-figures][data-list]")
    for width, height in ((1920, 1080), (3840, 2160), (1366, 768), (1080, 1920)):
        wall.set_viewport_size({"width": width, "height": height})
        # The list asks for as many whole rows as the new height holds.
        wall.wait_for_load_state("networkidle")
        assert wall.evaluate(STICKING_OUT) == [], (width, height)


def numbers(page: Page, selector: str) -> list[int]:
    return [int(text.replace(",", "")) for text in page.locator(selector).all_inner_texts()]


# Elements outside the screen, and the blocks that lie over one another.
STICKING_OUT = """() => {
  const wide = innerWidth + 1, high = innerHeight + 1;
  const shown = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 0;
  const named = 'ym-wall > :not(dialog), ym-wall button, ym-wall p, ym-wall h2';
  const parts = [...document.querySelectorAll(named)].filter((e) => shown(e) && !e.closest('dialog'));
  const out = parts.filter((e) => {
    const box = e.getBoundingClientRect();
    return box.right > wide || box.bottom > high || box.left < -1 || box.top < -1;
  });
  const zones = [...document.querySelectorAll('.wall-left, .wall-map, .wall-right, .wall-foot, .wall-head')];
  const spilled = zones.filter(
    (e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1);
  return [...out, ...spilled].map((e) => e.outerHTML.slice(0, 120));
}"""
