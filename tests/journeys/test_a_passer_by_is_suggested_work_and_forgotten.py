"""路人 touches three answers at the kiosk, sees what suits and why, leaves, and Back knows nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.street import open_vacancies

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    kiosk = browser_page(1920, 1080)
    kiosk.goto("/kiosk/")
    kiosk.get_by_test_id("kiosk-suits").click()
    for answer in ("餐饮厨房", "从这里出发", "每月 4,000 元起"):
        kiosk.get_by_role("link", name=answer).click()
    expect(kiosk.get_by_test_id("suits").first).to_contain_text("步行约")
    kiosk.get_by_role("link", name="兼职日结").click()
    expect(kiosk.get_by_test_id("suits")).to_have_count(0)
    kiosk.get_by_role("link", name="兼职日结").click()
    expect(kiosk.get_by_test_id("suits").first).to_be_visible()

    kiosk.get_by_test_id("kiosk-end").click()
    expect(kiosk.get_by_test_id("kiosk-start")).to_be_visible()
    for _step in range(4):
        kiosk.go_back()
        expect(kiosk.get_by_test_id("suits")).to_have_count(0)
        expect(kiosk.locator("[aria-current]")).to_have_count(0)
