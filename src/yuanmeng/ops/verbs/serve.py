"""`serve`: the whole house on one port."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import CANNOT, Outcome


def add(parser: ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="", help="default: 127.0.0.1, the only one a demonstration may use")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default: 2)")


def run(options: Namespace) -> Outcome:
    """Migrate what is missing, then serve until told to stop."""
    from django.conf import settings
    from django.utils.translation import gettext as _

    from yuanmeng.ops import storage
    from yuanmeng.ops.serve import HOST, House, refuse_a_taken_port, web_command, work_command

    host = options.host or HOST
    if settings.DEMO_MODE and host != HOST:
        return Outcome(CANNOT, [_("A demonstration serves %(host)s only.") % {"host": HOST}])
    refuse_a_taken_port(host, options.port)
    storage.prepare()
    url = f"http://{host}:{options.port}"
    if settings.DEMO_MODE:
        os.environ["YUANMENG_BASE_URL"] = url
    house = House({"web": web_command(options.port, host, options.workers), "worker": work_command()})
    return Outcome(house.run(url=url))
