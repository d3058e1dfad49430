"""Try policies on a market whose truth is known, before they touch people.

    met = market.meet(people, jobs)
    town = market.draw(met, seed=1)
    figures(run(town, BestForEach(town.seen.score)))
    compare(lambda seed: market.draw(met, seed=seed), ways, seeds=range(5))

A day: 1 some people open their list, the policy fills it   2 they look, less at lower places, open what
they would like and apply to what they want most   3 employers get to some of the applications, oldest
first, and say yes or no   4 whoever is wanted takes the best offer; places fill   5 what was never answered
is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import IntEnum
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .market import F4, I8, SLOTS, Market, Mask, look_chance, welfare

if TYPE_CHECKING:
    from .policies import Policy

NEW_DAYS = 7  # so long a person or a vacancy is new
OPENED_BELOW = 1.2  # a vacancy is opened when it is this near to being wanted
# An application without an answer: it waits, was taken back as the person found work, is too old to be read.
WAITS, TAKEN_BACK, LAPSED = -1, -2, -3
BETTER_THAN_NOTHING = 0.5  # an offer is taken from so far below what was asked for


class Grade(IntEnum):
    """How far a shown pair came; each step includes those before it."""

    SHOWN = 0
    OPENED = 1
    APPLIED = 2
    ANSWERED = 3
    WANTED = 4
    HIRED = 5
    KEPT_30 = 6
    KEPT_90 = 7


@dataclass(frozen=True)
class Labels:
    """One row per pair shown in a list: what a learner may learn from. All arrays have the same length n.

    Whether a place was looked at is not among them: nobody knows it. ``grade`` is what is known by now.
    """

    day: I8  # [n] day it was shown
    person: I8  # [n] row of Seen.people
    job: I8  # [n] row of Seen.jobs
    place: I8  # [n] 0 is the top of the list
    grade: I8  # [n] of Grade

    def __len__(self) -> int:
        return len(self.day)

    def furthest(self) -> Labels:
        """One row per pair: the showing at which it came furthest, the first of equals."""
        order = np.lexsort((self.day, -self.grade, self.job, self.person))
        person, job = self.person[order], self.job[order]
        new = np.r_[True, (np.diff(person) != 0) | (np.diff(job) != 0)] if len(order) else order == -1
        return self.only(order[new])

    def only(self, rows: I8 | Mask) -> Labels:
        """These rows."""
        return Labels(self.day[rows], self.person[rows], self.job[rows], self.place[rows], self.grade[rows])


@dataclass(frozen=True)
class Shown:
    """The lists of one day, and what was opened of them."""

    day: int
    people: I8  # [n]
    lists: I8  # [n, k]
    opened: Mask  # [n, k]


@dataclass
class History:
    """What has happened so far, as far as a platform would know; a policy reads it and leaves it alone."""

    open_to: Mask  # [P, J] may be shown: gates hold, not applied to yet
    places_left: I8  # [J]
    waiting: I8  # [J] applications that wait for an answer
    applied: I8  # [J] applications ever
    grade: I8  # [P, J] how far each application came; 0: none
    days: list[Shown] = field(default_factory=list)

    @property
    def labels(self) -> Labels:
        """All showings so far. What followed an application stands at the showing that led to it."""
        parts = [_rows(shown) for shown in self.days]
        joined = np.concatenate(parts, axis=1) if parts else np.zeros((5, 0), np.int64)
        day, person, job, place, opened = joined
        pair = person * self.grade.shape[1] + job
        last = np.zeros(len(pair), bool)  # a pair is not shown again once it was applied to
        last[len(pair) - 1 - np.unique(pair[::-1], return_index=True)[1]] = True
        grade = np.where(last, np.maximum(self.grade[person, job], opened), opened)
        return Labels(day, person, job, place, grade)


def _rows(shown: Shown) -> I8:
    row, place = np.nonzero(shown.lists >= 0)
    opened = shown.opened[row, place].astype(np.int64)
    return np.stack([np.full(len(row), shown.day), shown.people[row], shown.lists[row, place], place, opened])


@dataclass(frozen=True)
class Outcome:
    """All that happened to one policy on one market."""

    market: Market
    history: History
    hires: I8  # [4, h] day, person, vacancy, and 0/1/2: kept less than 30, 30, 90 days
    sent: I8  # [3, a] day, person, vacancy of every application
    answered: I8  # [a] day of the answer, or WAITS, TAKEN_BACK, LAPSED
    closed: I8  # [J] day a vacancy closed or filled; days: still open
    gain: F4  # [lists, 2] nDCG of each list against the true utility, and whether the person was new
    exposure: F4  # [J, 2] looks to be had by place, and those while new
    there: I8  # [J, 2] days a vacancy was open, and those while new


def run(market: Market, policy: Policy) -> Outcome:
    """Let a policy serve this market from its first day to its last. The same call gives the same outcome."""
    town = _Town(market)
    for day in range(market.habits.days):
        town.live(day, policy)
    return town.outcome()


class _Town:
    """The state of one run."""

    def __init__(self, market: Market) -> None:
        self.market, seen, days = market, market.seen, market.habits.days
        people, jobs = seen.score.shape
        none = np.zeros(jobs, np.int64)
        self.history = History(
            seen.allowed.copy(), seen.openings.copy(), none.copy(), none.copy(),
            np.zeros((people, jobs), np.int64),
        )  # fmt: skip
        self.gone = market.truth.leaves.copy()  # [P] first day a person does not look any more
        self.closed = np.minimum(seen.closes + 1, days)
        self.sent = np.zeros((3, 0), np.int64)
        self.answered = np.zeros(0, np.int64)
        self.hires: list[tuple[int, int, int, int]] = []
        self.gain: list[F4] = []
        self.exposure, self.there = np.zeros((jobs, 2), np.float32), np.zeros((jobs, 2), np.int64)
        self.look = look_chance()

    def live(self, day: int, policy: Policy) -> None:
        """One day, steps 1 to 5 of the module."""
        seen, truth = self.market.seen, self.market.truth
        jobs = np.flatnonzero((seen.published <= day) & (self.closed > day) & (seen.openings > 0))
        here = (seen.came <= day) & (self.gone > day)
        people = np.flatnonzero(here & truth.visits[day])
        if len(people) and len(jobs):
            lists = policy.lists(day, people, jobs, self.history)
            self._check(people, jobs, lists)
            self._expose(day, people, jobs, lists)
            self._apply(day, people, lists)
        self._answer(day, jobs)

    def _check(self, people: I8, jobs: I8, lists: I8) -> None:
        """A policy that shows what must not be shown is a mistake, not a result."""
        row, place = np.nonzero(lists >= 0)
        job = lists[row, place]
        if not (np.isin(job, jobs).all() and self.history.open_to[people[row], job].all()):
            raise ValueError("The policy showed a vacancy that is closed, or that this person may not see.")

    def _expose(self, day: int, people: I8, jobs: I8, lists: I8) -> None:
        """Write down what the lists were worth and whom they showed."""
        seen = self.market.seen
        new = seen.published[jobs] > day - NEW_DAYS
        self.there[jobs, 0] += 1
        self.there[jobs, 1] += new
        row, place = np.nonzero(lists >= 0)
        seen_by = np.bincount(lists[row, place], self.look[place], minlength=len(seen.jobs))
        self.exposure[:, 0] += seen_by
        self.exposure[jobs, 1] += np.where(new, seen_by[jobs], 0)
        gain = np.stack([self._ndcg(people, jobs, lists), seen.came[people] > day - NEW_DAYS], axis=1)
        self.gain.append(gain[np.isfinite(gain[:, 0])].astype(np.float32))

    def _ndcg(self, people: I8, jobs: I8, lists: I8) -> F4:
        """nDCG@SLOTS of each list; the gain of a vacancy is the true chance that the person wants it.

        NaN for whom there is nothing to show."""
        want = np.where(
            self.history.open_to[np.ix_(people, jobs)], self.market.truth.want[np.ix_(people, jobs)], 0
        )
        k = min(SLOTS, want.shape[1])
        ideal = -np.sort(-want, axis=1)[:, :k]
        mine = np.where(lists >= 0, self.market.truth.want[people[:, None], np.maximum(lists, 0)], 0)
        fall = 1 / np.log2(np.arange(SLOTS) + 2)
        best = ideal @ fall[:k]
        share = mine @ fall[: mine.shape[1]] / np.where(best > 0, best, np.nan)
        return np.asarray(share, np.float32)

    def _apply(self, day: int, people: I8, lists: I8) -> None:
        """Looking, opening, applying: at most so many a day, the most wanted first."""
        truth, seen, habits = self.market.truth, self.market.seen, self.market.habits
        look = truth.look[day][people, : lists.shape[1]] < self.look[: lists.shape[1]]
        waited = habits.patience * (day - np.maximum(seen.came[people], 0))[:, None]
        wish = (truth.wish[people[:, None], np.maximum(lists, 0)] + waited).astype(np.float32)
        opened = look & (lists >= 0) & (wish > -OPENED_BELOW)
        self.history.days.append(Shown(day, people, lists, opened))
        ready = np.where(opened & (wish > 0), wish, -np.inf)
        order = np.argsort(-ready, axis=1, kind="stable")[:, : habits.applies_a_day]
        row, nth = np.nonzero(np.isfinite(np.take_along_axis(ready, order, 1)))
        person, job = people[row], lists[row, order[row, nth]]
        self.history.grade[person, job] = Grade.APPLIED
        self.history.open_to[person, job] = False
        np.add.at(self.history.applied, job, 1)
        np.add.at(self.history.waiting, job, 1)
        self.sent = np.concatenate([self.sent, [np.full(len(job), day), person, job]], axis=1)
        self.answered = np.concatenate([self.answered, np.full(len(job), WAITS)])

    def _answer(self, day: int, jobs: I8) -> None:
        """Employers read the oldest first, as many as they get to; offers are taken, places fill."""
        self._let_lapse(day - self.market.habits.answered_within)
        pending = np.flatnonzero((self.answered == WAITS) & np.isin(self.sent[2], jobs))
        pending = pending[np.lexsort((pending, self.sent[2, pending]))]
        job = self.sent[2, pending]
        starts = np.searchsorted(job, job)  # where this vacancy's queue begins
        read = pending[np.arange(len(job)) - starts < self.market.truth.reads[day, job]]
        self.answered[read] = day
        person, job = self.sent[1:, read]
        self.history.grade[person, job] = Grade.ANSWERED
        np.subtract.at(self.history.waiting, job, 1)
        yes = self.market.truth.verdict[person, job] > 0
        self._hire(day, person[yes], job[yes])

    def _let_lapse(self, day: int) -> None:
        """Nobody reads an application of this day any more, and it stands in nobody's way."""
        late = (self.answered == WAITS) & (self.sent[0] <= day)
        self.answered[late] = LAPSED
        np.subtract.at(self.history.waiting, self.sent[2, late], 1)

    def _hire(self, day: int, people: I8, jobs: I8) -> None:
        """Each wanted person takes the offer they like most, while there is a place."""
        truth, history = self.market.truth, self.history
        history.grade[people, jobs] = Grade.WANTED
        wish = truth.wish[people, jobs]
        for at in np.argsort(-wish, kind="stable"):
            person, job = int(people[at]), int(jobs[at])
            here = self.gone[person] > day and history.places_left[job] > 0
            if here and wish[at] > -BETTER_THAN_NOTHING:
                self._start(day, person, job)

    def _start(self, day: int, person: int, job: int) -> None:
        truth, history = self.market.truth, self.history
        # Who wanted the place, and suits it, stays: 30 days, then the other 60.
        stays = 0.55 + 0.2 * truth.want[person, job] + 0.2 * truth.suit[person, job]
        kept = int(truth.stays[person, 0] < stays)
        kept += int(kept and truth.stays[person, 1] < stays)
        self.hires.append((day, person, job, kept))
        history.grade[person, job] = Grade.HIRED + kept
        history.places_left[job] -= 1
        self.gone[person] = day
        if not history.places_left[job]:
            self.closed[job] = day + 1
        mine = (self.sent[1] == person) & (self.answered == WAITS)
        self.answered[mine] = TAKEN_BACK
        np.subtract.at(history.waiting, self.sent[2, mine], 1)

    def outcome(self) -> Outcome:
        hires = np.array(self.hires, np.int64).reshape(-1, 4).T
        gain = np.concatenate(self.gain) if self.gain else np.zeros((0, 2), np.float32)
        return Outcome(
            self.market, self.history, hires, self.sent, self.answered, self.closed, gain,
            self.exposure, self.there,
        )  # fmt: skip


# ---- figures
@dataclass(frozen=True)
class Figures:
    """What came of a policy. Shares are 0–1; NaN where nothing happened to divide by."""

    hires: float  # people
    hired_share: float  # of all people of the market
    days_to_hire: float  # mean, of those hired, from registration
    empty_vacancies: float  # share of vacancies that closed in time with nobody hired
    unfilled_openings: float  # share of the openings of vacancies that closed
    unanswered: float  # share of applications that got no answer in time or before the vacancy closed
    applications: float
    gini: float  # of applications over vacancies per opening; 0: all alike
    regret: float  # welfare short of the best allocation in hindsight, a share of it
    kept_30: float  # share of hires
    kept_90: float
    ndcg: float  # of the lists against true utility
    ndcg_new_people: float  # the lists of people registered within a week, against all lists
    small_employers: float  # exposure per vacancy-day against the mean; 1: their share
    new_vacancies: float  # the same of vacancies in their first week


def figures(outcome: Outcome) -> Figures:
    """The figures of one run."""
    market, history = outcome.market, outcome.history
    seen, hires = market.seen, outcome.hires
    over = outcome.closed < market.habits.days
    filled = seen.openings - history.places_left
    came = np.maximum(seen.came[hires[1]], 0)
    seats = seen.openings[over].sum()
    gain, new = outcome.gain.T if len(outcome.gain) else np.full((2, 0), np.nan)
    shown = np.flatnonzero(outcome.there[:, 0])
    return Figures(
        hires=float(hires.shape[1]),
        hired_share=_share(hires.shape[1], len(seen.people)),
        days_to_hire=_mean(hires[0] - came),
        empty_vacancies=_mean(filled[over] == 0),
        unfilled_openings=_share((seen.openings - filled)[over].sum(), seats),
        unanswered=_unanswered(outcome),
        applications=float(outcome.sent.shape[1]),
        gini=_gini(history.applied[shown] / np.maximum(seen.openings[shown], 1)),
        regret=1 - _share(welfare(market.truth, hires[1], hires[2]), market.truth.best),
        kept_30=_mean(hires[3] >= 1),
        kept_90=_mean(hires[3] >= 2),
        ndcg=_mean(gain),
        ndcg_new_people=_mean(gain[new > 0]) / _mean(gain),
        small_employers=_against_share(outcome.exposure[:, 0], outcome.there[:, 0], seen.small),
        new_vacancies=_share(outcome.exposure[:, 1].sum(), outcome.exposure[:, 0].sum())
        / _share(outcome.there[:, 1].sum(), outcome.there[:, 0].sum()),
    )


def _unanswered(outcome: Outcome) -> float:
    """Of the applications whose time is over and that nobody took back."""
    habits = outcome.market.habits
    day, _, job = outcome.sent
    until = np.minimum(day + habits.answered_within, outcome.closed[job])
    counted = (outcome.answered != TAKEN_BACK) & ((outcome.answered >= 0) | (until < habits.days))
    return _mean(outcome.answered[counted] < 0)


def _against_share(got: F4, there: I8, group: Mask) -> float:
    return _share(got[group].sum(), got.sum()) / _share(there[group].sum(), there.sum())


def _gini(value: NDArray[Any]) -> float:
    total, n = value.sum(), len(value)
    if not total:
        return float("nan")
    return float((2 * np.arange(1, n + 1) - n - 1) @ np.sort(value) / (n * total))


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else float("nan")


def _mean(value: NDArray[Any]) -> float:
    return float(np.mean(value, dtype=np.float64)) if len(value) else float("nan")


# ---- several policies, several seeds
@dataclass(frozen=True)
class Compared:
    """A figure of a policy over seeds: mean, standard error, and both of the difference to the first policy
    on the same markets (paired: the same people, the same luck)."""

    mean: float
    error: float
    more: float
    more_error: float


Ways = Callable[[Market], Iterable["Policy"]]


def compare(
    market_of: Callable[[int], Market], ways: Ways, seeds: Iterable[int]
) -> Mapping[str, Mapping[str, Compared]]:
    """Every policy that ``ways`` makes, on the market of every seed: policy → figure → Compared.

    At least two seeds, or there is no standard error (NaN).
    """
    told: dict[str, list[Figures]] = {}
    for seed in seeds:
        market = market_of(seed)
        for policy in ways(market):
            told.setdefault(policy.name, []).append(figures(run(market, policy)))
    names = [part.name for part in fields(Figures)]
    table = {
        policy: np.array([[getattr(row, name) for name in names] for row in rows])
        for policy, rows in told.items()
    }
    base = next(iter(table.values()))
    return {
        policy: {name: _compared(rows[:, n], base[:, n]) for n, name in enumerate(names)}
        for policy, rows in table.items()
    }


def _compared(values: NDArray[Any], base: NDArray[Any]) -> Compared:
    return Compared(*_mean_and_error(values), *_mean_and_error(values - base))


def _mean_and_error(values: NDArray[Any]) -> tuple[float, float]:
    """Mean and its standard error; NaN with fewer than two."""
    error = float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")
    return float(values.mean()), error
