"""A machine boots nine hours ahead: the window asks the house for the time and keeps it offline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Complaints
from tests.journeys.windows import cut, forgive, kept, paired, shows, soon
from tests.nouns import signage as hang
from yuanmeng.signage.models import Fault

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR, AHEAD = timedelta(hours=1), timedelta(hours=9)


def test_a_window_whose_clock_is_nine_hours_wrong_shows_the_right_hour(
    browser_page: Callable[..., Page], house: str, complaints: Complaints
) -> None:
    at = timezone.localtime()
    hang.hung(hang.approved("这个钟点的通知", at=at), at=at, **around(at))
    hang.hung(hang.approved("九小时后的通知", at=at), at=at, **around(at + AHEAD))
    row, page = paired(browser_page, house)
    page.clock.install(time=at + AHEAD)
    page.goto(f"/windows/{row.uid}/")
    shows(page, "这个钟点的通知", "notice")
    seen = {(timezone.localtime() + timedelta(minutes=step)).strftime("%H:%M") for step in (-1, 0, 1)}
    assert page.locator("[data-part=clock]").inner_text() in seen

    page.clock.fast_forward(61_000)
    assert soon(lambda: Fault.objects.filter(device=row, code="clock_skew").exists())
    kept(page)
    cut(page)
    page.reload()
    shows(page, "这个钟点的通知", "notice")
    expect(page.locator("ym-window")).not_to_contain_text("九小时后的通知")
    forgive(complaints)


def around(moment: Any) -> dict[str, Any]:
    """A day-part of two hours round a moment, through midnight where it must."""
    return {"starts": (moment - HOUR).time(), "ends": (moment + HOUR).time()}
