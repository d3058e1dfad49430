"""Two pages of one browser share one line: both ask anew when it says something, also after a proxy's 502."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Complaints

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEWS = 'retry: 60000\nid: vacancies=2\nevent: news\ndata: {"topic":"vacancies","seq":2,"kind":"x"}\n\n'


def test_two_pages_hear_one_line(
    browser_page: Callable[..., Page], complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody asks by the clock here: who asks anew has been told.
    monkeypatch.setattr("yuanmeng.web.wall.views.ASK_MS", 600_000)
    first = browser_page(1920, 1080)
    lines: list[Route] = []
    asked = {"first": 0, "second": 0}

    def line(route: Route) -> None:
        lines.append(route)
        if len(lines) == 1:
            route.fulfill(status=502, body="")

    def count(name: str) -> Callable[[Any], None]:
        def one(request: Any) -> None:
            asked[name] += "/figures" in request.url

        return one

    def wait_until(holds: Callable[[], bool]) -> bool:
        deadline = time.monotonic() + 20
        while not holds() and time.monotonic() < deadline:
            first.wait_for_timeout(50)
        return holds()

    first.context.route("**/live?*", line)
    second = first.context.new_page()
    for name, page in (("first", first), ("second", second)):
        page.on("request", count(name))
        page.goto("/wall/?tour=0")
        page.wait_for_selector("ym-wall[data-figures]")
    # Whoever opens asks once more within 2 s: something may have happened before it listened.
    first.wait_for_timeout(2_500)
    assert wait_until(lambda: len(lines) == 2)
    before = dict(asked)
    lines[1].fulfill(status=200, content_type="text/event-stream", body=NEWS)
    assert wait_until(lambda: all(asked[name] > before[name] for name in asked)), (asked, before)
    assert len(lines) == 2
    # The browser says so of the 502, rightly.
    complaints.forgive("502")
