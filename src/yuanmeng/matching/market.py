"""A labour market whose truth is known by construction: what policies are tried on before people are.

``seen`` is what a ranker may know: records, what the engine makes of them, days. ``truth`` is what nobody
knows in life: how much each person would want each vacancy, how well each employer would find them suited,
and every throw of the dice. The dice are thrown beforehand, per pair and per day, so that two policies meet
the same luck and their difference is theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from .features import FEATURES, table
from .gates import GATES, allowed
from .meeting import Ask
from .order import WeightedSum
from .ranker import Matcher, Recipe
from .records import Job, Person

F4 = NDArray[np.float32]
I8 = NDArray[np.int64]
Mask = NDArray[np.bool_]

DAY_ZERO = date(2026, 9, 1)
SLOTS = 10  # places of a list
LOOKS_FALL = 0.8  # the chance of being looked at is 1 / place ** this


@dataclass(frozen=True)
class Habits:
    """How people and employers behave; days and shares."""

    days: int = 60
    here_at_first: float = 0.4  # of people; of vacancies a tenth more
    visits: float = 0.35  # a person's chance to open the list on a day
    looking_days: float = 45.0  # mean, until somebody gives up or finds work elsewhere
    open_days: tuple[int, int] = (15, 45)
    applies_a_day: int = 2
    wants: float = 0.85  # the share of allowed pairs a person would not apply to
    suits: float = 0.65  # the share of allowed pairs an employer would not take
    patience: float = 0.02  # by how much a day of waiting lowers what a person asks for
    reads_a_day: float = 0.35  # applications per opening an employer gets to
    answered_within: int = 14  # days; later is no answer


@dataclass(frozen=True)
class Seen:
    """What a policy may know. Rows are numbered; P people, J vacancies, F features."""

    people: tuple[Person, ...]
    jobs: tuple[Job, ...]
    order: WeightedSum  # of the plain engine
    score: F4  # [P, J] by that order, freshness silent
    allowed: Mask  # [P, J] gates, without the calendar
    values: F4  # [P, J, F]; NaN: not said
    came: I8  # [P] day of registration
    published: I8  # [J]
    closes: I8  # [J] the last day
    openings: I8  # [J]
    small: Mask  # [J] the organisation has no more openings than the half of them have


@dataclass(frozen=True)
class Truth:
    """What is hidden from every policy. Chances are those before the pair's own luck is added."""

    want: F4  # [P, J] the chance that a person with nothing better would apply
    suit: F4  # [P, J] the chance that the employer would say yes
    wish: F4  # [P, J] utility plus the pair's luck, less what is asked for on the first day
    verdict: F4  # [P, J] judgement plus luck, less the employer's bar
    leaves: I8  # [P] day a person is gone
    visits: Mask  # [days, P]
    look: F4  # [days, P, slots] uniform: looked at when below the place's chance
    reads: I8  # [days, J] applications an employer gets to
    stays: F4  # [P, 2] uniform: kept 30 and 90 days when below the chance
    best: float  # welfare of the best allocation in hindsight: no policy can pass it


@dataclass(frozen=True)
class Market:
    """A town for some days, and the seed it came from."""

    seen: Seen
    truth: Truth
    habits: Habits
    seed: int


def look_chance(slots: int = SLOTS) -> F4:
    """The true chance that each place of a list is looked at, [slots]; the first always is."""
    return (1 / np.arange(1, slots + 1) ** LOOKS_FALL).astype(np.float32)


@dataclass(frozen=True)
class Met:
    """Everybody with everything, as the engine sees it; markets of several seeds are drawn from one."""

    seen: Seen  # without days
    minutes: F4  # [P, J] of way


def make(
    people: Sequence[Person], jobs: Sequence[Job], *, seed: int = 0, habits: Habits | None = None
) -> Market:
    """A market of these records: ``draw(meet(people, jobs))``."""
    return draw(meet(people, jobs), seed=seed, habits=habits)


def draw(met: Met, *, seed: int = 0, habits: Habits | None = None) -> Market:
    """A market of those who met.

    1 days come and go   2 tastes, abilities and judgements are drawn   3 dice are thrown   4 the best
    allocation in hindsight is found. About half a second for 2,000 × 400.
    """
    habits, chance = habits or Habits(), np.random.default_rng(seed)
    seen, leaves = _dated(met.seen, habits, chance)
    want = _standard(_utility(seen, met.minutes, chance), seen.allowed, habits.wants)
    suit = _standard(_judgement(seen, chance), seen.allowed, habits.suits)
    size, days = want.shape, habits.days
    truth = Truth(
        want=_logistic(want),
        suit=_logistic(suit),
        wish=want + chance.logistic(size=size).astype(np.float32),
        verdict=suit + chance.logistic(size=size).astype(np.float32),
        leaves=leaves,
        visits=chance.random((days, size[0])) < habits.visits,
        look=chance.random((days, size[0], SLOTS), np.float32),
        reads=chance.poisson(habits.reads_a_day * np.maximum(seen.openings, 1), (days, size[1])),
        stays=chance.random((size[0], 2), np.float32),
        best=0.0,
    )
    return Market(seen, replace(truth, best=_best(seen, truth)), habits, seed)


def welfare(truth: Truth, people: I8, jobs: I8) -> float:
    """What these hires are worth to both sides, 0–1 each, summed."""
    return float((truth.want[people, jobs] + truth.suit[people, jobs]).sum(dtype=np.float64) / 2)


def meet(people: Sequence[Person], jobs: Sequence[Job]) -> Met:
    """Let the engine score all pairs; the calendar and freshness play no part. 3 s for 2,000 × 400."""
    jobs = [replace(job, published_on=None) for job in jobs]
    recipe = Recipe(gates=tuple(gate for gate in GATES if gate.name != "open"))
    matcher = Matcher(recipe).fit(people, jobs, DAY_ZERO)
    shape, day = (len(people), len(jobs)), DAY_ZERO.toordinal()
    values = np.empty((*shape, len(FEATURES)), np.float32)
    score, minutes = np.empty(shape, np.float32), np.empty(shape, np.float32)
    mask = np.empty(shape, bool)
    for row in range(shape[0]):
        ask = Ask(matcher.town, "people", row, day)
        mask[row], minutes[row] = allowed(ask, recipe.gates), ask.everybody.minutes
        values[row] = table(ask.everybody)
        score[row] = matcher.order_.score(values[row])
    later = np.zeros(0, np.int64)  # days are given by _dated
    openings = np.array([job.openings for job in jobs], np.int64)
    seen = Seen(
        tuple(people), tuple(jobs), matcher.order_, score, mask, values,
        came=later, published=later, closes=later, openings=openings, small=small(jobs),
    )  # fmt: skip
    return Met(seen, minutes)


def small(jobs: Sequence[Job]) -> Mask:
    """[J] The organisation has no more openings than half of the organisations have."""
    total: dict[str, int] = {}
    for job in jobs:
        total[job.organisation or job.id] = total.get(job.organisation or job.id, 0) + job.openings
    middle = float(np.median(list(total.values()))) if total else 0.0
    return np.array([total[job.organisation or job.id] <= middle for job in jobs], bool)


def _dated(seen: Seen, habits: Habits, chance: np.random.Generator) -> tuple[Seen, I8]:
    """Days of coming and going, and the day each person is gone."""
    people, jobs = seen.score.shape
    came = _arrivals(people, habits.here_at_first, habits, chance)
    published = _arrivals(jobs, habits.here_at_first + 0.1, habits, chance)
    closes = published + chance.integers(*habits.open_days, size=jobs, endpoint=True)
    stays = np.asarray(chance.exponential(habits.looking_days, people), np.int64)
    leaves = came + 1 + stays
    return replace(seen, came=came, published=published, closes=closes), leaves


def _arrivals(number: int, at_first: float, habits: Habits, chance: np.random.Generator) -> I8:
    later = chance.integers(0, habits.days, number)
    # Those who are here at first came during the last ten days, so that not all is new on day one.
    return np.where(chance.random(number) < at_first, -chance.integers(0, 10, number), later)


def _utility(seen: Seen, minutes: F4, chance: np.random.Generator) -> F4:
    """How much each person wants each vacancy: facts of the records by other formulas than the engine's,
    weights of their own, a taste in things no record holds, and what everybody likes about a vacancy."""
    people, jobs = seen.score.shape
    middle = np.array([_middle(job) for job in seen.jobs], np.float32)
    floor = np.array([person.pay_floor_fen_month or np.nan for person in seen.people], np.float32)
    taste = chance.normal(size=(people, 6)) @ chance.normal(size=(6, jobs))
    terms = (
        (1.0, -minutes),
        (0.8, np.log(middle[None, :] / floor[:, None])),
        (0.6, _feature(seen, "skills")),
        (1.0, _feature(seen, "occupation")),
        (1.2, taste),
        (0.9, np.broadcast_to(chance.normal(size=jobs), (people, jobs))),
    )
    return _sum(terms, seen, chance)


def _judgement(seen: Seen, chance: np.random.Generator) -> F4:
    """How well each employer finds each person suited; ability shows in no record."""
    people, jobs = seen.score.shape
    terms = (
        (0.9, _feature(seen, "skills")),
        (0.7, _feature(seen, "background")),
        (0.5, _feature(seen, "experience")),
        (0.6, np.broadcast_to(chance.normal(size=(people, 1)), (people, jobs))),
        (0.5, chance.normal(size=(people, jobs))),
    )
    return _sum(terms, seen, chance)


def _sum(terms: Sequence[tuple[float, NDArray[np.floating]]], seen: Seen, chance: np.random.Generator) -> F4:
    """Σ weight × term, each term in standard units, each weight each person's own."""
    total = np.zeros(seen.score.shape, np.float32)
    for weight, term in terms:
        own = weight * chance.lognormal(-0.08, 0.4, (len(seen.people), 1))
        total += (own * _units(term, seen.allowed)).astype(np.float32)
    return total


def _units(term: NDArray[np.floating], among: Mask) -> NDArray[np.floating]:
    """Mean 0, spread 1 over the allowed pairs; what is not known is 0."""
    known = np.asarray(term)[among & np.isfinite(term)]
    if len(known) < 2 or not known.std():
        return np.zeros_like(term)
    return np.nan_to_num((term - known.mean()) / known.std(), posinf=0, neginf=0)


def _standard(value: F4, among: Mask, below: float) -> F4:
    """Shifted so that the given share of the allowed pairs lies below 0."""
    return np.asarray(value - np.quantile(value[among], below), np.float32) if among.any() else value


def _feature(seen: Seen, name: str) -> F4:
    at = next(n for n, feature in enumerate(FEATURES) if feature.name == name)
    return seen.values[:, :, at]


def _middle(job: Job) -> float:
    ends = [end for end in (job.pay_min_fen_month, job.pay_max_fen_month) if end]
    return sum(ends) / len(ends) if ends else np.nan


def _logistic(value: F4) -> F4:
    return np.asarray(1 / (1 + np.exp(-value)), np.float32)


def _best(seen: Seen, truth: Truth) -> float:
    """The greatest welfare of an allocation: one seat per person, both here on one day, gates hold."""
    meet = seen.allowed & (seen.came[:, None] <= seen.closes) & (seen.published < truth.leaves[:, None])
    worth = np.where(meet, (truth.want + truth.suit) / 2, 0)
    seat = np.repeat(np.arange(len(seen.jobs)), np.minimum(seen.openings, len(seen.people)))
    row, column = linear_sum_assignment(worth[:, seat], maximize=True)
    return float(worth[row, seat[column]].sum(dtype=np.float64))
