"""What is placed stands in the window within a minute; an emergency is above all, and ends offline too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Complaints
from tests.journeys.windows import POLL_MS, cut, forgive, paired, shows, soon, time_passes
from tests.nouns import signage as hang
from yuanmeng.organisations.viewer import viewer_of
from yuanmeng.signage import issuing
from yuanmeng.signage.emergency import takeover
from yuanmeng.signage.models import Device

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_window_shows_what_was_published_and_an_emergency_above_all(
    browser_page: Callable[..., Page], house: str, complaints: Complaints, wang: Any
) -> None:
    at = timezone.now()
    row, page = paired(browser_page, house)
    page.clock.install()
    page.goto(f"/windows/{row.uid}/")
    shows(page, "才俊咖啡", "house")

    hang.hung(hang.approved("本周六照常开门", at=at, seconds=120), at=at)
    page.clock.fast_forward(POLL_MS)
    shows(page, "本周六照常开门", "notice")
    made = issuing.made_for(row, at=timezone.now()).hash
    assert soon(lambda: Device.objects.get(pk=row.pk).acked_hash == made)

    # A long item does not keep the next one out for more than a minute.
    hang.hung(hang.approved("周六加开一场夜市", at=at), at=at)
    page.clock.fast_forward(POLL_MS)
    expect(page.locator("ym-window")).to_have_attribute("data-waiting", "")
    page.clock.fast_forward(41_000)
    shows(page, "周六加开一场夜市", "notice")

    by = viewer_of(wang, on=timezone.localdate())
    takeover("请从东侧楼梯离开", minutes=5, by=by, at=timezone.now(), body="请不要乘电梯。")
    page.clock.fast_forward(POLL_MS)
    shows(page, "请从东侧楼梯离开", "emergency")
    shows(page, "紧急通知")

    cut(page)
    page.clock.fast_forward(200_000)
    shows(page, "请从东侧楼梯离开", "emergency")
    window = page.locator("ym-window")
    time_passes(page, 130_000, until=lambda: window.get_attribute("data-showing") == "notice")
    shows(page, "周六", "notice")
    forgive(complaints)
