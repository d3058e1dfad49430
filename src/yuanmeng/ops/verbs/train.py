"""`train`: learn anew, match everybody with everything, and learn what titles mean."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from yuanmeng.ops.outcome import FINDING, Cannot, Outcome
from yuanmeng.ops.verbs import match


def add(parser: ArgumentParser) -> None:
    """Who makes the lists (see `match`); without `--workers` this process does, and needs no package."""
    match.add_workers(parser, default=None)


def run(options: Namespace) -> Outcome:
    """Build a model of the rows of today and exchange the suggestions; a refused one is a finding.

    Tonight's build by the clock is left out then: it would do the same again.
    """
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from yuanmeng.core.errors import Refused
    from yuanmeng.ops import duties
    from yuanmeng.recommend import batching, build, door, words

    source, now = match.night_of(options) if options.workers else build.here, timezone.now()
    try:
        with batching.alone(), match.stoppable():
            if isinstance(source, batching.Night):
                source.prepare()
            version = door.train(at=now, deep=source)
    except Refused as why:
        raise Cannot(str(why)) from why
    duties.count_as_done("recommend.train", now)
    facts = {
        name: getattr(version, name) for name in ("uid", "people", "jobs", "seconds", "state", "verdict")
    }
    facts["titles"] = door.learn_titles(at=timezone.now())
    done = _("%(people)d people and %(jobs)d vacancies in %(seconds)s s") % facts
    refused = version.state == "refused"
    return Outcome(FINDING if refused else 0, [done, words.verdict(version)], facts)
