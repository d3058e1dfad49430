"""A window is taken out of service: what it showed is gone from the machine; it shows the house."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.windows import POLL_MS, cut, forgive, kept, paired, shows
from tests.nouns import signage as hang

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEFT = """async () => {
  const open = (name) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => done(request.result);
  });
  const base = await open("yuanmeng-shelf");
  const count = (store) => new Promise((done) => {
    const request = base.transaction(store).objectStore(store).count();
    request.onsuccess = () => done(request.result);
  });
  const rows = [];
  for (const store of base.objectStoreNames) rows.push(await count(store));
  const pages = [];
  for (const name of await caches.keys())
    for (const one of await (await caches.open(name)).keys()) pages.push(new URL(one.url).pathname);
  return { rows, pages: pages.filter((path) => /^\\/windows\\/.+/.test(path)) };
}"""


def test_a_revoked_window_keeps_nothing(
    browser_page: Callable[..., Page], house: str, complaints: list[str]
) -> None:
    at = timezone.now()
    hang.hung(hang.approved("只给这块屏看的通知", at=at), at=at)
    row, page = paired(browser_page, house)
    page.clock.install()
    page.goto(f"/windows/{row.uid}/")
    shows(page, "只给这块屏看的通知", "notice")
    kept(page)

    row.revoke(by=None, at=timezone.now())
    page.clock.fast_forward(POLL_MS)
    page.wait_for_url("**/windows/")
    expect(page.locator(".pairing__house")).to_contain_text("才俊咖啡")
    assert page.evaluate(LEFT) == {"rows": [0, 0], "pages": []}

    cut(page)
    page.goto(f"/windows/{row.uid}/")
    expect(page.locator(".pairing__house")).to_contain_text("才俊咖啡")
    expect(page.locator("body")).not_to_contain_text("只给这块屏看的通知")
    forgive(complaints, "401")
