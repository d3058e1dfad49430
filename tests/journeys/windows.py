"""Windows of the running house: a paired device, and a page that is that device."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Complaints
from tests.nouns import signage as hang

POLL_MS = 21_000  # a little more than a window waits between two questions
FRONT = ".window-layer[data-front]"
OUTAGE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "heartbeat")


def paired(browser_page: Callable[..., Page], house: str, *, site: Any = None) -> tuple[Any, Page]:
    """Return a paired window and its page, not yet opened."""
    row, token = hang.device(at=timezone.now(), site=site or hang.site(), name="2 号窗")
    page = browser_page(1920, 1080)
    page.context.add_cookies([{"name": "device", "value": token, "url": house, "httpOnly": True}])
    return row, page


def shows(page: Page, words: str, kind: str = "") -> None:
    """Wait until the window shows these words, at the front."""
    expect(page.locator(FRONT)).to_contain_text(words, timeout=15_000)
    if kind:
        expect(page.locator("ym-window")).to_have_attribute("data-showing", kind)


KEPT = """async () => navigator.serviceWorker.controller !== null
  && (await caches.match(location.pathname, { ignoreVary: true })) !== undefined"""


def kept(page: Page) -> None:
    """Wait until the worker is in charge and the window's own page is put away.

    `wait_for_function` does not wait for a promise: it takes it for a yes.
    """
    assert soon(lambda: page.evaluate(KEPT), 60)


def cut(page: Page) -> None:
    """Pull the cable; nothing may come from the browser's own cache, which forgets when it likes."""
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.context.set_offline(True)


def time_passes(page: Page, ms: int, *, until: Callable[[], bool]) -> None:
    """Let so much time pass. An answer under way when the cable is pulled brings the house's time along,

    which knows nothing of ours: then it passes once more.
    """
    for _try in range(3):
        page.clock.fast_forward(ms)
        if soon(until, 2):
            return
        ms += 300_000


def soon(true: Callable[[], Any], seconds: float = 10) -> Any:
    """Wait until something is so in the house; return what it was at last."""
    until = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < until:
        time.sleep(0.1)
    return found


def forgive(complaints: Complaints, *more: str) -> None:
    """What the browser says of a cable that was pulled is no complaint; anything else stays."""
    complaints.forgive(*OUTAGE, *more)
