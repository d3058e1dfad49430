"""Two days without a network: the window starts anew, changes at midnight, and drops what has ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.journeys.conftest import Complaints
from tests.journeys.windows import FRONT, cut, forgive, kept, paired, shows, soon
from tests.nouns import signage as hang

ASKED = """(path) => new Promise((done) => {
  const request = indexedDB.open("yuanmeng-wall");
  request.onsuccess = () => {
    const base = request.result;
    if (!base.objectStoreNames.contains("answers")) return done(base.close());
    const keys = base.transaction("answers").objectStore("answers").getAllKeys();
    keys.onsuccess = () => { base.close(); done(keys.result.some((key) => key.includes(path))); };
  };
})"""
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def test_a_window_plays_on_for_two_days_without_a_network(
    browser_page: Callable[..., Page], house: str, complaints: Complaints
) -> None:
    at = timezone.localtime()
    today = at.date()
    firm = factories.employer("上海街坊甲号服务有限公司（示例）", at=at)
    for title, days in (("咖啡师", 1), ("厨房帮工", 30)):
        until = today + timedelta(days=days)
        factories.vacancy(firm, title, at=at, state="published", valid_until=until)
    hang.hung(hang.approved("今天的通知", at=at), at=at, to_on=today)
    hang.hung(hang.approved("附近岗位", at=at, kind="vacancies", seconds=120), at=at, from_on=today + DAY)

    row, page = paired(browser_page, house)
    page.clock.install()
    page.goto(f"/windows/{row.uid}/")
    shows(page, "今天的通知", "notice")
    kept(page)
    asked(page, "/api/v1/vacancies")
    cut(page)
    page.reload()
    shows(page, "今天的通知", "notice")
    page.clock.fast_forward(70_000)
    expect(page.locator("[data-part=state]")).to_contain_text("离线")

    after_midnight = midnight(at + DAY) + MINUTE
    page.clock.fast_forward(ms(after_midnight - timezone.now() - timedelta(seconds=70)))
    shows(page, "咖啡师", "vacancies")
    shows(page, "厨房帮工")
    expect(page.locator(f"{FRONT} .window-code svg").first).to_be_visible()

    page.clock.fast_forward(ms(DAY))
    expect(page.locator(FRONT)).not_to_contain_text("咖啡师")
    shows(page, "厨房帮工", "vacancies")
    page.reload()
    shows(page, "厨房帮工", "vacancies")
    forgive(complaints)


def asked(page: Page, path: str) -> None:
    """Wait until the answer below a path is kept on the machine."""
    assert soon(lambda: page.evaluate(ASKED, path), 60)


def midnight(day: datetime) -> datetime:
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def ms(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
