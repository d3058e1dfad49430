"""The weights of the order, learned from what people did with what they were shown.

1. ``propensities`` tells how often a place in a list is looked at at all, so that the first place is not
   taken for the better vacancy.
2. ``compared`` makes pairs of what one person preferred and what they did not.
3. ``learn`` moves the weights so that preferred ones score higher, held to the hand-set ones: with few labels
   those hold, with many the labels decide. Weights cannot become negative.
4. ``judge`` compares two orders on labels that neither has seen.

Pairwise logistic loss weighted by inverse propensity: Joachims, Swaminathan, Schnabel, WSDM 2017. Nothing
here is random but the resamples of ``judge``, whose seed is fixed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from .features import table
from .meeting import Ask
from .order import WeightedSum

if TYPE_CHECKING:
    from .ranker import Matcher

F4 = NDArray[np.float32]
F8 = NDArray[np.float64]
I8 = NDArray[np.int64]

LEAST_PROPENSITY = 0.1  # a label counts ten times at most
PRIOR_LOOKS = 50.0  # so many responses of a place weigh as much as the prior guess about it
HELD_BY = 0.35  # standard deviation of the log of a weight about the hand-set one, before any label
STEEPNESS = 12.0  # of the logistic before any label: scores of a list lie within about 0.2
PAIRS_PER_LABEL = 50
RESAMPLES = 1_000
MARGIN = 0.005  # of nDCG: less is not worth keeping an old model for
DOUBT = 0.2  # refused when more than this share of resamples is worse by more than the margin


@dataclass(frozen=True)
class Examples:
    """n labelled pairs of a person and a job.

    ``values`` [n, features] as the order reads them · ``group`` [n] the person · ``job`` [n] · ``grade`` [n]
    how far it went, 0: shown and left · ``place`` [n] in the list, from 1 · ``about`` [n, features]: a
    refusal speaks of these features alone (all false: of the whole).
    """

    values: F4
    group: I8
    job: I8
    grade: I8
    place: I8
    about: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.grade)

    def only(self, chosen: NDArray[np.bool_]) -> Examples:
        """These rows."""
        return Examples(
            self.values[chosen],
            self.group[chosen],
            self.job[chosen],
            self.grade[chosen],
            self.place[chosen],
            self.about[chosen],
        )


def values_of(matcher: Matcher, pairs: Sequence[tuple[str, str, int]]) -> F4:
    """Feature values [n, features] of (person, job, day as proleptic ordinal), gates or not.

    Raises KeyError for an id the matcher does not hold.
    """
    out = np.full((len(pairs), len(matcher.recipe.features)), np.nan, np.float32)
    asked: dict[tuple[str, int], list[int]] = {}
    for n, (person, _job, day) in enumerate(pairs):
        asked.setdefault((person, day), []).append(n)
    people, jobs = matcher.town.people.slot, matcher.town.jobs.slot
    for (person, day), rows in asked.items():
        met = Ask(matcher.town, "people", people[person], day).meet(
            np.array([jobs[pairs[n][1]] for n in rows])
        )
        out[rows] = table(met, matcher.recipe.features)
    return out


def prior_propensity(place: NDArray[np.int64] | int) -> F8:
    """How often a place is looked at before anything was measured: 1/log2(place + 1), as DCG discounts."""
    return np.asarray(1 / np.log2(np.asarray(place, np.float64) + 1))


def propensities(place: I8, item: I8, responded: NDArray[np.bool_], *, turns: int = 30) -> F8:
    """How often each place 1…K is looked at, relative to the first, from a log of n showings.

    1. Chance of a response = looks of the place × appeal of the item (an item is shown at many places).
    2. Both are fitted in turns; each place is held to ``prior_propensity`` as by 50 responses of its own.
    3. The first place is 1, none above it, none below 0.1 (clipped: one label must not outweigh all others).
    """
    if not len(place):
        return np.ones(1)
    size = int(place.max())
    prior = prior_propensity(np.arange(1, size + 1))
    _, item = np.unique(item, return_inverse=True)
    did, looks = responded.astype(np.float64), prior.copy()
    answers_at, answers_of = np.bincount(place - 1, did, size), np.bincount(item, did)
    for _turn in range(turns):
        appeal = answers_of / np.maximum(np.bincount(item, looks[place - 1]), 1e-12)
        expected = np.bincount(place - 1, appeal[item], size)
        looks = (answers_at + PRIOR_LOOKS * prior) / (expected + PRIOR_LOOKS)
        looks /= looks[0]
    return np.asarray(np.clip(looks, LEAST_PROPENSITY, 1.0))


@dataclass(frozen=True)
class Compared:
    """p pairs: ``better`` [p, features] was preferred to ``other`` [p, features], each by its ``weight``."""

    better: F4
    other: F4
    weight: F8


def compared(examples: Examples, looks: F8) -> Compared:
    """Whatever went further against whatever did not, within each person.

    A label's pairs share its weight: the root of the steps between the grades, over the propensity of the
    place it was seen at. A refusal that names a feature is compared by that feature alone: everything else is
    taken to be alike, and only with what is better in it.
    """
    width = examples.values.shape[1]
    found: list[tuple[F4, F4, F8]] = [(np.zeros((0, width), np.float32),) * 2 + (np.zeros(0),)]
    order = np.argsort(examples.group, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(examples.group[order])) + 1):
        grade = examples.grade[rows]
        for label in rows[grade != 0]:
            lower = examples.grade[label] < 0
            others = rows[grade > examples.grade[label]] if lower else rows[grade < examples.grade[label]]
            if len(others):
                found.append(_pairs(examples, int(label), others[:PAIRS_PER_LABEL], looks, lower))
    better, other, weight = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Compared(better, other, weight)


def _pairs(
    examples: Examples, label: int, others: NDArray[np.intp], looks: F8, refused: bool
) -> tuple[F4, F4, F8]:
    own, theirs = np.repeat(examples.values[[label]], len(others), 0), examples.values[others]
    steps = np.abs(examples.grade[label] - examples.grade[others])
    place = min(int(examples.place[label]), len(looks)) - 1
    weight = np.sqrt(steps) / max(looks[place], LEAST_PROPENSITY) / len(others)
    if not refused:
        return own, theirs, weight
    about = examples.about[label]
    if about.any():
        own = np.where(about, own, theirs)
        gains = ((theirs > own) & about).any(1)
        return theirs[gains], own[gains], weight[gains]
    return theirs, own, weight


def learn(prior: WeightedSum, pairs: Compared) -> WeightedSum:
    """The weights under which preferred ones score higher; the prior's where nothing was compared.

    Minimises Σ weight · log(1 + exp(−b (s(better) − s(other)))) + ½ Σ (log w/w₀)² / 0.35² over log weights
    and log b by L-BFGS from the prior, so equal labels give equal weights on every run.
    """
    if not len(pairs.weight) or not pairs.weight.sum():
        return prior
    size = len(prior.weight)
    start = np.append(np.zeros(size), math.log(STEEPNESS))

    def cost(point: F8) -> tuple[float, F8]:
        moved, steep = np.exp(point[:size]), math.exp(point[size])
        order = replace(prior, weight=prior.weight * moved)
        apart = order.score(pairs.better) - order.score(pairs.other)
        loss = float(pairs.weight @ np.logaddexp(0, -steep * apart))
        pull = -pairs.weight / (1 + np.exp(np.clip(steep * apart, -500, 500)))
        by_weight = (order.slope(pairs.better) - order.slope(pairs.other)).T @ pull * steep
        held, free = point[:size] / HELD_BY, point[size] - start[size]
        down = np.append(by_weight * order.weight + held / HELD_BY, (pull @ apart) * steep + free)
        return loss + 0.5 * float(held @ held) + 0.5 * free**2, down

    found = minimize(cost, start, jac=True, method="L-BFGS-B", bounds=[(-3, 3)] * size + [(0, 6)])
    return replace(prior, weight=prior.weight * np.exp(found.x[:size]))


@dataclass(frozen=True)
class Verdict:
    """Two orders on the same labels. Means over people, with a standard error; ``worse``: share of resamples
    in which the candidate loses more than the margin."""

    people: int
    labels: int
    candidate: float  # nDCG@10
    candidate_error: float
    serving: float
    serving_error: float
    difference: float
    low: float  # of 90 of 100 resamples
    high: float
    worse: float
    candidate_auc: float
    serving_auc: float

    @property
    def stands(self) -> bool:
        """Not worse than the one that serves, as far as these labels can tell."""
        return self.difference >= -MARGIN and self.worse <= DOUBT


def judge(
    candidate: WeightedSum,
    serving: WeightedSum,
    examples: Examples,
    looks: F8 | None = None,
    *,
    seed: int = 0,
) -> Verdict:
    """Compare two orders on held-out labels by a paired bootstrap over people.

    ``looks``: how often each place is looked at. The labels were given to lists that the serving order made:
    without them, whatever it put first counts for it twice.
    """
    new, old = quality(candidate, examples, looks=looks), quality(serving, examples, looks=looks)
    apart, weight = new[:, 0] - old[:, 0], new[:, 2]
    if not len(apart):
        return Verdict(0, len(examples), *(math.nan,) * 10)
    dice = np.random.default_rng(seed)
    drawn = dice.integers(0, len(apart), (RESAMPLES, len(apart)))
    means = (apart[drawn] * weight[drawn]).sum(1) / weight[drawn].sum(1)
    low, high = np.quantile(means, [0.05, 0.95])
    return Verdict(
        people=len(apart), labels=len(examples),
        candidate=_mean(new[:, 0], weight), candidate_error=_error(new[:, 0], weight),
        serving=_mean(old[:, 0], weight), serving_error=_error(old[:, 0], weight),
        difference=_mean(apart, weight), low=float(low), high=float(high),
        worse=float((means < -MARGIN).mean()),
        candidate_auc=_mean(new[:, 1], weight), serving_auc=_mean(old[:, 1], weight),
    )  # fmt: skip


def quality(order: WeightedSum, examples: Examples, k: int = 10, looks: F8 | None = None) -> F8:
    """Per person who wanted something and left something: graded nDCG@k, AUC and weight, [people, 3].

    With ``looks`` each label weighs as much as its place is looked at seldom, and a person as much as their
    labels: whoever took the first of a list says little about what stood below.
    """
    score, rows_of = order.score(examples.values), np.argsort(examples.group, kind="stable")
    place = np.minimum(examples.place, len(looks)) - 1 if looks is not None else None
    rare = np.ones(len(examples)) if looks is None else 1 / np.maximum(looks[place], LEAST_PROPENSITY)
    found = []
    for rows in np.split(rows_of, np.flatnonzero(np.diff(examples.group[rows_of])) + 1):
        grade = np.maximum(examples.grade[rows], 0)
        if len(rows) > 1 and grade.any() and (grade < grade.max()).any():
            gain = grade * rare[rows]
            weight = gain.sum() / grade.sum()
            found.append((_ndcg(score[rows], gain, k), _auc(score[rows], gain), weight))
    return np.array(found, np.float64).reshape(-1, 3)


def stability(before: F8, now: F8) -> float:
    """Population-stability index of two histograms: below 0.1 the same, above 0.25 another population."""
    one, other = ((part + 0.5) / (part + 0.5).sum() for part in (before, now))
    return float(((other - one) * np.log(other / one)).sum())


def histogram(values: F4, cells: int = 10) -> F8:
    """How often each feature's values fall into tenths of 0–1, and how often it is silent [features, 11]."""
    known = np.isfinite(values)
    cell = np.where(known, np.clip(np.nan_to_num(values) * cells, 0, cells - 1), cells).astype(np.int64)
    return np.stack([np.bincount(column, minlength=cells + 1) for column in cell.T]).astype(np.float64)


def _ndcg(score: F8, gain: F8, k: int) -> float:
    # Equal scores share their places' discount evenly: no order of rows may help an order that cannot tell.
    discount = 1 / np.log2(np.arange(2, len(score) + 2))
    discount[k:] = 0
    order = np.argsort(-score, kind="stable")
    _, level = np.unique(-score[order], return_inverse=True)
    shared = np.bincount(level, discount) / np.bincount(level)
    best = np.sort(gain)[::-1] @ discount
    return float(gain[order] @ shared[level] / best)


def _auc(score: F8, gain: F8) -> float:
    wanted = gain > 0
    if wanted.all() or not wanted.any():
        return 0.5
    apart = score[wanted][:, None] - score[~wanted][None, :]
    above = ((apart > 0) + 0.5 * (apart == 0)).mean(1)
    # In proportion to the gain; all wanted alike when their gains are.
    return float(above @ gain[wanted] / gain[wanted].sum())


def _mean(values: F8, weight: F8) -> float:
    return float(values @ weight / weight.sum())


def _error(values: F8, weight: F8) -> float:
    """The standard error of a weighted mean."""
    if len(values) < 2:
        return math.nan
    apart = weight * (values - _mean(values, weight))
    return float(math.sqrt(len(values) / (len(values) - 1) * (apart @ apart)) / weight.sum())
