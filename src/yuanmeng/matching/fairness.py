"""Whom the engine favours without being told to: rates by group, stand-ins for what is forbidden, exposure.

Labels such as sex or age band are handed in from outside, beside the records and never in them; nothing here
is read by a gate, a feature or a retriever. The answers are figures; whoever shows them makes the sentences.

1 ``rates``    K43: how often each group is suggested, against the group suggested most (four-fifths rule)
2 ``audit``    how well the used features tell a protected attribute, and which feature tells it best
3 ``exposure`` whether small employers, new vacancies, new people get their share of being shown
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .features import FEATURES
from .records import Person
from .text import counts, without_traits

F8 = NDArray[np.float64]
Mask = NDArray[np.bool_]

FEWEST = 5  # a group of fewer people is not told of (PIPL 25, 26)
FOUR_FIFTHS = 0.8
Z = 1.96  # of a 95 % interval
STANDS_IN_FROM = 0.7  # the AUC from which features are said to stand in for an attribute
FEWEST_TO_LEARN = 20  # of a class and of the others, or nothing can be told
FOLDS = 5
COMMON_MIN, COMMON_MOST = 20, 60  # people who share a skill or an occupation; how many kinds are looked at
NUMBERS = (
    "education_rank", "experience_years", "pay_floor_fen_month", "commute_max_minutes", "lon", "lat",
)  # fmt: skip
WORD_CELLS = 64  # what people write, hashed into so many cells
# Not looked at by the audit, and why: a name is no fact, age is read for the law's lower limits alone and
# never scored, hidden organisations only close gates, choices are read through the value of their feature,
# gaps are for courses alone.
NOT_AUDITED = frozenset({"id", "age_years", "hidden_organisations", "gaps", "chose", "chose_titles"})


# ---- 1 rates by group
@dataclass(frozen=True)
class GroupRate:
    """How often the people of a group were suggested. Of a group under FEWEST only the name is told."""

    group: str
    people: int | None
    suggested: int | None
    rate: float  # suggested / people, with its 95 % interval (Wilson 1927)
    low: float
    high: float
    ratio: float  # to the group with the highest rate, with its 95 % interval (Katz et al. 1978)
    ratio_low: float
    ratio_high: float

    @property
    def alarms(self) -> bool:
        """The ratio lies under four fifths (K43)."""
        return self.ratio < FOUR_FIFTHS

    @property
    def alarms_surely(self) -> bool:
        """So does its whole interval: not the doing of few people."""
        return self.ratio_high < FOUR_FIFTHS


def rates(suggested: Sequence[bool], groups: Sequence[str]) -> tuple[GroupRate, ...]:
    """The rates of each group, by name. ``groups`` names each person's group; "" is not told and left out.

    Raises ValueError when the two do not speak of the same people.
    """
    if len(suggested) != len(groups):
        raise ValueError(f"{len(suggested)} people were suggested or not, {len(groups)} have a group.")
    size = Counter(group for group in groups if group)
    yes = Counter(group for group, was in zip(groups, suggested, strict=True) if group and was)
    told = [group for group in size if size[group] >= FEWEST]
    best = max(told, key=lambda group: (yes[group] / size[group], group), default="")
    return tuple(
        _rate(group, yes[group], size[group], yes[best], size[best]) if group in told else _withheld(group)
        for group in sorted(size)
    )


def _rate(group: str, yes: int, size: int, best_yes: int, best_size: int) -> GroupRate:
    ratio = yes / size / (best_yes / best_size) if best_yes else math.nan
    low, high = _ratio_interval(ratio, yes, size, best_yes, best_size)
    return GroupRate(group, size, yes, yes / size, *wilson(yes, size), ratio, low, high)


def _withheld(group: str) -> GroupRate:
    return GroupRate(group, None, None, *(math.nan,) * 6)


def wilson(yes: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share; it stays within 0 and 1 and is never a point."""
    if not of:
        return math.nan, math.nan
    share, spread = yes / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _ratio_interval(ratio: float, yes: int, size: int, best_yes: int, best_size: int) -> tuple[float, float]:
    if not yes or not best_yes:
        return math.nan, math.nan
    error = math.sqrt(max(1 / yes - 1 / size + 1 / best_yes - 1 / best_size, 0.0))
    return ratio * math.exp(-Z * error), ratio * math.exp(Z * error)


# ---- 2 stand-ins
@dataclass(frozen=True)
class Told:
    """How well something tells a group from all others: 0.5 not at all, 1 always. ``error``: standard."""

    auc: float
    error: float

    @property
    def stands_in(self) -> bool:
        """Well enough to be a stand-in (the figure itself, not a bound of it: rather once too often)."""
        return self.auc >= STANDS_IN_FROM


@dataclass(frozen=True)
class Audit:
    """What the used features give away about one group."""

    group: str
    people: int  # of the group
    of: int  # of all whose group is known
    together: Told  # all features, on people the model has not seen
    single: tuple[tuple[str, Told], ...]  # the strongest features alone, strongest first

    @property
    def stand_ins(self) -> tuple[str, ...]:
        """Features that alone stand in for the group."""
        return tuple(name for name, told in self.single if told.stands_in)


def audit(
    values: F8, names: Sequence[str], groups: Sequence[str], *, most: int = 5, seed: int = 0
) -> tuple[Audit, ...]:
    """How well values [n, features] tell each group, by name; NaN means not said.

    1 people are parted into FOLDS at random   2 on all but one, ridge-penalised logistic regression   3 the
    AUC of the left-out ones, errors after Hanley & McNeil 1982   4 each feature alone, by its AUC.
    "" is not told. A group that is too small to learn from is left out; with two groups one is told, for the
    other is its mirror image. Raises ValueError when the sizes differ.
    """
    if values.shape != (len(groups), len(names)):
        raise ValueError(
            f"{values.shape} values do not belong to {len(groups)} people, {len(names)} features."
        )
    rows = np.array([n for n, group in enumerate(groups) if group], np.int64)
    labels = np.array([groups[n] for n in rows])
    kinds = sorted(set(labels.tolist()))
    told = []
    for kind in kinds[:1] if len(kinds) == 2 else kinds:
        member = labels == kind
        if min(member.sum(), (~member).sum()) >= FEWEST_TO_LEARN:
            told.append(_audited(kind, values[rows], names, member, most, seed))
    return tuple(told)


def _audited(kind: str, values: F8, names: Sequence[str], member: Mask, most: int, seed: int) -> Audit:
    fold = np.random.default_rng(seed).permutation(len(member)) % FOLDS
    x, guess = _filled(values), np.zeros(len(member))
    for part in range(FOLDS):
        guess[fold == part] = _foretold(x[fold != part], member[fold != part], x[fold == part])
        # Folds have different scales: only the order within each is compared.
        guess[fold == part] = _ranks(guess[fold == part]) / (fold == part).sum()
    alone = [(name, _told(column, member)) for name, column in zip(names, values.T, strict=True)]
    # A feature that tells the others tells this group as well.
    alone = [(name, Told(max(told.auc, 1 - told.auc), told.error)) for name, told in alone]
    alone.sort(key=lambda pair: (-pair[1].auc, pair[0]))
    return Audit(kind, int(member.sum()), len(member), _told(guess, member), tuple(alone[:most]))


def _told(value: F8, member: Mask) -> Told:
    """AUC of a value; whoever did not say stands in the middle of all."""
    known = np.isfinite(value)
    value = np.where(known, value, np.median(value[known]) if known.any() else 0.0)
    ranks, yes, no = _ranks(value), int(member.sum()), int((~member).sum())
    area = (ranks[member].sum() - yes * (yes + 1) / 2) / (yes * no)
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (yes - 1) * (one - area**2) + (no - 1) * (two - area**2)
    return Told(float(area), math.sqrt(max(spread, 0.0) / (yes * no)))


def _ranks(value: F8) -> F8:
    """Ranks from 1; equal values share the mean of theirs."""
    _, level, size = np.unique(value, return_inverse=True, return_counts=True)
    last = np.cumsum(size)
    return np.asarray((last - (size - 1) / 2)[level], np.float64)


def _filled(values: F8) -> F8:
    """Standard units, the mean for what is not said, and a column for not saying where some did."""
    known = np.isfinite(values)
    number = np.maximum(known.sum(0), 1)
    mean = np.where(known, values, 0).sum(0) / number
    x = np.where(known, values - mean, 0.0)
    spread = np.sqrt((x**2).sum(0) / number)
    silent = ~known[:, (~known).any(0)]
    return np.concatenate([x / np.where(spread > 0, spread, 1), silent - silent.mean(0)], axis=1)


def _foretold(x: F8, member: Mask, of: F8, *, penalty: float = 10.0, turns: int = 12) -> F8:
    """Logistic regression with a ridge penalty by Newton's steps; the log odds of other rows."""
    x, y = np.column_stack([x, np.ones(len(x))]), member.astype(np.float64)
    ridge = np.full(x.shape[1], penalty)
    ridge[-1] = 1e-6  # the share of the group itself is not held down
    slope = np.zeros(x.shape[1])
    for _ in range(turns):
        chance = 1 / (1 + np.exp(-np.clip(x @ slope, -30, 30)))
        down = x.T @ (y - chance) - ridge * slope
        curve = (x * np.maximum(chance * (1 - chance), 1e-6)[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(curve, down)
        slope += step
        if np.abs(step).max() < 1e-6:
            break
    return np.asarray(np.column_stack([of, np.ones(len(of))]) @ slope)


def used(people: Sequence[Person], values: NDArray[np.floating] | None = None) -> tuple[list[str], F8]:
    """All that the engine reads of these people, as names and numbers [n, columns].

    Numbers as they are; skills, occupations, hours as yes and no where enough people share them; words hashed
    into cells after traits are taken out, as the engine reads them; of feature values [P, J, F] each person's
    mean over the vacancies. Left out: NOT_AUDITED.
    """
    columns: dict[str, F8] = {}
    for name in (
        "education_rank",
        "experience_years",
        "pay_floor_fen_month",
        "commute_max_minutes",
        "lon",
        "lat",
    ):
        columns[name] = np.array([_number(getattr(person, name)) for person in people])
    for name in ("skills", "shifts", "employment_types"):
        columns |= _kinds(name, [getattr(person, name) for person in people])
    for depth in (1, 2):
        wanted = [tuple(_group(code, depth) for code in person.occupations) for person in people]
        last = [(_group(person.last_occupation, depth),) for person in people]
        columns |= _kinds("occupations", wanted) | _kinds("last_occupation", last)
    columns |= _words("wish", [person.wish for person in people])
    columns |= _words("text", [person.text for person in people])
    if values is not None:
        columns |= _means(values)
    return list(columns), np.column_stack(list(columns.values())).astype(np.float64)


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _group(code: str, depth: int) -> str:
    """ "4-13-02" to its first one or two levels; empty stays empty."""
    return "-".join(code.split("-")[:depth])


def _kinds(name: str, said: Sequence[Sequence[str]]) -> dict[str, F8]:
    """A yes-or-no column for each of the commonest words."""
    often = Counter(word for words in said for word in set(words) if word)
    common = [word for word, number in often.most_common(COMMON_MOST) if number >= COMMON_MIN]
    return {f"{name}={word}": np.array([float(word in words) for words in said]) for word in sorted(common)}


def _words(name: str, texts: Sequence[str]) -> dict[str, F8]:
    found = counts([without_traits(text) for text in texts]).tocoo()
    cells = np.zeros((len(texts), WORD_CELLS))
    np.add.at(cells, (found.row, (found.col >> 2) % WORD_CELLS), 1.0)
    return {f"{name}#{cell}": np.log1p(cells[:, cell]) for cell in range(WORD_CELLS) if cells[:, cell].any()}


def _means(values: NDArray[np.floating]) -> dict[str, F8]:
    known = np.isfinite(values)
    number = known.sum(1)
    mean = np.where(known, values, 0).sum(1) / np.maximum(number, 1)
    mean = np.where(number > 0, mean, np.nan)
    return {f"value:{feature.name}": mean[:, n] for n, feature in enumerate(FEATURES)}


# ---- 3 exposure
@dataclass(frozen=True)
class Exposure:
    """What part of all being shown a group gets, and what part of all that is there it is."""

    group: str
    shown: float  # share of exposure
    there: float  # share of what could be shown
    ratio: float  # 1: its share; NaN: nothing of it is there


def exposure(shown: F8, groups: Mapping[str, Mask], there: F8 | None = None) -> tuple[Exposure, ...]:
    """The exposure of groups that may overlap: masks over items, ``shown`` [items] in looks or list places.

    ``there`` [items] weighs what could be shown (days open); without it every item weighs the same.
    """
    there = np.ones(len(shown)) if there is None else there
    told = []
    for name, mask in groups.items():
        part, whole = _part(shown, mask), _part(there, mask)
        told.append(Exposure(name, part, whole, part / whole if whole else math.nan))
    return tuple(told)


def _part(value: F8, mask: Mask) -> float:
    total = float(value.sum())
    return float(value[mask].sum()) / total if total else math.nan
