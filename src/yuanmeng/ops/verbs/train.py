"""`train`: learn anew and match everybody with everything."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import Outcome


def add(parser: ArgumentParser) -> None:
    """It has no options of its own."""


def run(options: Namespace) -> Outcome:
    """Build a model from the rows of today and exchange the suggestions."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.recommend import door

    version = door.train(at=timezone.now())
    facts = {name: getattr(version, name) for name in ("uid", "people", "jobs", "seconds")}
    words = _("%(people)d people and %(jobs)d vacancies in %(seconds)s s") % facts
    return Outcome(lines=[words], facts=facts)
