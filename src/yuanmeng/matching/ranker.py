"""``Matcher``: the one face of the engine. Records in; ranked pairs, reasons and figures out.

    matcher = Matcher().fit(people, jobs, day)
    matcher.rank(["li"], day)            # a person's jobs;  side="jobs": a job's people
    matcher.upsert_jobs([job])           # rankable at once, nothing is refitted

The way of a question: 1 gates say what may be shown   2 retrievers unite candidates (all of them while they
are few) 3 features become numbers   4 the order scores them   5 the best k get their reasons.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from . import assign, evaluate, explain, store
from .directions import Directions
from .explain import Telling
from .features import FEATURES, Feature, table
from .gates import GATES, Gate, allowed, closed
from .liking import Liking
from .meeting import Ask, Meeting, SideName, Town
from .order import WeightedSum
from .records import Job, Missing, Pair, Person, Reason
from .retrieve import RETRIEVERS, Retriever
from .retrieve.base import Slots, top
from .tables import Table
from .text import BUCKETS, counts, rarity

if TYPE_CHECKING:
    from .reach import Lesson, Step

SIDES: tuple[SideName, ...] = ("people", "jobs")
CHANCE_PEOPLE, CHANCE_JOBS = 64, 256  # whose pairs tell what is usual


class NotKnown(LookupError):
    """An id that was never put here, or was removed."""


@dataclass(frozen=True)
class Recipe:
    """What a kind of target is matched by. Another kind has other features and gates, not other code."""

    gates: tuple[Gate, ...] = GATES
    features: tuple[Feature, ...] = FEATURES
    retrievers: tuple[Retriever, ...] = RETRIEVERS
    candidates_each: int = 200  # of one retriever
    exact_up_to: int = 3_000  # so many allowed rows are all scored, without retrievers


class Matcher:
    """People and jobs of one town, met in both directions by the same code.

    ``seed`` chooses the chance pairs that calibrate the order; nothing else is random. Results do not depend
    on the order in which rows came, and a batch is its single questions.
    """

    def __init__(self, recipe: Recipe | None = None, *, seed: int = 0) -> None:
        self.recipe, self.seed = recipe or Recipe(), seed
        self.town = Town()
        self.idf_: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None
        self.order_ = WeightedSum.first(self.recipe.features)
        self.liking_: Liking | None = None

    # ---- learning and keeping up to date
    def fit(
        self, people: Iterable[Person], jobs: Iterable[Job], day: date, *, past: Iterable[Job] = ()
    ) -> Matcher:
        """Take these records in place of all others; learn which words are rare, what is usual, and how
        choices lie together. ``past``: jobs that people chose and that are not matched any more."""
        people, jobs = list(people), list(jobs)
        self.idf_, self.liking_ = None, Liking.learned(people, [*jobs, *past])
        self.fill(people, jobs)
        values = self._chance_values(day.toordinal())
        self.order_ = WeightedSum.first(self.recipe.features).calibrated(values)
        return self

    def fill(self, people: Iterable[Person], jobs: Iterable[Job]) -> Matcher:
        """Take these records in place of all others, keeping what was learned."""
        town = Town()
        for person in people:
            town.people.put(person)
        for job in jobs:
            town.jobs.put(job)
        words = {side: [town.words(side, slot) for slot in range(town.table(side).size)] for side in SIDES}
        found = [{side: counts([texts[n] for texts in words[side]]) for side in SIDES} for n in range(2)]
        title, text = self.idf_ = self.idf_ or (_rarity(found[0]), _rarity(found[1]))
        town.learn("title", title, found[0])
        town.learn("text", text, found[1])
        self.town = town
        for side in SIDES:
            self._put_taste(side, range(town.table(side).size))
        return self

    def upsert_people(self, people: Iterable[Person]) -> None:
        """Put new or changed people; they can be ranked at once."""
        self._put("people", [self.town.people.put(person) for person in people])

    def upsert_jobs(self, jobs: Iterable[Job]) -> None:
        """Put new or changed jobs; they can be ranked at once."""
        self._put("jobs", [self.town.jobs.put(job) for job in jobs])

    def remove(self, *, people: Iterable[str] = (), jobs: Iterable[str] = ()) -> None:
        """Forget these ids; ids that are not here are no fault (news may come twice)."""
        sides: tuple[tuple[SideName, Iterable[str]], ...] = (("people", people), ("jobs", jobs))
        for side, keys in sides:
            slots = [slot for key in keys if (slot := self.town.table(side).remove(key)) is not None]
            self.town.put_words(side, slots, [("", "")] * len(slots))
            self.town.taste[side].put(slots, [None] * len(slots))

    def tidy(self) -> None:
        """Work single changes into the indexes; for a worker's idle moment."""
        for postings in (*self.town.title.values(), *self.town.text.values()):
            postings.tidy()

    def _put(self, side: SideName, slots: Sequence[int]) -> None:
        self.town.put_words(side, slots, [self.town.words(side, slot) for slot in slots])
        self._put_taste(side, slots)

    def _put_taste(self, side: SideName, slots: Sequence[int]) -> None:
        """What people chose, and where jobs lie to it; nothing while no choices were learned from."""
        if self.liking_ is None:
            return
        if self.town.taste[side].width != self.liking_.width:
            self.town.taste[side] = Directions(self.liking_.width)
        if side == "people":
            found = [self.liking_.person(self.town.people.record(slot)) for slot in slots]
        else:
            found = [self.liking_.job(self.town.jobs.record(slot)) for slot in slots]
        self.town.taste[side].put(slots, found)

    # ---- answers
    def rank(
        self,
        ids: Iterable[str],
        day: date,
        *,
        side: SideName = "people",
        k: int = 20,
        tell: Telling = explain.TO_THE_PERSON,
        known: Mapping[str, Collection[str]] | None = None,
    ) -> list[list[Pair]]:
        """For each id of ``side`` the best k of the other side that may be shown, best first.

        ``known`` are ids to leave out per asker (already applied, already declined). Raises NotKnown.
        """
        return [self._rank_one(key, day, side, k, tell, (known or {}).get(key, ())) for key in ids]

    def score(self, person: str, job: str, day: date) -> float:
        """The score of one pair, gates or not. Raises NotKnown."""
        meeting = self._one(person, job, day)
        return float(self.order_.score(table(meeting, self.recipe.features))[0])

    def explain(self, person: str, job: str, day: date, *, tell: Telling = explain.TO_THE_PERSON) -> Pair:
        """One pair with its score and reasons, gates or not. Raises NotKnown."""
        meeting = self._one(person, job, day)
        return self._pairs(meeting, table(meeting, self.recipe.features), np.arange(1), tell)[0]

    def pairs(self, person: str, jobs: Sequence[str], day: date, *, tell: Telling) -> list[Pair]:
        """These pairs of one person in the order given, as ``explain`` gives each. Raises NotKnown."""
        rows = np.array([self.slot("jobs", job) for job in jobs], np.intp)
        meeting = self._ask(person, "people", day).meet(rows)
        return self._pairs(meeting, table(meeting, self.recipe.features), np.arange(len(rows)), tell)

    def why_not(self, person: str, job: str, day: date) -> tuple[str, ...]:
        """The names of the gates that keep a pair apart; empty: it may be shown. Raises NotKnown."""
        ask = self._ask(person, "people", day)
        return closed(ask, self.slot("jobs", job), self.recipe.gates)

    def steps(
        self, person: str, job: str, day: date, *, most: int = 3, never: Collection[str] = ()
    ) -> list[Step]:
        """What would bring this job nearer (see ``reach``). Raises NotKnown."""
        from .reach import steps

        return steps(self, person, job, day, most=most, never=never)

    def lessons(
        self, person: str, jobs: Sequence[str], day: date, *, most: int = 5, never: Collection[str] = ()
    ) -> list[Lesson]:
        """Skills worth learning for these jobs (see ``reach``). Raises NotKnown."""
        from .reach import lessons

        return lessons(self, person, jobs, day, most=most, never=never)

    def missing(self, person: str) -> tuple[Missing, ...]:
        """What this person has not said, what matters most first. Raises NotKnown."""
        record = self.town.people.record(self.slot("people", person))
        return explain.missing(self.recipe.features, self.order_.weight, record)

    def similar(self, job: str, day: date, *, k: int = 6) -> list[str]:
        """Open jobs like this one by title, words and occupation, best first. Raises NotKnown."""
        from .similar import like_job

        return like_job(self.town, self.slot("jobs", job), day.toordinal(), k)

    def allocate(self, pairs: Sequence[Pair], seats: Mapping[str, int] | None = None) -> list[Pair]:
        """At most one job per person, and to each job no more people than it has openings (or ``seats``)."""
        jobs = {pair.job for pair in pairs}
        openings = {key: self.town.jobs.record(self.slot("jobs", key)).openings for key in jobs}
        return assign.allocate(pairs, {**openings, **(seats or {})})

    def evaluate(
        self, wanted: Mapping[str, Collection[str]], day: date, *, side: SideName = "people", k: int = 10
    ) -> dict[str, float]:
        """Figures of this order against the right answers per asker (see ``evaluate.figures``)."""
        answers = zip(
            wanted, self.rank(wanted, day, side=side, k=max(k, 50), tell=explain.SILENT), strict=True
        )
        ranked = {key: [_other(pair, side) for pair in pairs] for key, pairs in answers}
        other: SideName = "jobs" if side == "people" else "people"
        return evaluate.figures(ranked, wanted, len(self.town.table(other)), k)

    # ---- a model is a folder
    def save(self, folder: Path) -> None:
        """Write the model (see ``store``)."""
        store.save(self, folder)

    @classmethod
    def load(cls, folder: Path, recipe: Recipe | None = None, *, records: bool = True) -> Matcher:
        """Read a model back; it answers as it did. Raises store.ModelRefused for another version.

        Without ``records`` only what was learned is read: ``fill`` brings the people and jobs of today.
        """
        return store.load(cls, folder, recipe, records)

    def emptied(self) -> Matcher:
        """A matcher that learned the same and knows nobody."""
        other = type(self)(self.recipe, seed=self.seed)
        other.idf_, other.order_, other.liking_ = self.idf_, self.order_, self.liking_
        return other

    # ---- one question
    def _rank_one(
        self,
        key: str,
        day: date,
        side: SideName,
        k: int,
        tell: Telling,
        known: Collection[str],
    ) -> list[Pair]:
        ask = self._ask(key, side, day)
        rows = self._candidates(ask, known)
        meeting = ask.meet(rows)
        values = table(meeting, self.recipe.features)
        score = self.order_.score(values)
        best = top(score, ask.others.tie[rows], k)
        return self._pairs(meeting, values, best, tell)

    def _candidates(self, ask: Ask, known: Collection[str]) -> Slots:
        """Rows worth scoring: all that are allowed while they are few, else the union of the retrievers."""
        mask = allowed(ask, self.recipe.gates)
        mask[[ask.others.slot[key] for key in known if key in ask.others.slot]] = False
        rows = np.flatnonzero(mask)
        if len(rows) <= self.recipe.exact_up_to:
            return rows
        found = [source.find(ask, mask, self.recipe.candidates_each) for source in self.recipe.retrievers]
        return np.unique(np.concatenate(found))

    def _pairs(
        self, meeting: Meeting, values: NDArray[np.float32], chosen: Slots, tell: Telling
    ) -> list[Pair]:
        """The chosen positions of a meeting with values [n, features], as pairs with their reasons."""
        values, ask = values[chosen], meeting.ask
        score, moved = self.order_.score(values), self.order_.contributions(values)
        pairs = []
        for n, row in enumerate(np.asarray(meeting.rows)[chosen]):
            p, j = (ask.slot, row) if ask.side == "people" else (row, ask.slot)
            person, job = meeting.people.record(p), meeting.jobs.record(j)
            told = explain.reasons(self.recipe.features, values[n], moved[n], tell)
            reasons = tuple(
                Reason(feature.name, feature.facts(person, job, ask.day), share) for feature, share in told
            )
            pairs.append(Pair(person.id, job.id, float(score[n]), reasons))
        return pairs

    def _one(self, person: str, job: str, day: date) -> Meeting:
        return self._ask(person, "people", day).meet(np.array([self.slot("jobs", job)]))

    def _ask(self, key: str, side: SideName, day: date) -> Ask:
        return Ask(self.town, side, self.slot(side, key), day.toordinal())

    def slot(self, side: SideName, key: str) -> int:
        """The row of an id. Raises NotKnown."""
        try:
            return self.town.table(side).slot[key]
        except KeyError:
            raise NotKnown(f"There is no {side} record {key!r} here.") from None

    def _chance_values(self, day: int) -> NDArray[np.float32]:
        """Feature values of chance pairs that pass the gates; the choice hangs on ids and the seed alone."""
        found = [np.zeros((0, len(self.recipe.features)), np.float32)]
        chosen = np.zeros(self.town.jobs.size, bool)
        chosen[_chance(self.town.jobs, CHANCE_JOBS, self.seed)] = True
        for slot in _chance(self.town.people, CHANCE_PEOPLE, self.seed):
            ask = Ask(self.town, "people", int(slot), day)
            rows = np.flatnonzero(allowed(ask, self.recipe.gates) & chosen)
            rows = rows[np.argsort(self.town.jobs.tie[rows])]
            found.append(table(ask.meet(rows), self.recipe.features))
        return np.concatenate(found)


def _chance(side: Table[Person] | Table[Job], n: int, seed: int) -> Slots:
    """At most n living rows, chosen by their ids' hash and the seed."""
    mixed = (side.tie ^ np.uint64(seed)) * np.uint64(0x9E3779B97F4A7C15)
    rows = np.flatnonzero(side.alive)
    return rows[np.argsort(mixed[rows])][:n]


def _rarity(found: Mapping[SideName, sp.csr_matrix]) -> NDArray[np.float32]:
    """Rarity of every bucket among the texts of both sides."""
    seen = sum(np.bincount(rows.indices, minlength=BUCKETS) for rows in found.values())
    return rarity(np.asarray(seen, np.float32), sum(rows.shape[0] for rows in found.values()))


def _other(pair: Pair, side: SideName) -> str:
    return pair.job if side == "people" else pair.person
