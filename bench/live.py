"""News to browsers: 500 streams held by one real web process, from the commit of a hint to its receipt.

    python -m bench.live [--clients 500] [--hints 100] [--postgres] [--json]

Each browser must hear each hint once and in order; then all hang up, hints are said, all come back with their
positions and must hear what they missed. Said are the waits, the memory of a stream, and what was lost.
Target: p95 200 ms, 60 kB a stream. The browsers run beside the server on the same cores.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

from bench.street import quantile, said, street

TARGET_P95_MS, TARGET_KB = 200.0, 60.0
EVERY_S, PATIENCE_S = 0.1, 30.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=500)
    asked.add_argument("--hints", type=int, default=100)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    with street(100, postgres=options.postgres), served() as house:
        result = asyncio.run(measured(house, options.clients, options.hints))
    result |= {"clients": options.clients, "database": "postgresql" if options.postgres else "sqlite"}
    result |= {"target_p95_ms": TARGET_P95_MS, "target_kb": TARGET_KB}
    if not options.json:
        for name, value in result.items():
            print(f"{name:34}{value:>14}")
    print(json.dumps({"bench": "live", **result}))


class served:
    """One web process, as `yuanmeng serve` starts it."""

    def __enter__(self) -> served:
        from django.conf import settings

        from yuanmeng.ops.serve import web_command

        (Path(settings.DATA_DIR) / "static").mkdir(exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process = subprocess.Popen(
            web_command(self.port, workers=1),
            env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src")},
            start_new_session=True,
        )
        said("the server answers", self._wait)
        return self

    def _wait(self) -> None:
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                    return
            except (URLError, OSError):
                time.sleep(0.1)

    @property
    def memory_kb(self) -> int:
        """Resident memory of the worker, the process whose parent is granian's."""
        for path in Path("/proc").glob("[0-9]*/status"):
            try:
                facts = dict(line.split(":", 1) for line in path.read_text().splitlines() if ":" in line)
            except OSError:
                continue
            if facts.get("PPid", "").strip() == str(self.process.pid):
                return int(facts["VmRSS"].split()[0])
        return 0

    def __exit__(self, *_trouble: Any) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Browser:
    """One EventSource: its position, and when each hint came."""

    def __init__(self, port: int) -> None:
        self.port, self.position = port, ""
        self.heard: list[tuple[int, float]] = []
        self.ready = asyncio.Event()

    async def listen(self) -> None:
        reader, self.line = await asyncio.open_connection("127.0.0.1", self.port)
        came_back = f"Last-Event-ID: {self.position}\r\n" if self.position else ""
        self.line.write(f"GET /live?topics=vacancies HTTP/1.1\r\nHost: 127.0.0.1\r\n{came_back}\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    self.heard.append((json.loads(line[6:])["seq"], time.perf_counter()))
                elif line.startswith(b"id: "):
                    self.position = line[4:].decode().strip()
                    self.ready.set()
        except OSError:
            pass

    def hang_up(self) -> None:
        self.ready.clear()
        self.line.transport.abort()


async def measured(house: served, clients: int, hints: int) -> dict[str, Any]:
    """All figures, times in milliseconds."""
    bare = [Browser(house.port) for _n in range(5)]
    await _come(bare)
    before = house.memory_kb
    browsers = [Browser(house.port) for _n in range(clients)]
    came = await _come(browsers)
    memory = (house.memory_kb - before) / clients
    told = await asyncio.to_thread(_say, hints)
    await _until(lambda: all(len(browser.heard) >= hints for browser in browsers))
    waits = sorted((at - told[seq]) * 1_000 for browser in browsers for seq, at in browser.heard)
    lost = _lost(browsers, list(told))
    for browser in browsers:
        browser.hang_up()
        browser.heard.clear()
    missed = await asyncio.to_thread(_say, hints, 0.0)
    back = await _come(browsers)
    await _until(lambda: all(len(browser.heard) >= hints for browser in browsers))
    return {
        "hints": hints, "deliveries": len(waits),
        **{f"p{part}_ms": round(quantile(waits, part / 100), 1) for part in (50, 95, 99)},
        "worst_ms": round(waits[-1], 1), "lost_or_twice": lost,
        "lost_or_twice_after_coming_back": _lost(browsers, list(missed)),
        "all_came_in_ms": came, "all_came_back_in_ms": back,
        "kb_a_stream": round(memory, 1), "process_mb": round(house.memory_kb / 1024, 1),
    }  # fmt: skip


async def _come(browsers: list[Browser]) -> float:
    began = time.perf_counter()
    for browser in browsers:
        _tasks.append(asyncio.create_task(browser.listen()))
    await _until(lambda: all(browser.ready.is_set() for browser in browsers))
    return round((time.perf_counter() - began) * 1_000, 1)


_tasks: list[asyncio.Task[None]] = []


def _say(hints: int, every_s: float = EVERY_S) -> dict[int, float]:
    """Number of each hint and when its commit was done."""
    from django.db import connection
    from django.utils import timezone

    from yuanmeng.core import topics

    told = {}
    for _n in range(hints):
        seq = topics.say("vacancies", "vacancy.published", at=timezone.now())
        told[seq] = time.perf_counter()
        time.sleep(every_s)
    connection.close()
    return told


async def _until(holds: Any) -> None:
    deadline = time.perf_counter() + PATIENCE_S
    while not holds() and time.perf_counter() < deadline:
        await asyncio.sleep(0.01)


def _lost(browsers: list[Browser], numbers: list[int]) -> int:
    """How many browsers heard anything but these numbers, once each and in order."""
    return sum([seq for seq, _at in browser.heard] != numbers for browser in browsers)


if __name__ == "__main__":
    main()
