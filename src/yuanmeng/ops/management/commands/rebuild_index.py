"""rebuild_index: make the search index anew from the vacancies. Searches stay right while it runs."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from yuanmeng.vacancies import search, textindex


class Command(BaseCommand):
    """Makes the text index anew; needed after a restore, never in daily life: the worker keeps it."""

    help = "Make the search index of the vacancies anew. Searches stay right while it runs."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.perf_counter()
        count = search.rebuild()
        seconds = time.perf_counter() - started
        self.stdout.write(
            f"{count} vacancies indexed in {seconds:.1f} s; {textindex.size()} texts stand there"
        )
