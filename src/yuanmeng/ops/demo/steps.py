"""Progress that a person waiting can read: one line a step, what came of it, and how long."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Steps:
    """Prints one line for each step; on a terminal the line counts while it works."""

    def __init__(self, out: Callable[[str], None] | None = None) -> None:
        self.live = sys.stdout.isatty() and out is None
        self.out = out or _print
        self.result, self.began = "", time.perf_counter()
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[Steps]:
        """This will time what happens inside; `said` sets the words at the end of the line."""
        begun, self.result = time.perf_counter(), ""
        if self.live:
            _print(f"   {name} …", end="\r")
        yield self
        self.seconds[name] = round(time.perf_counter() - begun, 2)
        self.out(f"✓  {name}{'：' if self.result else ''}{self.result}  ({self.seconds[name]:.1f} s)")

    def said(self, words: str) -> None:
        self.result = words

    def progress(self, name: str) -> Callable[[int, int], None]:
        """This will be a counter to hand to long work; silent where nobody watches."""

        def tell(done: int, of: int) -> None:
            if self.live:
                _print(f"   {name} … {done}/{of}", end="\r")

        return tell

    @property
    def total_s(self) -> float:
        return round(time.perf_counter() - self.began, 1)


def _print(words: str, end: str = "\n") -> None:
    # Clear what a longer line left behind.
    print(f"\033[K{words}" if sys.stdout.isatty() else words, end=end, flush=True)
