"""A screen that is left alone: what the office asks of it, the reload at night, graphics that go away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Error, Page, expect

from tests.journeys.conftest import Complaints
from tests.journeys.street import open_vacancies
from tests.journeys.windows import cut, forgive, kept, paired, shows, soon
from tests.nouns import signage as hang
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.signage.models import Command, Device

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
BEAT_MS = 31_000
LOSE = """() => document.querySelector("ym-map canvas").getContext("webgl2")
  .getExtension("WEBGL_lose_context").loseContext()"""
# The first frames of the map come late, as on a busy machine: its style is ready after the data.
SLOW_FRAMES = """{
  const frame = window.requestAnimationFrame.bind(window);
  let left = 20;
  window.requestAnimationFrame = (draw) =>
    document.querySelector("ym-map canvas") && left-- > 0 ? setTimeout(() => frame(draw), 300) : frame(draw);
}"""
DRAWS = """() => {
  const drawn = document.querySelector("ym-map canvas")?.getContext("webgl2");
  return Boolean(drawn) && !drawn.isContextLost();
}"""


@pytest.fixture
def window(browser_page: Callable[..., Page], house: str) -> tuple[Any, Page]:
    """A window that shows one notice after the other."""
    at = timezone.now()
    hang.hung(*(hang.approved(title, at=at, seconds=10) for title in ("第一条", "第二条")), at=at)
    row, page = paired(browser_page, house)
    page.clock.install()
    page.goto(f"/windows/{row.uid}/")
    shows(page, "第一条", "notice")
    return row, page


def test_a_window_does_what_the_office_asks_once(window: tuple[Any, Page], wang: Any) -> None:
    row, page = window
    by = viewer_of(wang, on=timezone.localdate())
    given = [Command.give(row, kind, by=by, at=timezone.now()) for kind in ("identify", "picture", "reload")]
    loads = counted_loads(page)
    page.clock.fast_forward(BEAT_MS)
    assert soon(lambda: Command.objects.filter(pk__in=[c.pk for c in given], done_at=None).count() == 0, 20)
    # Waiting in the page lets its events come in.
    assert soon(lambda: page.wait_for_timeout(100) or loads, 20)
    assert soon(lambda: Device.objects.get(pk=row.pk).picture.startswith("data:image/png;base64,"), 20)
    shows(page, "条", "notice")
    # Done is done: the next word of the window finds nothing to do.
    page.clock.fast_forward(BEAT_MS)
    page.wait_for_timeout(1_000)
    shows(page, "条", "notice")
    assert len(loads) == 1


def test_a_window_loads_itself_anew_at_four_also_without_a_network(
    window: tuple[Any, Page], complaints: Complaints
) -> None:
    _row, page = window
    kept(page)
    cut(page)
    loads = counted_loads(page)
    page.clock.fast_forward(until_four(timezone.localtime()))
    assert soon(lambda: step(page) or loads, 40)
    # The clock of the test counts on over the load, as no browser's does: not at four any more.
    soon(lambda: step(page, 3_600_000) or page.evaluate("new Date().getHours()") > 4, 20)
    shows(page, "条", "notice")
    forgive(complaints)


def counted_loads(page: Page) -> list[str]:
    """Return a list that grows with every load of the page."""
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    return loads


def step(page: Page, ms: int = 10_000) -> None:
    """Let the next item begin: only between two is a page loaded anew."""
    with suppress(Error):  # the page that was told the time is gone
        page.clock.fast_forward(ms)
    page.wait_for_timeout(200)


def until_four(now: datetime) -> int:
    """Return the ms until a little after the next four in the morning that is more than two hours away."""
    four = now.replace(hour=4, minute=5, second=0, microsecond=0)
    while four < now + timedelta(hours=3):
        four += timedelta(days=1)
    return int((four - now).total_seconds() * 1000)


def test_a_wall_whose_graphics_go_away_draws_anew_and_at_last_gives_the_place_to_the_list(
    browser_page: Callable[..., Page],
) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(1920, 1080)
    wall.goto("/wall/?tour=0")
    wall.wait_for_selector("ym-map[data-ready]")
    for _loss in range(2):
        wall.evaluate(LOSE)
        assert not wall.evaluate(DRAWS)
        assert soon(lambda: wall.evaluate(DRAWS), 30)
    wall.evaluate(LOSE)
    expect(wall.locator("ym-wall")).to_have_attribute("data-mapless", "1")
    expect(wall.locator(".wall-item").first).to_be_visible()


def test_columns_stand_also_when_the_data_came_before_the_map_was_ready_for_them(
    browser_page: Callable[..., Page],
) -> None:
    open_vacancies(timezone.localtime())
    pictures = []
    for slow in ("", SLOW_FRAMES):
        wall = browser_page(1920, 1080)
        wall.add_init_script(slow)
        wall.goto("/wall/?theme=day&tour=0")
        wall.wait_for_selector("ym-map[data-ready]")
        wall.wait_for_timeout(1_000)  # the frames that were held back
        pictures.append(Image.open(BytesIO(wall.locator("ym-map canvas").screenshot())).convert("RGB"))
    columns = [sum(1 for red, _green, blue in of.get_flattened_data() if red - blue > 90) for of in pictures]
    assert columns[0] > 1_000
    assert columns[1] == pytest.approx(columns[0], rel=0.02)
