"""`selfcheck`: everything a careful administrator would look at, in one command."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable

from yuanmeng.ops.outcome import FINDING, Outcome


def add(parser: ArgumentParser) -> None:
    """It has no options of its own."""


def run(options: Namespace) -> Outcome:
    """Ask each thing and name what is not in order: a finding when one is not."""
    found = {name: ask() for name, ask in _asked().items()}
    lines = [
        f"{'ok' if not words else '!!'}  {name}{': ' if words else ''}{words}"
        for name, words in found.items()
    ]
    wrong = {name: words for name, words in found.items() if words}
    return Outcome(FINDING if wrong else 0, lines, {"findings": wrong, "asked": sorted(found)})


def _asked() -> dict[str, Callable[[], str]]:
    """Name → a call that says what is wrong, "" when nothing is."""
    from yuanmeng.ops import health

    ready = {name: _as_words(ask) for name, ask in health.ASKED.items() if name != "worker"}
    return {
        "settings": _settings,
        "pragmas": _database,
        "audit chain": _audit,
        "service ledger": _ledger,
        "pictures": _pictures,
        **ready,
    }


def _as_words(ask: Callable[[], bool]) -> Callable[[], str]:
    return lambda: "" if ask() else "not in order"


def _settings() -> str:
    from yuanmeng.ops.checks import for_the_settings

    return "; ".join(str(message.msg) for message in for_the_settings())


def _database() -> str:
    from yuanmeng.ops.checks import for_the_database

    return "; ".join(str(message.msg) for message in for_the_database(databases=["default"]))


def _audit() -> str:
    from yuanmeng.core import audit
    from yuanmeng.ops import anchors

    flaw = audit.verify(anchors.read(anchors.folder()))
    return f"{flaw.kind} at {flaw.seq}" if flaw else ""


def _ledger() -> str:
    from yuanmeng.counsel.ledger import verify

    flaw = verify()
    return str(flaw) if flaw else ""


def _pictures() -> str:
    from yuanmeng.signage import images

    return ", ".join(images.lost()[:10])
