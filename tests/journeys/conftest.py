"""Real Chromium against the real server: every page is watched for errors and strangers.

`browser_page(width, height)` opens a page in a context of its own. When a journey ends, a
console error, a page error, a failed request of ours or a request to anybody else fails it.
"""

from __future__ import annotations

import subprocess
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright
from tools import chromium

MARK = f"--yuanmeng-journeys={uuid.uuid4().hex}"  # tells this run's Chromium from others on the machine
PATIENCE_S = 30
# A busy machine is slow, not wrong; what must be quick says so with a limit of its own.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = chromium.find()
    if path is None:
        pytest.skip(chromium.SENTENCE)
    return path


@pytest.fixture(scope="session")
def running(chromium_path: str) -> Iterator[Callable[[], Browser]]:
    """The Chromium that runs, or a new one where it was put down."""
    with sync_playwright() as playwright:
        flags = [*chromium.FLAGS, MARK]
        opened = [playwright.chromium.launch(executable_path=chromium_path, args=flags)]

        def now() -> Browser:
            if not opened[-1].is_connected():
                opened.append(playwright.chromium.launch(executable_path=chromium_path, args=flags))
            return opened[-1]

        yield now
        now().close()


@pytest.fixture
def browser(running: Callable[[], Browser]) -> Browser:
    return running()


@pytest.fixture
def house(live_server: Any, settings: Any) -> str:
    """The address of the running house."""
    settings.BASE_URL = live_server.url
    return live_server.url


class Complaints(list[str]):
    """What the pages of a journey complained about. A journey that cuts the network says what it forgives,

    what has come and what may still come.
    """

    forgiven: tuple[str, ...] = ()

    def append(self, said: str) -> None:
        if not any(mark in said for mark in self.forgiven):
            super().append(said)

    def forgive(self, *marks: str) -> None:
        self.forgiven += marks
        self[:] = [said for said in self if not any(mark in said for mark in self.forgiven)]


@pytest.fixture
def complaints() -> Complaints:
    """What the pages of this journey complained about."""
    return Complaints()


@pytest.fixture
def browser_page(browser: Browser, house: str, complaints: list[str]) -> Iterator[Callable[..., Page]]:
    contexts: list[Any] = []

    def open_page(width: int = 1440, height: int = 900, *, lang: str = "zh-CN", **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale=lang, timezone_id="Asia/Shanghai",
            base_url=house, **options,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        watch(page, house, complaints)
        return page

    yield open_page
    for context in contexts:
        shut(context)
    assert complaints == []


def shut(context: BrowserContext) -> None:
    """Close a context. Now and then Chromium never answers this, above all in the midst of a navigation.

    Then it is put down, which ends the wait, and the next journey gets a new one.
    """
    putting_down = threading.Timer(PATIENCE_S, subprocess.run, [["pkill", "-KILL", "-f", "--", MARK]])
    putting_down.start()
    try:
        context.close()
    except Error:
        if putting_down.is_alive():
            raise
    finally:
        putting_down.cancel()


@pytest.fixture
def phone(browser_page: Callable[..., Page]) -> Page:
    """A phone, 390 px wide, touched by fingers."""
    return browser_page(390, 844, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def desktop(browser_page: Callable[..., Page]) -> Page:
    return browser_page(1440, 900)


@pytest.fixture
def big_screen(browser_page: Callable[..., Page]) -> Page:
    return browser_page(1920, 1080)


def watch(page: Page, house: str, complaints: list[str]) -> None:
    """Note console errors, page errors, our own 4xx/5xx assets, and requests to anybody else."""
    ours = urlsplit(house).netloc

    def on_request(request: Any) -> None:
        at = urlsplit(request.url)
        if at.scheme in {"http", "https", "ws", "wss"} and at.netloc != ours:
            complaints.append(f"request to {request.url}")

    page.on("request", on_request)
    page.on("pageerror", lambda error: complaints.append(f"page error: {error}"))
    page.on(
        "console", lambda said: complaints.append(f"console: {said.text}") if said.type == "error" else None
    )


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the house's workers read what has happened, as the worker process does."""

    def once() -> None:
        from yuanmeng.ops import readers

        readers.read_everything(timezone.now())

    return once


def overflowing(page: Page) -> list[str]:
    """Return elements that stick out of the page sideways.

    After a click, wait for something of the new page first: the click returns at once.
    """
    page.wait_for_load_state()
    return page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          return [...document.querySelectorAll('body *')].filter(e => {
            const box = e.getBoundingClientRect();
            const style = getComputedStyle(e);
            return box.width && style.position !== 'fixed' && style.visibility !== 'hidden'
              && box.right > wide + 1
              && !e.closest('[data-scrolls], .table-wrap, .maplibregl-map, .visually-hidden');
          }).slice(0, 5).map(e => e.outerHTML.slice(0, 120));
        }"""
    )
