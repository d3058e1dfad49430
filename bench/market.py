"""What policies do to a made-up labour market: python -m bench.market [people] [jobs] [--days 60] [--seeds 5]

Prints a table (mean ± standard error over seeds), the paired differences to "best for each", and one JSON
line. The people and vacancies are those of ``bench.matching``; what they want and whom employers choose is
drawn per seed (see ``yuanmeng.matching.market``). ``--learn`` adds two policies that learn while they serve,
with and without position correction; they take a minute a seed.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np
from bench.matching import town

from yuanmeng.matching import market, policies, simulate
from yuanmeng.matching.market import SLOTS, Habits, Market
from yuanmeng.matching.policies import BestForEach, Chance, Learned, Newest, Policy, SharedOut
from yuanmeng.matching.simulate import Compared

STRENGTHS = (0.2, 0.4, 0.6, 0.8, 1.0)
Table = Mapping[str, Mapping[str, Compared]]


def ways(learning: bool, place: Market) -> Iterator[Policy]:
    """The policies that are compared; the first is what the others are compared to."""
    seen = place.seen
    yield BestForEach(seen.score)
    yield from (SharedOut(seen.score, strength) for strength in STRENGTHS)
    yield SharedOut(seen.score, 0.6, least=1.0, name="0.6, even rooms")
    yield Newest(seen)
    yield Chance()
    if learning:
        yield Learned(seen, lambda labels, seen: seen.score, name="10 % any order")
        yield Learned(seen, policies.weights, name="learned")
        yield Learned(seen, partial(policies.weights, looks=np.ones(SLOTS)), name="learned, clicks raw")


def show(table: Table) -> None:
    """Figures down, policies across: mean ± standard error; below each the paired difference."""
    names = list(table)
    print(f"{'':20}" + "".join(f"{name:>20}" for name in names))
    for figure in table[names[0]]:
        cells = [table[name][figure] for name in names]
        print(f"{figure:20}" + "".join(f"{_pair(cell.mean, cell.error):>20}" for cell in cells))
        apart = [_pair(cell.more, cell.more_error, sign="+") for cell in cells[1:]]
        print(f"{'':20}{'':>20}" + "".join(f"{words:>20}" for words in apart))


def _pair(value: float, error: float, sign: str = "") -> str:
    digits = 1 if abs(value) >= 50 else 2 if abs(value) >= 2 else 3
    return f"{value:{sign}.{digits}f} ± {error:.{digits}f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=2_000)
    parser.add_argument("jobs", type=int, nargs="?", default=400)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    began, habits = time.perf_counter(), Habits(days=words.days)
    draw = partial(market.draw, market.meet(*town(words.people, words.jobs)), habits=habits)
    table = simulate.compare(
        lambda seed: draw(seed=seed), partial(ways, words.learn), seeds=range(words.seeds)
    )
    seconds = time.perf_counter() - began
    show(table)
    print(f"{words.people} people, {words.jobs} vacancies, {words.days} days, {words.seeds} seeds")
    print(f"{seconds:.1f} s")
    told = {policy: {name: _plain(cell) for name, cell in row.items()} for policy, row in table.items()}
    figures = {"bench": "market", **vars(words), "json": None, "seconds": round(seconds, 1), "policies": told}
    print(json.dumps(figures, allow_nan=False))
    if words.json:
        words.json.write_text(json.dumps(figures, allow_nan=False), encoding="utf-8")


def _plain(cell: Compared) -> dict[str, float | None]:
    return {name: round(value, 5) if math.isfinite(value) else None for name, value in asdict(cell).items()}


if __name__ == "__main__":
    main()
