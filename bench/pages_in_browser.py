"""What the pages cost the phone that opens them and the screen that shows them all day.

    python bench/pages_in_browser.py [--count 2000] [--soak 8640] [--json]

"phone" opens a page as from a code: empty cache, 1.6 Mbit/s, 150 ms there and back, a processor four times
slower than this one, until its main words are drawn. "bytes" is what came over the line, compressed as it is
served. "soak" lets the wall refresh so many times (8,640 is a day at 10 s) and compares memory, nodes and
listeners after the first fifth with those at the end. "paint" is a screen's first words at 1080p.
Targets: 2.5 s on the phone, 1 s on a screen; 60 kB a page, 450 kB more with a map; growth of at most 2 MB.
"""

from __future__ import annotations

import argparse
import json
import time
from statistics import median
from typing import Any

from map_in_browser import chromium, path_of_chromium, served
from street import street

PHONE_S, PAINT_S, PAGE_BYTES, MAP_BYTES = 2.5, 1.0, 60_000, 450_000
# What the wall shows changes by a block or two between two moments.
GROWTH = {"heap_mb": 2.0, "nodes": 30, "listeners": 3}
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
SLOWER = 4
# Path → whether a map belongs to it.
PAGES = {"/": False, "/vacancies/": True, "{vacancy}": False, "/programme/": False, "/kiosk/": False}
SCREENS = {"/wall/": True, "/windows/": False}
TIMES = 3


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--count", type=int, default=2_000)
    asked.add_argument("--soak", type=int, default=0, help="refreshes of the wall; 8640 is a day")
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    path_of_chromium()  # before a street is filled for nothing
    with street(options.count, postgres=False):
        from yuanmeng.vacancies.models import Vacancy
        from yuanmeng.vacancies.search import rebuild

        rebuild()
        vacancy = f"/vacancies/{Vacancy.objects.values_list('uid', flat=True).first()}/"
        with served() as address, chromium() as browser:
            result = measured(browser, address, vacancy)
            if options.soak:
                result["soak"] = soaked(browser, address, options.soak)
    result["kept"] = kept(result)
    if not options.json:
        print(table(result))
    print(json.dumps(result))


def measured(browser: Any, address: str, vacancy: str) -> dict[str, Any]:
    rows = []
    for path, has_map in (PAGES | SCREENS).items():
        where = path.format(vacancy=vacancy)
        warm(browser, address + where)
        row: dict[str, Any] = {"page": "/vacancies/…/" if "{" in path else path, "has_map": has_map}
        row["bytes"] = bytes_of(browser, address + where)
        if path in PAGES:
            row["phone_s"] = median(on_phone(browser, address + where) for _n in range(TIMES))
        else:
            row["paint_s"] = median(first_paint(browser, address + where) for _n in range(TIMES))
        rows.append(row)
    return {"pages": rows}


def warm(browser: Any, url: str) -> None:
    """Open it once, so that no page pays for what the server does at its first answer."""
    page = browser.new_page()
    page.goto(url)
    page.close()


def bytes_of(browser: Any, url: str) -> int:
    """All that came over the line until nothing more was asked for."""
    context = browser.new_context()
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(url)
    page.wait_for_timeout(3_000)
    context.close()
    return round(sum(sizes))


def first_paint(browser: Any, url: str) -> float:
    """Seconds to the first words on a screen of 1080p, with an empty cache, by the browser's own count."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.goto(url)
    page.wait_for_timeout(1_500)
    took = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return round(took / 1000, 2)


def on_phone(browser: Any, url: str) -> float:
    """Seconds from the code to the main words drawn and the page answering a finger."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW_LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    began = time.perf_counter()
    page.goto(url, wait_until="load")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    took = time.perf_counter() - began
    context.close()
    return round(took, 2)


def soaked(browser: Any, address: str, refreshes: int) -> dict[str, Any]:
    """Memory, nodes and listeners of the wall after a fifth of the refreshes and at the end."""
    context = browser.new_context(viewport={"width": 640, "height": 360})
    page = context.new_page()
    page.clock.install()
    page.goto(f"{address}/wall/")
    page.wait_for_selector("ym-map[data-ready]", timeout=60_000)
    devtools = context.new_cdp_session(page)
    devtools.send("Performance.enable")
    began, seen = time.perf_counter(), []
    for step in range(1, refreshes + 1):
        page.clock.fast_forward(10_000)
        if step % (refreshes // 20) == 0:
            seen.append(_sizes(devtools))
    first, last = _middle(seen[3:8]), _middle(seen[-5:])
    context.close()
    return {
        "refreshes": refreshes, "took_s": round(time.perf_counter() - began),
        "heap_mb": [first[0], last[0]], "nodes": [first[1], last[1]], "listeners": [first[2], last[2]],
    }  # fmt: skip


def _middle(samples: list[tuple[float, int, int]]) -> list[float]:
    """Of five moments the middle heap, and the fewest nodes and listeners.

    Blocks that were drawn anew wait to be collected, hundreds of nodes now and none then; what leaks stays.
    """
    heaps, nodes, listeners = zip(*samples, strict=True)
    return [median(heaps), min(nodes), min(listeners)]


def _sizes(devtools: Any) -> tuple[float, int, int]:
    devtools.send("HeapProfiler.collectGarbage")
    found = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    return round(found["JSHeapUsedSize"] / 1e6, 2), int(found["Nodes"]), int(found["JSEventListeners"])


def kept(result: dict[str, Any]) -> bool:
    pages = all(
        row["bytes"] <= (MAP_BYTES + PAGE_BYTES if row["has_map"] else PAGE_BYTES)
        and row.get("phone_s", 0) <= PHONE_S
        and row.get("paint_s", 0) <= PAINT_S
        for row in result["pages"]
    )
    soak = result.get("soak")
    if soak is None:
        return pages
    grew = {name: soak[name][1] - soak[name][0] for name in GROWTH}
    return pages and all(grew[name] <= most for name, most in GROWTH.items())


def table(result: dict[str, Any]) -> str:
    lines = [f"{'page':18}{'bytes':>10}{'phone s':>9}{'paint s':>9}"]
    for row in result["pages"]:
        lines.append(
            f"{row['page']:18}{row['bytes']:10,}{row.get('phone_s', ''):>9}{row.get('paint_s', ''):>9}"
        )
    if soak := result.get("soak"):
        lines.append(f"{soak['refreshes']:,} refreshes in {soak['took_s']} s, after a fifth → at the end:")
        lines += [
            f"  {name}: {soak[name][0]} → {soak[name][1]}" for name in ("heap_mb", "nodes", "listeners")
        ]
    lines.append(
        f"targets {PHONE_S} s, {PAINT_S} s, {PAGE_BYTES:,} B, with map {MAP_BYTES:,} B more: "
        f"{'kept' if result['kept'] else 'MISSED'}"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
