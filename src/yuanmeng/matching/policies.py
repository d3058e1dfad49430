"""Ways of choosing who is shown what, to be tried on a made-up market (see ``simulate``).

A policy is an object with ``name`` and ``lists(day, people, jobs, history)``: for each of the people (row
numbers) a row of vacancy numbers, best first, −1 where nothing is left to show. It may show only pairs that
``history.open_to`` allows, and it knows only what ``market.Seen`` and its history hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from . import learn
from .allocation.dial import EPS, share_dense
from .market import F4, I8, SLOTS, Mask, Seen
from .simulate import Grade, History, Labels

F8 = NDArray[np.float64]
Learner = Callable[[Labels, Seen], F4]


class Policy(Protocol):
    """What can be tried on a market."""

    name: str

    def lists(self, day: int, people: I8, jobs: I8, history: History) -> I8:
        """[len(people), at most SLOTS] vacancy numbers, best first, −1: nothing more to show."""


@dataclass(frozen=True)
class Chance:
    """Any order: the floor every policy must pass, and the fairest teacher of position."""

    seed: int = 0
    name: str = "random"

    def lists(self, day: int, people: I8, jobs: I8, history: History) -> I8:
        dice = np.random.default_rng((self.seed, day)).random((len(people), len(jobs)))
        return first(dice, people, jobs, history)


@dataclass(frozen=True)
class Newest:
    """The newest first, the same for everybody: what people see who switched recommendation off."""

    seen: Seen
    name: str = "newest"

    def lists(self, day: int, people: I8, jobs: I8, history: History) -> I8:
        # Equal days stand in the order of their numbers, for everybody.
        fresh = self.seen.published[jobs] - np.arange(len(jobs)) / max(len(jobs), 1)
        return first(np.broadcast_to(fresh, (len(people), len(jobs))), people, jobs, history)


@dataclass(frozen=True)
class BestForEach:
    """Each person's best by these scores [P, J], whoever else is shown the same."""

    score: F4
    name: str = "best for each"

    def lists(self, day: int, people: I8, jobs: I8, history: History) -> I8:
        return first(self.score[np.ix_(people, jobs)], people, jobs, history)


@dataclass(frozen=True)
class SharedOut:
    """The same scores, with attention shared out: a vacancy that many have applied to makes room.

    ``strength`` is the dial: 0 is ``BestForEach``, 1 gives every vacancy attention by its room. The room of
    a vacancy grows with its openings and shrinks with the applications that wait there unanswered.
    """

    score: F4
    strength: float = 0.5
    per_opening: float = 5.0  # applications an opening can use
    least: float = 0.0  # part of the mean room that every vacancy has: keeps small employers in sight
    softness: float = EPS  # see allocation.dial
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or f"shared out {self.strength:g}")

    def lists(self, day: int, people: I8, jobs: I8, history: History) -> I8:
        value = np.where(
            history.open_to[np.ix_(people, jobs)], self.score[np.ix_(people, jobs)], np.float32(-np.inf)
        )
        room = history.places_left[jobs] * self.per_opening - history.waiting[jobs]
        shared, _ = share_dense(
            value, np.maximum(room, 0.25), self.strength, eps=self.softness, least=self.least
        )
        return _ordered(shared, jobs)


@dataclass
class Learned:
    """Shows by what its learner makes of the labels so far, learnt anew every so many days.

    ``explore`` is the share of lists in any order: without it nobody learns what was never shown.
    """

    seen: Seen
    learner: Learner
    every: int = 20
    explore: float = 0.1
    seed: int = 0
    name: str = "learned"
    score_: F4 | None = field(default=None, init=False)

    def lists(self, day: int, people: I8, jobs: I8, history: History) -> I8:
        if day and day % self.every == 0 and len(history.labels):
            self.score_ = self.learner(history.labels, self.seen)
        score = self.seen.score if self.score_ is None else self.score_
        dice = np.random.default_rng((self.seed, day))
        any_order = dice.random((len(people), 1)) < self.explore
        value = np.where(any_order, dice.random((len(people), len(jobs))), score[np.ix_(people, jobs)])
        return first(value, people, jobs, history)


def first(value: NDArray[np.floating], people: I8, jobs: I8, history: History) -> I8:
    """The best SLOTS of the vacancies each person may be shown, from values [people, jobs]."""
    return _ordered(np.where(history.open_to[np.ix_(people, jobs)], value, -np.inf), jobs)


def _ordered(value: NDArray[np.floating], jobs: I8) -> I8:
    k = min(SLOTS, value.shape[1])
    best = np.argpartition(-value, k - 1, axis=1)[:, :k] if k else np.zeros((len(value), 0), np.int64)
    mine = np.take_along_axis(value, best, 1)
    order = np.lexsort((best, -mine), axis=1)
    chosen = np.take_along_axis(best, order, 1)
    shown: Mask = np.isfinite(np.take_along_axis(value, chosen, 1))
    return np.where(shown, jobs[chosen], -1) if k else chosen


# ---- learning from labels that places have bent
def weights(labels: Labels, seen: Seen, *, looks: F8 | None = None) -> F4:
    """The engine's own learner (see ``learn``): the order its weights give after these labels, [P, J].

    ``looks`` [slots]: how often a place is looked at; None: measured from the labels themselves. Ones are
    the mistake to compare with: every click taken at its word.
    """
    if looks is None:
        looks = learn.propensities(labels.place + 1, labels.job, labels.grade >= Grade.OPENED)
    order = learn.learn(seen.order, learn.compared(examples(labels, seen), looks))
    flat = seen.values.reshape(-1, seen.values.shape[-1])
    return order.score(flat).astype(np.float32).reshape(seen.score.shape)


def examples(labels: Labels, seen: Seen) -> learn.Examples:
    """Labels in the shape ``learn`` wants: one row per pair, places from 1."""
    pairs = labels.furthest()
    values = seen.values[pairs.person, pairs.job]
    about = np.zeros(values.shape, bool)
    return learn.Examples(
        values=values,
        group=pairs.person,
        job=pairs.job,
        grade=pairs.grade,
        place=pairs.place + 1,
        about=about,
    )


def appeal(labels: Labels, jobs: int, looks: NDArray[np.floating] | None = None) -> F8:
    """How often each vacancy was opened, [jobs]: per showing, or per expected look when ``looks`` [slots] are
    given (inverse propensity). NaN: never shown."""
    expected = np.ones(len(labels)) if looks is None else looks[labels.place]
    shown = np.bincount(labels.job, expected, minlength=jobs)
    opened = np.bincount(labels.job, labels.grade >= Grade.OPENED, minlength=jobs)
    return np.where(shown > 0, opened / np.maximum(shown, 1e-12), np.nan)
