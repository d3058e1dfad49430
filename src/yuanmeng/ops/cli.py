"""`yuanmeng VERB --data DIR [--json]`: the door for people who run an install.

Exit status: 0 done · 1 a finding · 2 it could not be done.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path
from types import ModuleType

from yuanmeng import __version__
from yuanmeng.ops.outcome import CANNOT, Cannot, Outcome

# Verb → its module (with `add(parser)` and `run(options)`) and what it does.
VERBS = {
    "serve": ("yuanmeng.ops.verbs.serve", "web workers and the worker of the house, in one command"),
    "work": ("yuanmeng.ops.verbs.work", "the worker alone: reads the news, keeps the time"),
    "demo": ("yuanmeng.ops.verbs.demo", "a town with people in it"),
    "migrate": ("yuanmeng.ops.verbs.migrate", "bring the database to this release"),
    "selfcheck": ("yuanmeng.ops.verbs.selfcheck", "settings, database, guards, chains, keys"),
    "import": ("yuanmeng.ops.import_rows", "take a file of vacancies, seekers or organisations in"),
    "geo": ("yuanmeng.ops.verbs.geo", "map data: import, list, roll back"),
    "train": ("yuanmeng.ops.verbs.train", "learn anew and match everybody"),
    "match": ("yuanmeng.ops.verbs.match", "match everybody anew in shards, here or on many machines"),
    "model": ("yuanmeng.ops.verbs.model", "the builds of the engine; back to an earlier one"),
    "openapi": ("yuanmeng.ops.verbs.openapi", "write the API's description"),
    "code": ("yuanmeng.ops.verbs.code", "the second factor of a demonstration account"),
    "audit": ("yuanmeng.ops.verbs.audit", "verify the audit chain and the service ledger"),
    "backup": ("yuanmeng.ops.verbs.backup", "one file of database and media; the keys apart"),
    "restore": ("yuanmeng.ops.verbs.restore", "verify a backup; put it back when it is whole"),
}
DEMO_MARK = "demo.json"
PATIENCE_S = 60.0


def main(argv: list[str] | None = None) -> int:
    """Read the command line, open the install, do the verb, say how it ended."""
    words = sys.argv[1:] if argv is None else argv
    verb = words[0] if words and words[0] in VERBS else ""
    module = _module(verb) if verb else None
    options = _parser(verb, module).parse_args(words)
    if module is None:
        return CANNOT
    try:
        open_install(Path(options.data), demo=verb == "demo")
        outcome: Outcome = module.run(options)
    except Cannot as why:
        outcome = Outcome(CANNOT, [str(why)], {"why": str(why)})
    outcome.say(as_json=options.json)
    return outcome.code


def _parser(verb: str, module: ModuleType | None) -> argparse.ArgumentParser:
    """All verbs are listed; only the one that is called tells its options, so that help stays quick."""
    parser = argparse.ArgumentParser(
        prog="yuanmeng", description="Yuanmeng, the employment service of a neighbourhood."
    )
    parser.add_argument("--version", action="version", version=__version__)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, (_, words) in VERBS.items():
        one = verbs.add_parser(name, help=words, description=words)
        one.add_argument(
            "--data", default=os.environ.get("YUANMENG_DATA", "var"), help="the data folder (default: var)"
        )
        one.add_argument("--json", action="store_true", help="end with one JSON object")
        if name == verb and module is not None:
            module.add(one)
    return parser


def _module(verb: str) -> ModuleType:
    return importlib.import_module(VERBS[verb][0])


def open_install(data: Path, *, demo: bool = False) -> None:
    """Point the settings at a data folder; a folder that the demo made stays a demo without any flag."""
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    os.environ["YUANMENG_DATA"] = str(data)
    if demo or (data / DEMO_MARK).exists():
        os.environ["YUANMENG_DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yuanmeng.config.settings")
    import django

    django.setup()
    _wait_for_others()
    _speak()
    _refuse_unsafe_settings()


def _wait_for_others() -> None:
    """A page must not wait long for the one writer SQLite allows; a command of hours may, and is not lost."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"]["timeout"] = PATIENCE_S


def _speak() -> None:
    """Commands speak the language of the install."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


def _refuse_unsafe_settings() -> None:
    from yuanmeng.ops.checks import for_the_settings

    found = for_the_settings()
    if found:
        raise Cannot("\n".join(f"{message.msg} {message.hint}" for message in found))


if __name__ == "__main__":
    sys.exit(main())
