"""Who gets which place when places are few: at most one per person, at most its capacity per job.

The same question for jobs, for tables of a night market and for hours of interviews: only ``seats`` differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from .allocation import Edges, auction
from .records import Pair
from .tables import tie

EXACT_CELLS_MAX = 4_000_000  # persons × seats; above it the auction
AUCTION_EPS = 5e-4  # the sum of scores is at most so much per person placed below the greatest


def allocate(pairs: Sequence[Pair], seats: Mapping[str, int]) -> list[Pair]:
    """The chosen pairs, best score first; equal ones by id.

    Up to 4 million persons × seats the greatest sum of scores that exists (assignment problem, seats as
    columns); above that an auction, near the greatest. A job without a number of seats has none.
    """
    people, places = sorted({pair.person for pair in pairs}), _places(pairs, seats)
    if len(people) * len(places) > EXACT_CELLS_MAX:
        return _auctioned(pairs, seats)
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


def _auctioned(pairs: Sequence[Pair], seats: Mapping[str, int]) -> list[Pair]:
    by_cell = {(pair.person, pair.job): pair for pair in pairs}
    # Rows in the order of the ids' hashes: who bids first is nobody's merit.
    people, jobs = _by_hash({pair.person for pair in pairs}), _by_hash({pair.job for pair in pairs})
    row, column = {key: n for n, key in enumerate(people)}, {key: n for n, key in enumerate(jobs)}
    cells = sorted((row[person], column[job], pair.score) for (person, job), pair in by_cell.items())
    person, job, score = (np.array(values) for values in zip(*cells, strict=True))
    start = np.searchsorted(person, np.arange(len(people) + 1)).astype(np.int64)
    edges = Edges(start, job.astype(np.int32), score.astype(np.float32), len(jobs))
    found = auction(edges, [max(seats.get(key, 0), 0) for key in jobs], AUCTION_EPS)
    return _ordered([by_cell[people[p], jobs[j]] for p, j in enumerate(found.job) if j >= 0])


def _by_hash(keys: set[str]) -> list[str]:
    return sorted(keys, key=lambda key: (tie(key), key))


def _ordered(pairs: Sequence[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.person, pair.job))
