"""A3: map, list, sentences and portal say the same; near means near; what is withdrawn is gone everywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.street import POSTS, open_vacancies
from tests.journeys.test_a_passer_by_takes_a_vacancy_from_the_wall_to_the_phone import numbers
from yuanmeng.core import events

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wall(browser_page: Callable[..., Page]) -> Page:
    wall = browser_page(1920, 1080)
    wall.clock.install()
    return wall


def opened(wall: Page) -> None:
    wall.goto("/wall/?tour=0")
    wall.wait_for_selector("ym-wall[data-figures][data-list][data-narration]")
    wall.wait_for_selector("ym-map[data-ready]")


def test_food_within_a_quarter_of_an_hour_is_food_within_a_quarter_of_an_hour(wall: Page) -> None:
    at = timezone.localtime()
    vacancies = open_vacancies(at)
    far = factories.vacancy(
        factories.employer("上海远处餐饮有限公司（示例）", at=at), "厨师长", at=at, state="published",
        industry_code="H", place=factories.place("古北路1800号", 121.3925, 31.224),
    )  # fmt: skip
    for vacancy in vacancies[2:]:
        vacancy.industry_code = "O"
        vacancy.save(update_fields=["industry_code"])
        events.tell("vacancy.changed", vacancy, by=None, at=at)
    opened(wall)
    wall.get_by_role("button", name="自己选").click()
    sheet = wall.locator("[data-part=filter]")
    sheet.get_by_role("button", name="步行 15 分钟内").click()
    sheet.get_by_role("button", name="住宿和餐饮业").click()
    sheet.get_by_role("button", name="查看 2 个岗位").click()
    expect(wall.locator(".wall-item")).to_have_count(2)
    ways = numbers_in(wall.locator(".wall-item__walk").all_inner_texts())
    assert ways and max(ways) <= 15
    expect(wall.locator("[data-part=list]")).not_to_contain_text(far.title)

    portal = wall.request.get("/api/v1/vacancies?from=121.4001,31.2103&minutes=15&industry=H").json()
    assert {item["uid"] for item in portal["items"]} == {vacancy.uid for vacancy in vacancies[:2]}
    cells = wall.request.get("/api/v1/map?radius=90&from=121.4001,31.2103&minutes=15&industry=H").json()
    assert cells["total_openings"] == portal["openings"] == POSTS[0][4] + POSTS[1][4]


def test_a_withdrawn_vacancy_is_gone_from_wall_list_and_portal(wall: Page) -> None:
    vacancies = open_vacancies(timezone.localtime())
    opened(wall)
    before = numbers(wall, "[data-part=hero]")[0]
    expect(wall.locator("[data-part=list]")).to_contain_text("咖啡师")

    vacancies[0].close("withdrawn", by=None, at=timezone.localtime())
    wall.clock.fast_forward(11_000)
    # A question that was under way at that moment is asked again ten seconds later.
    expect(wall.locator("[data-part=list]")).not_to_contain_text("咖啡师", timeout=20_000)
    expect(wall.locator("[data-part=hero]")).to_have_text(f"{before - POSTS[0][4]:,}", timeout=20_000)
    assert wall.request.get(f"/api/v1/vacancies/{vacancies[0].uid}").status == 404
    assert wall.request.get(f"/vacancies/{vacancies[0].uid}/").status in {404, 410}


def test_the_first_touch_on_the_map_lists_that_spot_and_one_more_leads_back(wall: Page) -> None:
    open_vacancies(timezone.localtime())
    opened(wall)
    found = wall.request.get("/api/v1/map?radius=90").json()
    row = max(range(len(found["q"])), key=lambda n: found["n"][n])
    wall.evaluate(CHOOSE, f"90:{found['q'][row]}:{found['r'][row]}")
    expect(wall.locator("[data-part=list-title]")).to_have_text("这里的岗位")
    expect(wall.locator(".wall-item")).to_have_count(found["v"][row])
    wall.get_by_role("button", name="看全图").click()
    expect(wall.locator("[data-part=list-title]")).to_have_text("附近岗位")


def numbers_in(texts: list[str]) -> list[int]:
    return [int("".join(sign for sign in text if sign.isdigit())) for text in texts]


# A finger on a cell of a map drawn in software is slow to aim: the element says the same by its event.
CHOOSE: Any = """(id) => document.querySelector('ym-map').dispatchEvent(
  new CustomEvent('cell-chosen', { detail: { id }, bubbles: true }))"""
