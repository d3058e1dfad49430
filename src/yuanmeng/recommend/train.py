"""The full build: learn from all rows of today, rank everybody and everything, exchange the suggestions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from django.utils.timezone import localdate

from yuanmeng.core import events
from yuanmeng.core.models import EventRow
from yuanmeng.matching import Matcher, Pair
from yuanmeng.matching.evaluate import spread
from yuanmeng.recommend import engine, records
from yuanmeng.recommend.engine import READER, Engine
from yuanmeng.recommend.keep import Keys, keep
from yuanmeng.recommend.models import (
    KEPT_PER_SEEKER,
    KEPT_PER_VACANCY,
    Likeness,
    ModelVersion,
    Suggestion,
)
from yuanmeng.recommend.refresh import EVERY_REASON
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

Progress = Callable[[int, int], None]  # (done, of how many)
CHUNK = 200


def train(*, at: datetime, progress: Progress | None = None) -> ModelVersion:
    """Learn, rank and store for everybody; return the model that serves from now on.

    Suggestions are exchanged in small transactions: a list is never empty meanwhile, and answers stay. News
    told while this runs is handled again by the next `refresh.catch_up`.
    """
    began, day = time.perf_counter(), localdate(at)
    newest = EventRow.objects.order_by("xid", "id").last()
    people = [records.person_of(row, day) for row in records.seekers_to_match().iterator(500)]
    jobs = [records.job_of(row) for row in records.vacancies_to_match(day).iterator(500)]
    matcher = Matcher().fit(people, jobs, day)
    version = _publish(matcher, people=len(people), jobs=len(jobs), at=at)
    build = _Build(matcher, version, at, progress or (lambda done, of: None))
    figures = build.run([p.id for p in people], [j.id for j in jobs])
    Suggestion.objects.unanswered().exclude(model_version=version).delete()
    version.seconds, version.figures = round(time.perf_counter() - began, 2), figures
    version.save(update_fields=["seconds", "figures"])
    if newest is not None:
        events.mark_read(READER, newest)
    engine.hold(Engine(matcher, version, engine.read_so_far()))
    engine.drop_old_models()
    return version


def _publish(matcher: Matcher, *, people: int, jobs: int, at: datetime) -> ModelVersion:
    """Write the model down: its folder first, then the row that makes it serve."""
    version = ModelVersion(made_at=at, people=people, jobs=jobs, seconds=0, weights=_weights(matcher))
    matcher.save(engine.folder_of(version))
    version.save()
    return version


def _weights(matcher: Matcher) -> dict[str, list[float]]:
    """Per feature its weight and its usual value."""
    order = matcher.order_
    rows = zip(order.features, order.weight, order.usual, strict=True)
    return {feature.name: [round(float(w), 4), round(float(u), 4)] for feature, w, u in rows}


class _Build:
    """One pass over everybody and everything."""

    def __init__(self, matcher: Matcher, version: ModelVersion, at: datetime, progress: Progress) -> None:
        self.matcher, self.version, self.progress = matcher, version, progress
        self.at, self.day = at, localdate(at)
        self.kept: set[tuple[str, str]] = set()
        self.keys = Keys(
            dict(Seeker.objects.values_list("uid", "pk")), dict(Vacancy.objects.values_list("uid", "pk"))
        )

    def run(self, people: list[str], jobs: list[str]) -> dict[str, float]:
        """Store the best of each side; return how evenly vacancies are shown."""
        done, of = 0, len(people) + len(jobs)
        shown = list[list[str]]()
        for keys in _chunks(people):
            ranked = self.matcher.rank(keys, self.day, k=KEPT_PER_SEEKER, tell=EVERY_REASON)
            shown += [[pair.job for pair in pairs[:10]] for pairs in ranked]
            self._keep(ranked)
            done += len(keys)
            self.progress(done, of)
        for keys in _chunks(jobs):
            ranked = self.matcher.rank(keys, self.day, side="jobs", k=KEPT_PER_VACANCY, tell=EVERY_REASON)
            self._keep(ranked)
            self._keep_likeness(keys)
            done += len(keys)
            self.progress(done, of)
        return {name: round(value, 4) for name, value in spread(shown, max(len(jobs), 1)).items()}

    def _keep(self, ranked: list[list[Pair]]) -> None:
        """Write the pairs that are not written yet: many are among the best of both sides."""
        new = {(pair.person, pair.job): pair for pairs in ranked for pair in pairs}
        pairs = [pair for key, pair in new.items() if key not in self.kept]
        keep(pairs, self.version, at=self.at, keys=self.keys)
        self.kept |= new.keys()

    def _keep_likeness(self, uids: list[str]) -> None:
        rows = [
            Likeness(
                vacancy_id=self.keys.vacancies[uid],
                others=self.matcher.similar(uid, self.day, k=12),
                made_at=self.at,
            )
            for uid in uids
        ]
        Likeness.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["vacancy"], update_fields=["others", "made_at"]
        )


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    left = iter(ids)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
