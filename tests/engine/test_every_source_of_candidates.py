"""One suite over all retrievers: only what is allowed, best first, no more than asked for."""

from __future__ import annotations

import numpy as np
import pytest

from tests.engine.toy_town import DAY, crowd
from yuanmeng.matching import Matcher, Recipe
from yuanmeng.matching.meeting import Ask, SideName
from yuanmeng.matching.retrieve import RETRIEVERS, Retriever, everything

PEOPLE, JOBS = crowd(80, 200)
MATCHER = Matcher().fit(PEOPLE, JOBS, DAY)
ALL = pytest.mark.parametrize("source", [*RETRIEVERS, everything], ids=lambda source: source.name)
SIDES: list[SideName] = ["people", "jobs"]


def asks(matcher: Matcher, side: SideName) -> list[Ask]:
    keys = [f"p{n}" for n in range(12)] if side == "people" else [f"j{n}" for n in range(12)]
    return [Ask(matcher.town, side, matcher.town.table(side).slot[key], DAY.toordinal()) for key in keys]


@ALL
@pytest.mark.parametrize("side", SIDES)
def test_it_finds_only_what_is_allowed_and_never_more_than_asked(source: Retriever, side: SideName) -> None:
    for ask in asks(MATCHER, side):
        allowed = np.arange(ask.others.size) % 3 == 0
        found = source.find(ask, allowed, 15)
        assert len(found) == len(set(found)) <= 15
        assert allowed[found].all()


@ALL
@pytest.mark.parametrize("side", SIDES)
def test_it_lists_the_best_first(source: Retriever, side: SideName) -> None:
    for ask in asks(MATCHER, side):
        found, liking = source.find(ask, np.ones(ask.others.size, bool), 20), source.liking(ask)
        assert (np.diff(liking[found]) <= 0).all()
        rest = np.setdiff1d(np.flatnonzero(np.isfinite(liking)), found)
        assert not len(rest) or liking[rest].max() <= liking[found].min()


@ALL
def test_the_order_of_rows_decides_nothing(source: Retriever) -> None:
    other = MATCHER.emptied().fill(PEOPLE, JOBS[::-1])
    for one, same in zip(asks(MATCHER, "people"), asks(other, "people"), strict=True):
        names = []
        for ask in (one, same):
            found = source.find(ask, np.ones(ask.others.size, bool), 10)
            names.append([ask.town.jobs.record(row).id for row in found])
        assert names[0] == names[1]


def test_together_they_find_nearly_all_of_the_exact_best() -> None:
    people, jobs = crowd(40, 3_000)
    exact = Matcher().fit(people, jobs, DAY)
    quick = Matcher(Recipe(exact_up_to=0, candidates_each=150)).fit(people, jobs, DAY)
    ids = [person.id for person in people]
    best = [{p.job for p in pairs} for pairs in exact.rank(ids, DAY, k=10)]
    found = [{p.job for p in pairs} for pairs in quick.rank(ids, DAY, k=10)]
    share = np.mean([len(a & b) / max(len(a), 1) for a, b in zip(best, found, strict=True)])
    assert share >= 0.85
