"""`work`: the worker alone, as `serve` starts it and as a service manager may."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import Outcome


def add(parser: ArgumentParser) -> None:
    """One round or for ever."""
    parser.add_argument("--once", action="store_true", help="read all news, keep the time once, and end")


def run(options: Namespace) -> Outcome:
    """Read news and keep time until told to stop, or once."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.ops.readers import read_everything
    from yuanmeng.ops.worker import Worker

    if not options.once:
        Worker().run()
        return Outcome()
    read = read_everything(timezone.now())
    Worker().turn()
    return Outcome(lines=[_("%(news)d pieces of news read") % {"news": read}], facts={"read": read})
