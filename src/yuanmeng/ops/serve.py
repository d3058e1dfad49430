"""Everything in one command: the web workers and the worker of the house, started and stopped together."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from django.utils.translation import gettext as _

from yuanmeng.ops.outcome import Cannot

HOST = "127.0.0.1"
READY_WITHIN_S = 20.0
GRACE_S = 10.0
# A process that dies is started again, but not more often than this: a broken install must be seen.
RESTARTS, WITHIN_S = 5, 60.0


def web_command(port: int, host: str = HOST, workers: int = 2) -> list[str]:
    """Granian's RSGI workers: synchronous pages in threads, streams on the loop beside them (decision 8)."""
    return [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--backlog", "1024", "--backpressure", "2000", "--http", "1", "--no-ws",
        "--loop", "asyncio",
        "--http1-header-read-timeout", "10000", "--workers-kill-timeout", "8", "--respawn-failed-workers",
        "--log-level", "warning", "--no-access-log", "yuanmeng.config.rsgi:application",
    ]  # fmt: skip


def work_command() -> list[str]:
    return [sys.executable, "-m", "yuanmeng.ops.cli", "work"]


def refuse_a_taken_port(host: str, port: int) -> None:
    """Raise Cannot where nothing can listen: two houses on one port would answer in turns."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # A house that has just ended leaves connections behind, and no listener: that is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            sentence = _("This account may not listen on port %(port)s. Please choose one above 1023.")
        except OSError as failure:
            if failure.errno != errno.EADDRINUSE:
                raise Cannot(f"{host}:{port}: {failure.strerror}") from failure
            sentence = _(
                "Something listens on port %(port)s already, perhaps this house started before. "
                "Please end that, or choose another port."
            )
        else:
            return
    raise Cannot(sentence % {"port": port})


class House:
    """The children of `serve`: started, watched, started again, and stopped in order."""

    def __init__(self, commands: dict[str, list[str]], say: Callable[[str], None] = print) -> None:
        self.commands, self.say = commands, say
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.groups: list[int] = []
        self.deaths: list[float] = []
        self.stopping = False

    def run(self, *, url: str = "") -> int:
        """Serve until SIGTERM or SIGINT; 0 after a clean stop, 2 when a child keeps dying."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for name in self.commands:
            self._start(name)
        if url:
            self._tell_when_ready(url)
        try:
            return self._watch()
        finally:
            self._end()

    def _start(self, name: str) -> None:
        # Its own group: Ctrl-C reaches this process alone, which then ends the children in order.
        self.children[name] = subprocess.Popen(self.commands[name], start_new_session=True)
        self.groups.append(self.children[name].pid)

    def _tell_when_ready(self, url: str) -> None:
        began = time.monotonic()
        while not self.stopping and time.monotonic() - began < READY_WITHIN_S:
            if is_ready(url):
                seconds = round(time.monotonic() - began, 1)
                self.say(_("Ready after %(seconds)s s: %(url)s") % {"seconds": seconds, "url": url})
                return
            time.sleep(0.05)

    def _watch(self) -> int:
        while not self.stopping:
            for name, child in self.children.items():
                if child.poll() is not None and not self._start_again(name):
                    return 2
            time.sleep(0.2)
        return 0

    def _start_again(self, name: str) -> bool:
        now = time.monotonic()
        self.deaths = [at for at in self.deaths if now - at < WITHIN_S] + [now]
        if len(self.deaths) > RESTARTS:
            self.say(_("%(name)s keeps ending; giving up.") % {"name": name})
            return False
        self.say(_("%(name)s has ended; starting it again.") % {"name": name})
        self._start(name)
        return True

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        """Ask every child to end, wait, then end those that would not and what children had started."""
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_S
        for child in self.children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
        for group in self.groups:  # the nightly training runs beside the worker and must not outlive its data
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGTERM)


def is_ready(url: str) -> bool:
    """This will ask /readyz once."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
