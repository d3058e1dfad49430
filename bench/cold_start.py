"""Cold start: how long from nothing to a town that answers, and how long the second time.

    python -m bench.cold_start [--profile town] [--json]

Steps are timed from outside, in processes of their own: build (import, gate, matching, news), serve until
/readyz says yes, the first page, stop. Then serve again on the folder that stands. Targets: build ≤ 60 s on
two cores, ready ≤ 5 s, second time to a page ≤ 10 s.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

TARGETS_S = {"build": 60.0, "ready": 5.0, "first page": 1.0, "stop": 10.0, "second time": 10.0}
CLI = [sys.executable, "-m", "yuanmeng.ops.cli"]


def main() -> None:
    """Measure, print the table, and with --json one object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", choices=["town", "acceptance"], default="town")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yuanmeng-cold-") as folder:
        seconds = measure(Path(folder), options.profile)
    for name, target in TARGETS_S.items():
        mark = "" if seconds[name] <= target else "  !!"
        print(f"{name:<12} {seconds[name]:>7.2f} s   target {target:>4.0f} s{mark}")
    if options.json:
        print(json.dumps({"bench": "cold_start", "profile": options.profile, "seconds": seconds}))


def measure(data: Path, profile: str) -> dict[str, float]:
    """This will give seconds for each step."""
    seconds: dict[str, float] = {}
    began = time.perf_counter()
    command = [*CLI, "demo", "--profile", profile, "--data", str(data)]
    subprocess.run(command, env=_env(), check=True, stdout=subprocess.DEVNULL)
    seconds["build"] = time.perf_counter() - began
    seconds |= _serve_once(data)
    again = _serve_once(data)
    seconds["second time"] = again["ready"] + again["first page"]
    return {name: round(value, 2) for name, value in seconds.items()}


def _serve_once(data: Path) -> dict[str, float]:
    port = _free_port()
    began = time.perf_counter()
    command = [*CLI, "serve", "--data", str(data), "--port", str(port)]
    house = subprocess.Popen(command, env=_env(), stdout=subprocess.DEVNULL)
    try:
        ready = _until(f"http://127.0.0.1:{port}/readyz", began)
        page = _until(f"http://127.0.0.1:{port}/", time.perf_counter())
    finally:
        asked = time.perf_counter()
        house.send_signal(signal.SIGTERM)
        house.wait(30)
    return {"ready": ready, "first page": page, "stop": time.perf_counter() - asked}


def _until(url: str, began: float) -> float:
    while time.perf_counter() - began < 60:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                answer.read()
            return time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"{url} did not answer within 60 s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _env() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("YUANMENG_")}


if __name__ == "__main__":
    main()
