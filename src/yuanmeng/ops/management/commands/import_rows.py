"""`manage.py import_rows`: the same as `yuanmeng import`, for people used to Django's commands."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from yuanmeng.ops import import_rows
from yuanmeng.ops.outcome import Cannot


class Command(BaseCommand):
    help = "Take a file of vacancies, seekers or organisations in."

    def add_arguments(self, parser: CommandParser) -> None:
        import_rows.add(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = import_rows.run(Namespace(**options))
        except Cannot as why:
            raise CommandError(str(why)) from why
        self.stdout.write("\n".join(outcome.lines))
