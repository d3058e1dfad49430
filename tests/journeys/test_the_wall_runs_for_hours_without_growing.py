"""Hours of refreshes in a minute: what the wall takes it gives back, or it would be black by the evening."""

from __future__ import annotations

import os
from collections.abc import Callable
from statistics import median

import pytest
from django.utils import timezone
from playwright.sync_api import CDPSession, Page

from tests.journeys.street import open_vacancies

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.django_db(transaction=True)]
# Four hours at 10 s; YUANMENG_SOAK=8640 makes it a day (bench/pages_in_browser.py --soak does the same).
REFRESHES = int(os.environ.get("YUANMENG_SOAK", "1440"))
SOME = REFRESHES // 20
MOST_GROWTH_MB = 2.0

# The answers are those of the house, asked once; then the hero's figure differs each time and the map each
# minute, so that every refresh has something to draw and no line is waited for.
ANSWERS = """() => {
  const ask = window.fetch, kept = new Map();
  let count = 0;
  window.fetch = async (url, options) => {
    const at = new URL(url, location.href);
    if (!at.pathname.startsWith('/api/')) return ask(url, options);
    if (!kept.has(at.href)) kept.set(at.href, await (await ask(url)).text());
    const data = JSON.parse(kept.get(at.href));
    count += 1;
    if ('new_today' in data) data.openings += count % 7;
    if ('radius_m' in data) data.n = data.n.map((n) => n + (count % 60 === 0 ? 1 : 0));
    const headers = { ETag: `"${count}"`, Date: new Date().toUTCString() };
    return new Response(JSON.stringify(data), { headers });
  };
}"""


@pytest.mark.timeout(600)
def test_the_wall_runs_a_day_without_growing(browser_page: Callable[..., Page]) -> None:
    open_vacancies(timezone.localtime())
    wall = browser_page(640, 360)
    wall.clock.install()
    wall.add_init_script(f"({ANSWERS})()")
    wall.goto("/wall/")
    wall.wait_for_selector("ym-wall[data-figures][data-list][data-narration]")
    wall.wait_for_selector("ym-map[data-ready]")
    devtools = wall.context.new_cdp_session(wall)
    seen = []
    for _twentieth in range(20):
        for _step in range(SOME):
            wall.clock.fast_forward(10_000)
        seen.append(measured(devtools))
    # From a fifth on; at one moment an old block may stand beside its new one, or wait to be collected.
    before, after = seen[3:8], seen[-5:]
    grown = median(one["heap_mb"] for one in after) - median(one["heap_mb"] for one in before)
    assert grown <= MOST_GROWTH_MB, seen
    # What leaks is there at every later moment, and one thing in ten refreshes would be more than this; what
    # stands at the quietest moment differs by a few with the block that happens to be shown.
    for name in ("nodes", "listeners"):
        grown = min(one[name] for one in after) - max(one[name] for one in before)
        assert grown <= SOME / 4, (name, [one[name] for one in seen])


def measured(devtools: CDPSession) -> dict[str, float]:
    devtools.send("HeapProfiler.collectGarbage")
    devtools.send("Performance.enable")
    found = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return {
        "heap_mb": round(found["JSHeapUsedSize"] / 1e6, 2),
        "nodes": found["Nodes"],
        "listeners": found["JSEventListeners"],
    }
