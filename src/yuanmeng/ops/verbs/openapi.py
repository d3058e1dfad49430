"""`openapi`: the description of the API, as served at /api/openapi.json."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

from yuanmeng.ops.outcome import Cannot, Outcome


def add(parser: ArgumentParser) -> None:
    """Where to write it; standard output when not named."""
    parser.add_argument("--to", type=Path, metavar="FILE")


def run(options: Namespace) -> Outcome:
    """Ask the address itself: ops and web stand on one floor and do not import each other."""
    from django.test import Client

    answer = Client().get("/api/openapi.json", secure=True)
    if answer.status_code != 200:
        raise Cannot(f"/api/openapi.json answers {answer.status_code}.")
    text = json.dumps(answer.json(), ensure_ascii=False, indent=1)
    if options.to is None:
        return Outcome(lines=[text])
    options.to.write_text(text + "\n", encoding="utf-8")
    return Outcome(lines=[f"{options.to}"], facts={"file": str(options.to)})
