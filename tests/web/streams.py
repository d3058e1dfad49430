"""A real server on the test's own database, and browsers that listen to it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar
from urllib.error import URLError

from django.db import connection

from yuanmeng.ops.serve import web_command


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(holds: Callable[[], Any], seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


class Server:
    """The web workers as `yuanmeng serve` starts them, reading the database this test writes to."""

    def __init__(self, folder: Path, *, workers: int = 1) -> None:
        self.port, self.workers = free_port(), workers
        self.process: subprocess.Popen[bytes] | None = None
        named = connection.settings_dict
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("YUANMENG_")} | {
            "YUANMENG_DATA": str(folder),
            "YUANMENG_DEMO": "1",
        }
        (folder / "static").mkdir(exist_ok=True)
        if connection.vendor == "postgresql":
            host, port = named["HOST"] or "127.0.0.1", named["PORT"] or 5432
            name = f"{named['USER']}:{named['PASSWORD']}@{host}:{port}/{named['NAME']}"
            self.env["YUANMENG_DATABASE"] = f"postgresql://{name}"
        elif not (folder / "yuanmeng.db").exists():
            (folder / "yuanmeng.db").symlink_to(named["NAME"])

    def start(self) -> Server:
        """Start it, unless it runs."""
        if self.process is not None and self.process.poll() is None:
            return self
        command = web_command(self.port, workers=self.workers)
        self.process = subprocess.Popen(command, env=self.env, start_new_session=True)
        assert wait_until(self.answers, 60), "the server does not answer"
        return self

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                return answer.status == 200
        except (URLError, OSError):
            return False

    def stop(self) -> float:
        """Ask it to end and return how long that took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        return time.monotonic() - began

    def kill(self) -> None:
        """kill −9, workers and all."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)


class Browser:
    """One open stream: what it heard, and the position it would come back with."""

    all: ClassVar[list[Browser]] = []

    def __init__(
        self, port: int, topics: str, *, position: str = "", reads: bool = True, **more: str
    ) -> None:
        self.heard: list[dict[str, Any]] = []
        self.position, self.status, self.over = position, 0, False
        self.line = socket.socket()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16 if reads else 1024)
        self.line.connect(("127.0.0.1", port))
        heads = {"Host": "127.0.0.1", "Last-Event-ID": position} | more
        asked = "".join(f"{name}: {value}\r\n" for name, value in heads.items() if value)
        self.line.sendall(f"GET /live?topics={topics} HTTP/1.1\r\n{asked}\r\n".encode())
        self.all.append(self)
        self.thread = threading.Thread(target=self._read, daemon=True)
        if reads:
            self.thread.start()
            assert wait_until(lambda: self.position != position or self.over or self.status not in {0, 200})

    def _read(self) -> None:
        try:
            with self.line.makefile("rb") as file:
                self._listen(file)
        except (OSError, ValueError, IndexError):
            pass
        finally:
            self.line.close()
            self.over = True

    def _listen(self, file: Any) -> None:
        self.status = int(file.readline().split()[1])
        for raw in file:
            line = raw.decode().rstrip("\r\n")
            if line.startswith("data: "):
                self.heard.append(json.loads(line[6:]))
            elif line.startswith("id: "):
                self.position = line[4:]
            elif line == "0":
                return  # the last chunk: the server has said good-bye

    @property
    def numbers(self) -> list[int]:
        return [hint["seq"] for hint in self.heard]

    def leave(self) -> None:
        """Close the line, as a browser does whose page is left."""
        if not self.over:
            with suppress(OSError):
                self.line.shutdown(socket.SHUT_RDWR)
        if self.thread.ident is None:
            self.line.close()
        else:
            self.thread.join(5)


def run(act: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run it in a thread of its own: a browser of another test may have left its loop running in this one."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(act())).result()
