"""The cable is pulled, or the line is slow: the wall goes on with what it knows and says what that is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Complaints
from tests.journeys.street import POSTS, open_vacancies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WANTED = f"{sum(post[4] for post in POSTS):,}"
STAMP = re.compile(r"离线 · 显示 \d\d:\d\d 的数据")


def test_the_wall_keeps_its_last_data_when_the_network_is_cut(
    browser_page: Callable[..., Page], complaints: Complaints
) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.clock.install()
    wall.goto("/wall/?tour=0")
    expect(wall.locator("[data-part=hero]")).to_have_text(WANTED)
    expect(wall.locator("[data-part=list]")).to_contain_text("咖啡师")
    wall.wait_for_selector("ym-map[data-ready]")
    # The worker has put the build away once it is in charge of the page.
    wall.wait_for_function("navigator.serviceWorker.controller !== null")

    # Nothing may come from the browser's own cache, which forgets when it likes.
    wall.context.new_cdp_session(wall).send("Network.clearBrowserCache")
    wall.context.set_offline(True)
    wall.clock.fast_forward(70_000)
    expect(wall.locator("[data-part=state]")).to_have_text(STAMP)
    expect(wall.locator("[data-part=hero]")).to_have_text(WANTED)

    wall.reload()
    expect(wall.locator("[data-part=hero]")).to_have_text(WANTED)
    expect(wall.locator("[data-part=list]")).to_contain_text("咖啡师")
    wall.wait_for_selector("ym-map[data-ready]")
    wall.clock.fast_forward(70_000)
    expect(wall.locator("[data-part=state]")).to_have_text(STAMP)

    # Two days later, still offline: the one that ended yesterday is gone, the others stand.
    wall.clock.fast_forward(48 * 3_600_000)
    expect(wall.locator("[data-part=list]")).not_to_contain_text("咖啡师")
    expect(wall.locator("[data-part=list]")).to_contain_text("厨房帮工")

    wall.context.set_offline(False)
    # A question that left before the browser knew of the line is lost; the next follows in ten seconds.
    wall.clock.fast_forward(20_000)
    expect(wall.locator("[data-part=state]")).to_have_text(re.compile(r"数据截至 \d\d:\d\d"), timeout=20_000)
    # Being offline is all the console complained of.
    complaints.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_list_bears_the_name_of_what_it_holds_while_the_line_is_slow(
    browser_page: Callable[..., Page],
) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto("/wall/?tour=0")
    title, count = wall.locator("[data-part=list-title]"), wall.locator("[data-part=list-count]")
    expect(count).to_contain_text(f"{len(POSTS)} ")
    held: list[Route] = []
    is_slow = True

    def line(route: Route) -> None:
        held.append(route) if is_slow else route.continue_()

    wall.route(re.compile("/api/v1/vacancies\\?.*no_degree"), line)

    chip = wall.get_by_role("button", name="不用学历")
    chip.click()
    expect(wall.locator("[data-part=list][aria-busy]")).to_be_attached()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(title).to_have_text("附近岗位")
    expect(count).to_contain_text(f"{len(POSTS)} ")

    is_slow = False
    for route in held:
        route.continue_()
    expect(title).to_have_text("不用学历")
    expect(count).not_to_contain_text(f"{len(POSTS)} ")
    expect(wall.locator("[data-part=list][aria-busy]")).not_to_be_attached()
