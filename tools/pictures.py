"""Takes the pictures of the READMEs from a demonstration that is being served (`make demo`).

python -m tools.pictures           # reads var/demo.json, writes docs/pictures/*.jpg
python -m tools.pictures FOLDER    # the data folder of another demonstration

Names, firms and numbers in them are the sample town's: all invented. No picture is larger than 200 kB.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium
from yuanmeng.people import totp

PICTURES = Path(__file__).parents[1] / "docs" / "pictures"
LARGEST_BYTES = 200_000
WIDE, PHONE = (1280, 720), (390, 720)
BREAKS_THE_LAW = "限女性，35岁以下，有咖啡师证优先，上岗先交服装押金200元"


@dataclass(frozen=True)
class Picture:
    """One file: who stands before which page, and what is waited for or done first."""

    name: str
    path: str
    who: str = ""
    size: tuple[int, int] = WIDE
    before: Callable[[Page], None] = lambda _page: None
    device: str = ""


def show_programme(page: Page) -> None:
    """A window goes through its list by itself; the month's line-up is one of its pages."""
    page.locator("ym-window[data-showing=programme]").wait_for(state="attached", timeout=300_000)
    page.wait_for_timeout(1_500)


def show_cards(page: Page) -> None:
    page.locator("ym-window[data-showing=vacancies]").wait_for(state="attached", timeout=300_000)
    page.wait_for_timeout(1_500)


def draw_map(page: Page) -> None:
    page.locator("ym-map canvas").wait_for()
    page.wait_for_timeout(6_000)  # columns grow, labels find their places; drawn without a graphics card


def open_the_first(page: Page) -> None:
    page.locator(".card--link .card__title a").first.click()
    page.wait_for_url("**/vacancies/*/")


def write_what_may_not_stand(page: Page) -> None:
    page.locator("[name=title]").fill("咖啡师")
    page.locator("[name=requirements]").fill(BREAKS_THE_LAW)
    page.locator(".finding").nth(2).wait_for()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 170)")


ALL = [
    Picture("wall-night", "/wall/?theme=night&tour=0", before=draw_map),
    Picture("wall-day", "/wall/?theme=day&tour=0", before=draw_map),
    Picture("phone-search", "/vacancies/?no_degree=1", size=PHONE),
    Picture("phone-vacancy", "/vacancies/?no_degree=1", size=PHONE, before=open_the_first),
    Picture("kiosk", "/kiosk/vacancies/", before=draw_map),
    Picture("employer", "/employer/vacancies/new", "hu", before=write_what_may_not_stand),
    Picture("desk", "/desk/", "chen"),
    Picture("office", "/office/figures/", "wang"),
    Picture("window-programme", "/windows/", before=show_programme, device="window1"),
    Picture("window-vacancies", "/windows/", before=show_cards, device="window1"),
    Picture("screens", "/office/screens/", "wang"),
]


class Camera:
    """A browser before a running demonstration. `told` is its demo.json."""

    def __init__(self, browser: Browser, told: dict[str, Any]) -> None:
        self._browser, self._home = browser, told["base_url"]
        self._accounts = {account["key"]: account for account in told["accounts"]}
        self._devices = {device["key"]: device["token"] for device in told["devices"]}

    def take(self, picture: Picture, folder: Path) -> Path:
        """This will write one picture, at the best quality that stays small enough."""
        width, height = picture.size
        phone = picture.size == PHONE
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, base_url=self._home, locale="zh-CN",
            timezone_id="Asia/Shanghai", is_mobile=phone, has_touch=phone, device_scale_factor=1.5,
        )  # fmt: skip
        if picture.device:
            token = self._devices[picture.device]
            context.add_cookies([{"name": "device", "value": token, "url": self._home, "httpOnly": True}])
        page = context.new_page()
        if picture.who:
            self._log_in(page, self._accounts[picture.who])
        page.goto(picture.path)
        picture.before(page)
        for quality in range(88, 20, -8):
            image = page.screenshot(type="jpeg", quality=quality)
            if len(image) <= LARGEST_BYTES:
                break
        context.close()
        path = folder / f"{picture.name}.jpg"
        path.write_bytes(image)
        return path

    def _log_in(self, page: Page, account: dict[str, Any]) -> None:
        page.goto("/login/")
        page.locator("[name=username]").fill(account["username"])
        page.locator("[name=password]").fill(account["password"])
        if account["totp_secret"]:
            page.locator("[name=totp]").fill(totp.digits(account["totp_secret"], at=datetime.now(UTC)))
        page.locator("main form button").first.click()
        page.wait_for_url(lambda url: "/login" not in url)


def main(words: list[str]) -> int:
    card = Path(words[0] if words else "var") / "demo.json"
    if not card.exists():
        print(f"There is no {card}. Please run `make demo` and leave it running, or name its data folder.")
        return 1
    told = json.loads(card.read_text(encoding="utf-8"))
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        camera = Camera(browser, told)
        for picture in ALL:
            path = camera.take(picture, PICTURES)
            print(f"{path.name:20} {path.stat().st_size // 1000:4} kB")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
