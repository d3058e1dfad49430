"""Everybody and everything ranked in one pass: deep lists, the prices they ask for, the lists people get."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

import numpy as np
from django.utils.timezone import localdate

from yuanmeng.matching import Matcher, Pair
from yuanmeng.matching.evaluate import spread
from yuanmeng.matching.learn import histogram, values_of
from yuanmeng.recommend import sharing, tilt
from yuanmeng.recommend.engine import Engine
from yuanmeng.recommend.keep import Keys, keep
from yuanmeng.recommend.models import KEPT_PER_SEEKER, KEPT_PER_VACANCY, Likeness, Suggestion
from yuanmeng.recommend.sharing import Lists
from yuanmeng.recommend.tilt import DEPTH, Deep, Tilt
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

Progress = Callable[[int, int], None]  # (done, of how many)
# Where deep lists come from, one a person, in their order: made here, or read from what many machines made.
Source = Callable[[Matcher, Tilt, list[str], date], list[Deep]]
CHUNK = 200
T = TypeVar("T")
WATCHED = 400  # people whose lists tell how the values of features lie (see `drift`)


def here(matcher: Matcher, moved: Tilt, people: list[str], day: date) -> list[Deep]:
    """Deep lists made in this process, one after the other."""
    return [moved.deep(matcher, person, day) for person in people]


def rank_all(
    serving: Engine, *, at: datetime, progress: Progress | None = None, deep: Source = here
) -> dict[str, Any]:
    """Make all lists anew with this engine; return how evenly they show vacancies, and their values.

    Suggestions are exchanged in small transactions: a list is never empty meanwhile, and answers stay. `deep`
    may take hours: nothing is written before it is done.
    """
    build = _Build(serving, at, progress or (lambda done, of: None), deep)
    figures = build.run()
    build.drop_the_rest()
    return figures


class _Build:
    """One pass over everybody and everything."""

    def __init__(self, serving: Engine, at: datetime, progress: Progress, deep: Source) -> None:
        self.matcher, self.version, self.progress = serving.matcher, serving.version, progress
        self.at, self.day, self.deep = at, localdate(at), deep
        self.kept: set[tuple[str, str]] = set()
        self.keys = Keys({}, {})
        self.done = 0

    def run(self) -> dict[str, Any]:
        """1. deep lists of everybody  2. prices  3. the lists people get  4. the people vacancies get."""
        people, jobs = sorted(self.matcher.town.people.slot), sorted(self.matcher.town.jobs.slot)
        of = len(people) + len(jobs)
        moved = tilt.of_everybody(self.day)
        deep = self.deep(self.matcher, moved, people, self.day)
        self.keys = _keys()
        places = [self.matcher.town.jobs.record(self.matcher.town.jobs.slot[uid]).openings for uid in jobs]
        lists = lists_of(people, jobs, places, deep)
        sharing.write(lists)
        sharing.price_anew(lists)
        moved = tilt.of_everybody(self.day)
        shown: list[list[Pair]] = []
        for part in _chunks(zip(people, deep, strict=True)):
            ranked = [
                moved.told(self.matcher, person, one, self.day, k=KEPT_PER_SEEKER) for person, one in part
            ]
            shown += ranked
            self._keep(ranked, of)
        for keys in _chunks(jobs):
            self._keep([moved.people(self.matcher, job, self.day, k=KEPT_PER_VACANCY) for job in keys], of)
            self._keep_likeness(keys)
        even = spread([[pair.job for pair in pairs] for pairs in shown], max(len(jobs), 1))
        return {**{name: round(value, 4) for name, value in even.items()}, "values": self._values(shown)}

    def drop_the_rest(self) -> None:
        """Delete what older builds and news left and this one did not find again."""
        of, to = self.keys.seekers, self.keys.vacancies
        kept = {(of[person], to[job]) for person, job in self.kept if person in of and job in to}
        rows = Suggestion.objects.unanswered().filter(made_at__lte=self.at)
        gone = [
            pk
            for pk, seeker, vacancy in rows.values_list("pk", "seeker", "vacancy")
            if (seeker, vacancy) not in kept
        ]
        for part in _chunks(gone):
            Suggestion.objects.unanswered().filter(pk__in=part).delete()

    def _keep(self, ranked: list[list[Pair]], of: int) -> None:
        """Write the pairs that are not written yet: many are among the best of both sides."""
        new = {(pair.person, pair.job): pair for pairs in ranked for pair in pairs}
        pairs = [pair for key, pair in new.items() if key not in self.kept]
        keep(pairs, self.version, at=self.at, keys=self.keys)
        self.kept |= new.keys()
        self.done += len(ranked)
        self.progress(self.done, of)

    def _keep_likeness(self, uids: list[str]) -> None:
        rows = [
            Likeness(
                vacancy_id=self.keys.vacancies[uid],
                others=self.matcher.similar(uid, self.day, k=12),
                made_at=self.at,
            )
            for uid in uids
            if uid in self.keys.vacancies
        ]
        Likeness.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["vacancy"], update_fields=["others", "made_at"]
        )

    def _values(self, shown: list[list[Pair]]) -> dict[str, list[int]]:
        """How often each feature's value lies in each tenth, of what some people are shown."""
        step = max(len(shown) // WATCHED, 1)
        day = self.day.toordinal()
        pairs = [(pair.person, pair.job, day) for pairs in shown[::step] for pair in pairs]
        names = [feature.name for feature in self.matcher.recipe.features]
        counts = histogram(values_of(self.matcher, pairs))
        return dict(zip(names, counts.astype(int).tolist(), strict=True))


def _keys() -> Keys:
    """Everybody who may be suggested now: who switched it off while deep lists were made is left out."""
    seekers = Seeker.objects.may_be_suggested().values_list("uid", "pk")
    return Keys(dict(seekers), dict(Vacancy.objects.values_list("uid", "pk")))


def lists_of(people: list[str], jobs: list[str], places: list[int], deep: list[Deep]) -> Lists:
    """Ranked pairs as arrays."""
    number = {uid: n for n, uid in enumerate(jobs)}
    job = np.full((len(people), DEPTH), -1, np.int32)
    score = np.zeros((len(people), DEPTH), np.float32)
    for row, pairs in enumerate(deep):
        job[row, : len(pairs)] = [number[uid] for uid, _score in pairs]
        score[row, : len(pairs)] = [value for _uid, value in pairs]
    return Lists(np.array(people, np.str_), np.array(jobs, np.str_), np.array(places, np.int32), job, score)


def _chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
