"""Who gets which place when places are few: at most one per person, at most its capacity per job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from .records import Pair

EXACT_CELLS_MAX = 4_000_000  # persons × seats; above it the greedy way


def allocate(pairs: Sequence[Pair], seats: Mapping[str, int]) -> list[Pair]:
    """The chosen pairs, best score first; equal ones by id.

    Up to 4 million persons × seats the greatest sum of scores that exists (assignment problem, seats as
    columns); above that greedily by score. A job without a number of seats has none.
    """
    people, places = sorted({pair.person for pair in pairs}), _places(pairs, seats)
    if len(people) * len(places) > EXACT_CELLS_MAX:
        return _greedy(pairs, seats)
    return _exact(pairs, people, places)


def _places(pairs: Sequence[Pair], seats: Mapping[str, int]) -> list[str]:
    """One entry per seat; more seats than askers are of no use."""
    asked = Counter(pair.job for pair in pairs)
    return [job for job in sorted(asked) for _ in range(min(seats.get(job, 0), asked[job]))]


def _exact(pairs: Sequence[Pair], people: Sequence[str], places: Sequence[str]) -> list[Pair]:
    row = {person: n for n, person in enumerate(people)}
    columns: dict[str, list[int]] = {}
    for n, job in enumerate(places):
        columns.setdefault(job, []).append(n)
    # Staying without a place is worth 0, and so is a pair that was not proposed.
    worth = np.zeros((len(people), len(places)))
    by_cell = {}
    for pair in pairs:
        worth[row[pair.person], columns.get(pair.job, [])] = pair.score
        by_cell[pair.person, pair.job] = pair
    chosen = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    found = [by_cell.get((people[p], places[s])) for p, s in chosen]
    return _ordered([pair for pair in found if pair])


def _greedy(pairs: Sequence[Pair], seats: Mapping[str, int]) -> list[Pair]:
    left, served, chosen = dict(seats), set[str](), []
    for pair in _ordered(pairs):
        if pair.person not in served and left.get(pair.job, 0) > 0:
            left[pair.job] -= 1
            served.add(pair.person)
            chosen.append(pair)
    return chosen


def _ordered(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.person, pair.job))
