"""`match`: everybody matched anew by the model that serves, in shards, here or on many machines."""

from __future__ import annotations

import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from yuanmeng.ops.outcome import Cannot, Outcome

if TYPE_CHECKING:
    from yuanmeng.recommend.batching import Night

TOLD_EVERY_S = 5


def add(parser: ArgumentParser) -> None:
    """Who makes the shards, where they lie, what happens to them."""
    add_workers(parser, default="local")
    parser.add_argument("--k", type=int, default=60, help="how deep each list is asked for (10 to 60)")


def add_workers(parser: ArgumentParser, *, default: str | None) -> None:
    """The options that `train` has too."""
    parser.add_argument(
        "--workers", choices=("local", "ray"), default=default, help="one process here, or the tasks of Ray"
    )
    parser.add_argument(
        "--ray-address", default="", metavar="A", help="a Ray that runs already (default: start one here)"
    )
    parser.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where all machines find the shards (default: data folder)"
    )
    parser.add_argument("--shard-rows", type=int, default=2_000, metavar="N", help="people in one shard")
    again = parser.add_mutually_exclusive_group()
    again.add_argument(
        "--resume", dest="fresh", action="store_false", help="go on from shards that are there (the default)"
    )
    again.add_argument("--fresh", action="store_true", help="make all shards anew")
    parser.add_argument("--keep", action="store_true", help="leave records and shards in the folder")


def run(options: Namespace) -> Outcome:
    """Match, exchange the suggestions, say how many."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.core.errors import Refused
    from yuanmeng.recommend import batching

    night, began = night_of(options), time.perf_counter()
    try:
        with batching.alone(), stoppable():
            figures = batching.match(night, at=timezone.now(), progress=told(_("lists exchanged")))
    except Refused as why:
        raise Cannot(str(why)) from why
    made = {name: getattr(night.result, name, 0) for name in ("pairs", "made", "kept")}
    even = {name: value for name, value in figures.items() if name != "values"}
    facts = {**made, "seconds": round(time.perf_counter() - began, 2), "figures": even}
    words = _("%(pairs)d pairs in %(made)d new and %(kept)d earlier shards, lists exchanged in %(seconds)s s")
    return Outcome(lines=[words % facts], facts=facts)


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM end this as an exception would: the records that were given out are deleted on the way."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def night_of(options: Namespace) -> Night:
    """What the options ask for. Raises Cannot."""
    from django.utils.translation import gettext as _

    from yuanmeng.recommend import batching, tilt

    if options.ray_address and options.workers != "ray":
        raise Cannot(_("--ray-address goes with --workers ray."))
    return batching.Night(
        options.out.resolve() if options.out else batching.default_base(),
        workers=options.workers,
        address=options.ray_address,
        shard_rows=options.shard_rows,
        k=getattr(options, "k", tilt.DEPTH),
        fresh=options.fresh,
        keep=options.keep,
        progress=told(_("shards made")),
    )


def told(what: str) -> Callable[[int, int], None]:
    """Progress as lines on stderr, the last one always and others not too often."""
    last = [time.monotonic()]

    def tell(done: int, of: int) -> None:
        if done == of or time.monotonic() - last[0] >= TOLD_EVERY_S:
            last[0] = time.monotonic()
            print(f"{what}: {done} / {of}", file=sys.stderr, flush=True)

    return tell
