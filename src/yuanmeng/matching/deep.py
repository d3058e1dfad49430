"""Long lists as scores alone: what `rank` does without making pairs and reasons of them."""

from __future__ import annotations

from datetime import date

import numpy as np

from .explain import SILENT
from .features import table
from .gates import allowed
from .meeting import Ask
from .ranker import Matcher
from .retrieve.base import top


def scored(matcher: Matcher, person: str, day: date, k: int) -> list[tuple[str, float]]:
    """The best k jobs of a person as (job, score), best first. Raises KeyError for somebody not here."""
    ask = Ask(matcher.town, "people", matcher.town.people.slot[person], day.toordinal())
    rows = np.flatnonzero(allowed(ask, matcher.recipe.gates))
    if len(rows) > matcher.recipe.exact_up_to:
        return [(pair.job, pair.score) for pair in matcher.rank([person], day, k=k, tell=SILENT)[0]]
    score = matcher.order_.score(table(ask.meet(rows), matcher.recipe.features))
    best = top(score, ask.others.tie[rows], k)
    return [(matcher.town.jobs.record(rows[n]).id, float(score[n])) for n in best]
