"""Lists as people get them: the engine's order, moved by their own answers and by what is asked too often.

score = fit × what the answers say of the pair − the price of the vacancy

The contributions of the reasons move along with the score, so that they stay exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from yuanmeng.matching import Matcher, Pair, Telling
from yuanmeng.matching.deep import scored
from yuanmeng.recommend import leaning as leanings
from yuanmeng.recommend import sharing
from yuanmeng.recommend.leaning import NONE, Leaning

EVERY_REASON = Telling("officer", 6)  # kept; each reader is told those they may see
Deep = list[tuple[str, float]]  # (vacancy, score), best first
DEPTH = 60  # so deep a list is looked at when something may rise in it


@dataclass(frozen=True)
class Tilt:
    """What moves lists beside fit."""

    leanings: Mapping[str, Leaning] = field(default_factory=dict)  # by person
    prices: Mapping[str, float] = field(default_factory=dict)  # by vacancy

    def of(self, person: str) -> Leaning:
        """The leaning of one person."""
        return self.leanings.get(person, NONE)

    def vacancies(self, matcher: Matcher, person: str, day: date, *, k: int) -> list[Pair]:
        """The best k vacancies of a person, with reasons."""
        leaning = self.of(person)
        if not self.prices and not leaning.moves_pairs:
            return leaning.on(matcher).rank([person], day, k=k, tell=EVERY_REASON)[0]
        return self.told(matcher, person, self.deep(matcher, person, day, k=max(k, DEPTH)), day, k=k)

    def deep(self, matcher: Matcher, person: str, day: date, *, k: int = DEPTH) -> Deep:
        """As deep as something might rise from, moved by the person's answers; no prices, no reasons."""
        return self.lowered(matcher, person, scored(self.of(person).on(matcher), person, day, k))

    def lowered(self, matcher: Matcher, person: str, deep: Deep) -> Deep:
        """A list by fit alone, moved by what the person's answers say of single pairs."""
        leaning, town = self.of(person), matcher.town.jobs
        if not leaning.moves_pairs:
            return deep
        moved = [(job, score * leaning.factor(town.record(town.slot[job]))) for job, score in deep]
        return sorted(moved, key=lambda one: -one[1])

    def told(self, matcher: Matcher, person: str, deep: Deep, day: date, *, k: int) -> list[Pair]:
        """The best k of a person's deep list under the prices, with their reasons."""
        own = self.of(person).on(matcher)
        order = sorted(deep, key=lambda one: self.prices.get(one[0], 0.0) - one[1])
        best = [job for job, _score in order[:k]]
        return self.moved(own, own.pairs(person, best, day, tell=EVERY_REASON)) if best else []

    def people(self, matcher: Matcher, job: str, day: date, *, k: int) -> list[Pair]:
        """The best k people of a vacancy, each scored as in their own list."""
        ranked = matcher.rank([job], day, side="jobs", k=k, tell=EVERY_REASON)[0]
        return self.as_in_their_lists(matcher, ranked, day)

    def as_in_their_lists(self, matcher: Matcher, pairs: Iterable[Pair], day: date) -> list[Pair]:
        """Pairs of one vacancy with the scores that each person's own list gives them."""
        return self.moved(matcher, [self._own(matcher, pair, day) for pair in pairs])

    def _own(self, matcher: Matcher, pair: Pair, day: date) -> Pair:
        leaning = self.of(pair.person)
        if not leaning.weights:
            return pair
        return leaning.on(matcher).explain(pair.person, pair.job, day, tell=EVERY_REASON)

    def moved(self, matcher: Matcher, pairs: Iterable[Pair]) -> list[Pair]:
        """The pairs with their scores moved, best first."""
        return self._sorted(self._moved(matcher, pair, self.prices.get(pair.job, 0.0)) for pair in pairs)

    def _sorted(self, pairs: Iterable[Pair]) -> list[Pair]:
        return sorted(pairs, key=lambda pair: -pair.score)

    def _moved(self, matcher: Matcher, pair: Pair, price: float) -> Pair:
        town, leaning = matcher.town.jobs, self.of(pair.person)
        times = leaning.factor(town.record(town.slot[pair.job])) if leaning.moves_pairs else 1.0
        if times == 1.0 and not price:
            return pair
        reasons = tuple(replace(reason, contribution=reason.contribution * times) for reason in pair.reasons)
        return replace(pair, score=pair.score * times - price, reasons=reasons)


def of_everybody(day: date) -> Tilt:
    """What is in force now."""
    return Tilt(leanings.of_seekers(None, day), sharing.prices())


def people_of(matcher: Matcher, job: str, day: date, *, k: int) -> list[Pair]:
    """The best k people of one vacancy, each scored as in their own list; asks only for their leanings."""
    ranked = matcher.rank([job], day, side="jobs", k=k, tell=EVERY_REASON)[0]
    moved = Tilt(leanings.of_seekers({pair.person for pair in ranked}, day), sharing.prices())
    return moved.as_in_their_lists(matcher, ranked, day)


def of_person(uid: str, day: date) -> Tilt:
    """What is in force now, as far as one person's list needs it."""
    return Tilt(leanings.of_seekers([uid], day), sharing.prices())
