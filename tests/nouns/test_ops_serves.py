"""`serve`: ready in seconds, a killed child comes back, and it stops cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.nouns.test_demo_acceptance import yuanmeng
from yuanmeng.ops.outcome import Cannot
from yuanmeng.ops.serve import House, is_ready, refuse_a_taken_port

# Installs of their own, on SQLite whatever the run is on; PostgreSQL has test_ops_on_postgresql.
pytestmark = pytest.mark.once


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: object, seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():  # type: ignore[operator]
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    yuanmeng("demo", "--profile", "acceptance", data=tmp_path)
    port = free_port()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("YUANMENG_")}
    command = [
        sys.executable,
        "-m",
        "yuanmeng.ops.cli",
        "serve",
        "--data",
        str(tmp_path),
        "--port",
        str(port),
    ]
    process = subprocess.Popen(command, env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield process, f"http://127.0.0.1:{port}"
    if process.poll() is None:
        process.terminate()
    process.wait(20)


def test_it_serves_without_any_flag_and_stops_cleanly(served: tuple[subprocess.Popen[bytes], str]) -> None:
    process, url = served
    assert wait_until(lambda: is_ready(url))
    with urllib.request.urlopen(f"{url}/") as page:
        assert page.status == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    assert not is_ready(url)


def test_a_second_house_on_the_same_port_is_refused() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Cannot, match="已有程序"):
            refuse_a_taken_port("127.0.0.1", taken.getsockname()[1])
    refuse_a_taken_port("127.0.0.1", free_port())


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "starts"
    script = f"open({str(mark)!r}, 'a').write('x')"
    said: list[str] = []
    house = House({"child": [sys.executable, "-c", script]}, say=said.append)
    assert house.run() == 2
    assert len(mark.read_text()) == 6 and len(said) == 6


def test_what_a_child_had_started_ends_with_the_house(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    script = (
        "import subprocess, sys, pathlib\n"
        "left = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"with open({str(mark)!r}, 'a') as file: file.write(f'{{left.pid}} ')"
    )
    assert House({"child": [sys.executable, "-c", script]}, say=lambda _said: None).run() == 2
    left = [int(pid) for pid in mark.read_text().split()]
    assert len(left) == 6
    assert wait_until(lambda: not any(runs(pid) for pid in left))


def runs(pid: int) -> bool:
    """Whether a process still does anything (one that waits to be collected does not)."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0]
    except OSError:
        return False


def test_a_command_waits_longer_for_the_one_writer_than_a_page(tmp_path: Path) -> None:
    said = (
        "from pathlib import Path; from yuanmeng.ops.cli import open_install, PATIENCE_S; import sys\n"
        "open_install(Path(sys.argv[1]))\n"
        "from django.db import connection\n"
        "print(connection.cursor().execute('PRAGMA busy_timeout').fetchone()[0] == PATIENCE_S * 1000)"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith("YUANMENG_")}
    made = subprocess.run(
        [sys.executable, "-c", said, str(tmp_path)], env=clean, capture_output=True, text=True
    )
    assert made.stdout.strip() == "True", made.stderr
