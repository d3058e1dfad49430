"""`migrate`: bring the database to this release and the reference tables up to date."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import Outcome


def add(parser: ArgumentParser) -> None:
    """It has no options of its own."""


def run(options: Namespace) -> Outcome:
    """Migrate, then load areas, industries, occupations and the spaces."""
    from yuanmeng.ops import reference_tables, storage

    storage.prepare()
    tables = reference_tables.load()
    return Outcome(lines=[f"{count:>6} {name}" for name, count in tables.items()], facts=dict(tables))
