"""王伯 does not get on with the kiosk: he calls, and the counter's page says so without anybody's hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.sweep_town import session_of
from yuanmeng.people.models import Session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A_TURN_MS = 21_000


def test_it(browser_page: Callable[..., Page], operator: Any, house: str) -> None:
    fan = factories.member("fan", "范老师", operator, role="front_desk", at=timezone.now())
    counter = browser_page(1440, 900)
    cookie = {"name": house_settings.SESSION_COOKIE_NAME, "value": session_of(fan), "url": house}
    counter.context.add_cookies([cookie])
    counter.clock.install()
    counter.goto("/desk/")
    calls = counter.locator("#calls")
    expect(calls).to_contain_text("现在没有人呼叫")
    counter.locator("#counter-search").fill("1200000")

    kiosk = browser_page(1080, 1920)
    kiosk.goto("/kiosk/help/")
    kiosk.get_by_test_id("kiosk-call").click()

    counter.clock.run_for(A_TURN_MS)
    expect(calls.locator("li")).to_have_count(1)
    # Who is just writing is not disturbed.
    expect(counter.locator("#counter-search")).to_have_value("1200000")

    # A desk left alone: its session ends though its page went on asking, and nothing stays to be read.
    Session.objects.filter(user=fan).delete()
    counter.clock.run_for(A_TURN_MS)
    expect(counter).to_have_url(f"{house}/login/?next=/desk/")
