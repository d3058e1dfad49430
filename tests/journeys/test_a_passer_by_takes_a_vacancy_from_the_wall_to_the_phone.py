"""路人 touches the wall: map, list and figures agree, and the code opens the same vacancy on the phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.street import POSTS, busy_day, open_vacancies
from yuanmeng.signage.models import Scan
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
    phone.reload()
    assert list(Scan.objects.values_list("via", "count")) == [("wall_qr", 1)]

    sheet.get_by_role("button", name="关闭").click()
    expect(sheet).to_be_hidden()


def test_the_very_first_touch_means_what_it_touches(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto("/wall/?tour=0")
    # A finger goes down, and a moment later up: nothing may have moved away from under it.
    item = wall.locator(".wall-item", has_text="厨房帮工")
    item.wait_for()
    while (box := item.bounding_box()) is None:  # a row that is drawn anew at that moment has none
        wall.wait_for_timeout(20)
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


@pytest.mark.once
@pytest.mark.parametrize("asked", ["lang=zh-Hans", "lang=en", "lang=zh-Hans&elder=1"])
def test_nothing_on_the_wall_is_cut_off(browser_page: Callable[..., Page], asked: str) -> None:
    busy_day(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto(f"/wall/?tour=0&{asked}")
    wall.wait_for_selector("ym-wall[data-figures][data-list][data-narration][data-programme]")
    for width, height in ((1920, 1080), (3840, 2160), (1366, 768), (1080, 1920)):
        wall.set_viewport_size({"width": width, "height": height})
        # The list asks for as many whole rows as the new height holds.
        wall.wait_for_load_state("networkidle")
        for turn in ("bars", "new", "asked"):
            tab = wall.locator(f"[data-turn={turn}]")
            tab.evaluate("one => one.click()")
            expect(tab).to_have_attribute("aria-pressed", "true")
            assert wall.evaluate(STICKING_OUT) == [], (width, height, turn)
        assert wall.locator(".wall-week__row:visible").count() >= 1, (width, height)


def test_a_machine_that_draws_no_map_has_the_list_in_its_place(browser_page: Callable[..., Page]) -> None:
    busy_day(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    wall.goto("/wall/?tour=0")
    expect(wall.locator("ym-wall")).to_have_attribute("data-mapless", "1")
    expect(wall.locator(".wall-map")).to_be_hidden()
    expect(wall.locator(".wall-item")).to_have_count(len(POSTS))
    boxes = [box for item in wall.locator(".wall-item").all() if (box := item.bounding_box())]
    assert len({round(box["x"]) for box in boxes}) == 3
    assert wall.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("panels", ["2x2", "3x1", "3x2", "4x3"])
def test_nothing_that_is_read_lies_across_a_seam(browser_page: Callable[..., Page], panels: str) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto(f"/wall/?tour=0&seams={panels}x30")
    wall.wait_for_selector("ym-wall[data-figures][data-list][data-narration]")
    columns, rows = (int(number) for number in panels.split("x"))
    assert wall.evaluate(ACROSS_A_SEAM, [columns, rows]) == []


def test_one_chooses_by_chips_and_sees_how_many_before_looking(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto("/wall/?tour=0")
    wall.wait_for_selector("ym-wall[data-figures][data-list]")
    wall.get_by_role("button", name="自己选").click()
    sheet = wall.locator("[data-part=filter]")
    sheet.get_by_role("button", name="不用学历").click()
    sheet.get_by_role("button", name="步行 5 分钟内").click()
    sheet.get_by_role("button", name="查看 2 个岗位").click()
    expect(wall.locator("[data-part=list-title]")).to_have_text("步行 5 分钟内 · 不用学历")
    expect(wall.locator(".wall-item")).to_have_count(2)
    expect(wall.locator("[data-part=said]")).to_contain_text("这里 2 个岗位在招 5 人")
    expect(wall.locator("[data-part=said-basis]")).to_have_text(f"据 2 / 6 个岗位、5 / {WANTED:,} 人计算")


def numbers(page: Page, selector: str) -> list[int]:
    return [int(text.replace(",", "")) for text in page.locator(selector).all_inner_texts()]


ACROSS_A_SEAM = """([columns, rows]) => {
  const shown = (e) => e.checkVisibility() && !e.closest('dialog, .wall-map');
  const parts = [...document.querySelectorAll('ym-wall p, ym-wall h2, ym-wall button')].filter(shown);
  const crosses = (from, to, size, panels) =>
    [...Array(panels - 1).keys()].some((n) => {
      const seam = (size * (n + 1)) / panels;
      return from < seam - 1 && to > seam + 1;
    });
  return parts.filter((e) => {
    const box = e.getBoundingClientRect();
    return crosses(box.left, box.right, innerWidth, columns)
      || crosses(box.top, box.bottom, innerHeight, rows);
  }).map((e) => e.outerHTML.slice(0, 120));
}"""
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
