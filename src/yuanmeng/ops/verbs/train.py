"""`train`: learn anew and match everybody with everything."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import Outcome


def add(parser: ArgumentParser) -> None:
    """It has no options of its own."""


def run(options: Namespace) -> Outcome:
    """Build a model from the rows of today and exchange the suggestions."""
    from django.utils import timezone

    from yuanmeng.recommend import door

    version = door.train(at=timezone.now())
    facts = {"model": version.uid, "people": version.people, "jobs": version.jobs, "seconds": version.seconds}
    return Outcome(
        lines=[f"{version.people} people × {version.jobs} vacancies in {version.seconds} s"], facts=facts
    )
