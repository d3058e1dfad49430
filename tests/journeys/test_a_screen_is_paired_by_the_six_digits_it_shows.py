"""A screen nobody knows shows six digits and the house; once they are entered it goes on by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.windows import shows
from tests.nouns import signage as hang
from yuanmeng.signage.models.pairing import pair

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_screen_is_paired_by_the_six_digits_it_shows(
    browser_page: Callable[..., Page], at: datetime
) -> None:
    site = hang.site()
    screen = browser_page(1920, 1080)
    screen.goto("/windows/")
    code = screen.locator("[data-part=code]")
    expect(code).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    expect(screen.locator(".pairing__house")).to_contain_text("才俊咖啡")

    digits = code.inner_text().replace(" ", "")
    row = pair(digits, by=hang.AUTHOR, at=timezone.now(), name="橱窗 3", site=site, viewing_m=3.0)
    screen.wait_for_url(f"**/windows/{row.uid}/")
    # Nothing is placed on it yet: it shows the house, and is never blank.
    shows(screen, "才俊咖啡", "house")
    screen.goto("/windows/")
    screen.wait_for_url(f"**/windows/{row.uid}/")
