"""Standing at the kiosk with fingers only: touches, its own keys, and what a visit leaves behind."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect

PHONE, NAME = "12000000077", "李秀芳"
UPRIGHT = (1080, 1920)
LEFT_BEHIND = """async () => JSON.stringify({
  page: document.documentElement.outerHTML, fields: [...document.querySelectorAll("input, textarea, select")]
    .filter((one) => one.type !== "hidden").map((one) => one.value),
  local: {...localStorage}, session: {...sessionStorage}, cookie: document.cookie,
  databases: (await indexedDB.databases()).map((one) => one.name), caches: await caches.keys(),
  kept: await Promise.all((await caches.keys()).map(async (name) => {
    const cache = await caches.open(name);
    return Promise.all((await cache.keys()).map(async (one) => {
      const answer = await cache.match(one, {ignoreVary: true});
      const words = /json|html/.test(answer.headers.get("Content-Type") ?? "") ? await answer.text() : "";
      return one.url + words;
    }));
  })),
  speaking: globalThis.speechSynthesis?.speaking ?? false, classes: document.documentElement.className,
})"""


def stand_at(page: Page, path: str = "/kiosk/") -> Page:
    """Open the kiosk and wait for its script."""
    page.goto(path)
    page.locator("ym-reach button").wait_for()
    return page


def type_word(page: Page, letters: str, word: str) -> None:
    """Touch letters and then the word among the candidates."""
    for letter in letters:
        key(page, letter).tap()
    page.locator(".keyboard__line").get_by_role("button", name=word, exact=True).tap()


def key(page: Page, label: str) -> Any:
    return page.locator("ym-keyboard").get_by_role("button", name=label, exact=True)


def write_by_hand(page: Page, strokes: list[list[tuple[float, float]]]) -> None:
    """Draw one character into the square; points are shares of its height, from its middle."""
    box = page.locator(".keyboard__pad").bounding_box()
    assert box
    side = box["height"] * 0.8
    left, top = box["x"] + (box["width"] - side) / 2, box["y"] + box["height"] * 0.1
    for stroke in strokes:
        points = [(left + x * side, top + y * side) for x, y in stroke]
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=8)
        page.mouse.up()


def enter(page: Page, phone: str = PHONE) -> None:
    """Say the phone with the machine's own keys, and the code as the demonstration shows it."""
    press_digits(page, phone)
    page.get_by_role("button", name="发送验证码").tap()
    press_digits(page, page.get_by_test_id("shown-code").inner_text().strip())
    page.get_by_role("button", name="继续").tap()
    expect(page.get_by_test_id("kiosk-code")).to_have_count(0)


def press_digits(page: Page, digits: str) -> None:
    for digit in digits:
        page.locator("ym-keypad").get_by_role("button", name=digit, exact=True).tap()


def left_behind(page: Page) -> dict[str, Any]:
    """Everything the machine still knows after the wipe."""
    page.wait_for_load_state()
    page.wait_for_timeout(300)
    page.wait_for_load_state()
    found: dict[str, Any] = json.loads(page.evaluate(LEFT_BEHIND))
    return found


def nothing_left(page: Page, *words: str) -> None:
    """The history leads to the first screen. Storages, fields, cookies, speech, choices: empty.

    Of the caches the public ones stand, and none of the words is in them.
    """
    left = left_behind(page)
    assert left["local"] == left["session"] == {}
    assert left["databases"] == []
    assert "ym_text" not in left["cookie"]
    assert not any(left["fields"])
    assert left["classes"] == ""
    assert left["speaking"] is False
    assert all(name.startswith("kiosk-") for name in left["caches"])
    assert "?" not in page.url, "what somebody looked for"
    everything = json.dumps(left, ensure_ascii=False)
    for word in (PHONE, NAME, *words):
        assert word not in everything, word


def smallest_target(page: Page) -> float:
    """The smaller side of the smallest thing to touch, in CSS pixels."""
    side: float = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(
            'a.button, button, a.chip, a.kiosk-door, a.kiosk-tile, .kiosk-tabs > *, input[name=q]')]
          .filter(e => e.checkVisibility() && !e.closest('.visually-hidden'))
          .map(e => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height)))"""
    )
    return side
