"""A wall that is a device of the house beats, says who it is, and is taken over for as long as was said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Complaints
from tests.journeys.street import open_vacancies
from tests.journeys.windows import cut, forgive, soon, time_passes
from tests.nouns import signage as hang
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.signage import issuing
from yuanmeng.signage.emergency import takeover
from yuanmeng.signage.health import health
from yuanmeng.signage.models import Command, Device

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOK_MS = 16_000
WELL = {"normal", "slow"}


@pytest.fixture
def row(house: str) -> Any:
    row, token = hang.device("wall", at=timezone.now(), site=hang.site(), name="1 号屏")
    row.held = token
    return row


@pytest.fixture
def wall(browser_page: Callable[..., Page], house: str, row: Any) -> Page:
    page = browser_page(1920, 1080)
    page.context.add_cookies([{"name": "device", "value": row.held, "url": house, "httpOnly": True}])
    page.clock.install()
    open_vacancies(timezone.localtime())
    page.goto("/wall/?tour=0")
    page.wait_for_selector("ym-wall[data-figures][data-list]")
    return page


def test_the_board_sees_it_and_it_says_who_it_is(wall: Page, row: Any, wang: Any) -> None:
    made = issuing.made_for(row, at=timezone.now()).hash
    assert soon(lambda: Device.objects.get(pk=row.pk).acked_hash == made)
    # Drawn without a graphics card it may be slow; it is heard and up to date.
    assert soon(lambda: health(Device.objects.get(pk=row.pk), at=timezone.now()).condition in WELL)

    by = viewer_of(wang, on=timezone.localdate())
    command = Command.give(row, "identify", by=by, at=timezone.now())
    wall.clock.fast_forward(31_000)
    shown = wall.locator("[data-part=identify]")
    expect(shown).to_be_visible()
    expect(shown).to_contain_text("1 号屏")
    assert soon(lambda: Command.objects.get(pk=command.pk).done_at)
    wall.clock.fast_forward(31_000)
    expect(shown).to_be_hidden()


def test_an_emergency_stands_over_the_wall_and_ends_without_a_network(
    wall: Page, row: Any, wang: Any, complaints: Complaints
) -> None:
    by = viewer_of(wang, on=timezone.localdate())
    takeover("请从东侧楼梯离开", minutes=5, by=by, at=timezone.now(), body="请不要乘电梯。")
    wall.clock.fast_forward(LOOK_MS)
    notice = wall.locator("[data-part=takeover]")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("请从东侧楼梯离开")
    expect(notice).to_contain_text("结束")

    cut(wall)
    wall.clock.fast_forward(200_000)
    expect(notice).to_be_visible()
    time_passes(wall, 130_000, until=notice.is_hidden)
    expect(notice).to_be_hidden()
    expect(wall.locator("[data-part=list]")).to_contain_text("咖啡师")
    forgive(complaints)
