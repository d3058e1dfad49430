"""Who gets which place, against the optimum: python -m bench.allocation [--people 100000] [--jobs 20000]

A made-up market where most people want the same few vacancies; every way solves the same one in the same
process, in turns. CPU seconds are of this process, all threads; the share is of the bound that our prices
prove.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from yuanmeng.matching.allocation import Edges, auction, share

Way = Callable[[Edges, np.ndarray], np.ndarray]  # → job [n], -1: none


def market(people: int, jobs: int, each: int, seed: int = 0) -> tuple[Edges, np.ndarray]:
    """Each person with about ``each`` different jobs, drawn by popularity; 1.15 places a person."""
    chance = np.random.default_rng(seed)
    liked = chance.gumbel(size=jobs)
    drawn = np.sort(chance.integers(0, jobs, (people, each)), axis=1)
    fresh = np.diff(drawn, axis=1, prepend=-1) > 0
    job = drawn[fresh].astype(np.int32)
    start = np.concatenate([[0], np.cumsum(fresh.sum(1))]).astype(np.int64)
    score = 1 / (1 + np.exp(1 - 0.8 * liked[job] - chance.normal(size=len(job))))
    seats = 1 + chance.multinomial(int(1.15 * people) - jobs, chance.dirichlet(np.full(jobs, 0.8)))
    return Edges(start, job, score.astype(np.float32), jobs), seats


def bids(eps: float, backend: str = "auto") -> Way:
    return lambda edges, seats: auction(edges, seats, eps, backend=backend).job


def min_cost_flow(edges: Edges, seats: np.ndarray) -> np.ndarray:
    """The optimum (scores to five digits): people → jobs → sink, and people → sink for nothing."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    n, m = edges.people, edges.jobs
    flow, sink = SimpleMinCostFlow(), edges.people + edges.jobs
    tail = np.concatenate([edges.person, n + np.arange(m), np.arange(n)]).astype(np.int32)
    head = np.concatenate([n + edges.job, np.full(m + n, sink)]).astype(np.int32)
    room = np.concatenate([np.ones(len(edges.job)), seats, np.ones(n)]).astype(np.int64)
    cost = np.concatenate([-np.rint(edges.score * 1e5), np.zeros(m + n)]).astype(np.int64)
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, cost)
    flow.set_nodes_supplies(np.arange(n, dtype=np.int32), np.ones(n, np.int64))
    flow.set_node_supply(sink, -n)
    assert flow.solve() == flow.OPTIMAL
    used = np.flatnonzero(flow.flows(arcs[: len(edges.job)]))
    job = np.full(n, -1)
    job[edges.person[used]] = edges.job[used]
    return job


def greedy(edges: Edges, seats: np.ndarray) -> np.ndarray:
    return rounded(edges, seats, edges.score)


def sinkhorn(reg: float, turns: int = 100) -> Way:
    """Entropic transport on the pairs that exist (rows at most 1, columns at most their places), rounded."""

    def solve(edges: Edges, seats: np.ndarray) -> np.ndarray:
        plan = edges.matrix(np.exp((edges.score - 1.0) / reg))
        back, v = plan.T.tocsr(), np.ones(edges.jobs)
        for _ in range(turns):
            u = 1 / np.maximum(plan @ v, 1e-300)
            v = np.minimum(1, seats / np.maximum(back @ u, 1e-300))
        return rounded(edges, seats, u[edges.person] * plan.data * v[edges.job])

    return solve


def rounded(edges: Edges, seats: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """Pairs by falling worth, each taken while the person is free and the job has a place."""
    job, left = [-1] * edges.people, seats.tolist()
    order = np.argsort(-worth, kind="stable")
    for p, j in zip(edges.person[order].tolist(), edges.job[order].tolist(), strict=True):
        if job[p] < 0 and left[j]:
            job[p], left[j] = j, left[j] - 1
    return np.array(job)


def expanded(edges: Edges, seats: np.ndarray) -> np.ndarray:
    """scipy's sparse assignment with a column for each place and one to stay without for each person."""
    columns = np.concatenate([[0], np.cumsum(seats)])
    times = seats[edges.job]
    row = np.repeat(edges.person, times)
    at = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    worth = np.concatenate([np.repeat(edges.score, times) + 1.0, np.ones(edges.people)])
    row = np.concatenate([row, np.arange(edges.people)])
    column = np.concatenate(
        [np.repeat(columns[edges.job], times) + at, columns[-1] + np.arange(edges.people)]
    )
    table = sp.csr_array((worth, (row, column)), shape=(edges.people, columns[-1] + edges.people))
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows, found = min_weight_full_bipartite_matching(table, maximize=True)
    job = np.full(edges.people, -1)
    job[rows] = np.where(found < columns[-1], np.searchsorted(columns, found, side="right") - 1, -1)
    return job


def transported(edges: Edges, seats: np.ndarray) -> np.ndarray:
    """POT's dense Sinkhorn with a column for staying without, rounded; small markets only."""
    import ot

    worth = np.full((edges.people, edges.jobs + 1), -5.0)
    worth[edges.person, edges.job] = edges.score
    worth[:, -1] = 0
    supply = np.append(seats, max(edges.people - seats.sum(), 0)).astype(float)
    supply *= edges.people / supply.sum()
    plan = ot.sinkhorn(np.ones(edges.people), supply, -worth, 0.05, numItermax=300, warn=False)
    return rounded(edges, seats, plan[edges.person, edges.job])


BIG: dict[str, Way] = {
    "auction, eps .01": bids(1e-2),
    "auction, eps .002": bids(2e-3),
    "auction, eps .0005": bids(5e-4),
    "auction in numpy, eps .002": bids(2e-3, "numpy"),
    "OR-tools SimpleMinCostFlow": min_cost_flow,
    "sparse Sinkhorn + rounding, reg .05": sinkhorn(0.05),
    "greedy": greedy,
}
SMALL: dict[str, Way] = BIG | {
    "scipy assignment (expanded)": expanded,
    "POT Sinkhorn + rounding": transported,
}


def measure(ways: dict[str, Way], edges: Edges, seats: np.ndarray, times: int) -> list[dict[str, object]]:
    """One row a way: median CPU and wall seconds of interleaved repetitions, welfare, share of the bound."""
    bound = auction(edges, seats, 2e-4).bound  # compiles, too
    spent: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    welfare = {}
    for _ in range(times):
        for name, way in ways.items():
            wall, cpu = time.perf_counter(), time.process_time()
            job = way(edges, seats)
            spent[name].append((time.process_time() - cpu, time.perf_counter() - wall))
            welfare[name] = checked(edges, seats, job)
    return [
        {
            "way": name,
            "cpu_s": statistics.median(cpu for cpu, _ in spent[name]),
            "wall_s": statistics.median(wall for _, wall in spent[name]),
            "share_of_bound": welfare[name] / bound,
        }
        for name in ways
    ]


def dial(edges: Edges, seats: np.ndarray) -> list[dict[str, float]]:
    """What each strength of the dial costs and brings, and its CPU seconds."""
    rows = []
    print(f"\n{'dial':>6}{'CPU s':>9}{'lost':>9}{'empty':>9}{'Gini':>9}{'congestion':>12}")
    for strength in (0, 0.25, 0.5, 1):
        cpu = time.process_time()
        price = share(edges, seats, strength).price
        cpu = time.process_time() - cpu
        rows.append({"strength": strength, "cpu_s": cpu, **vars(price)})
        print(
            f"{strength:6}{cpu:9.2f}{price.ndcg_lost:9.1%}{price.empty_after:9}"
            f"{price.gini_after:9.3f}{price.congestion_after:12.3f}"
        )
    return rows


def checked(edges: Edges, seats: np.ndarray, job: np.ndarray) -> float:
    """The sum of scores, after a look that nothing is overbooked."""
    assert (np.bincount(job[job >= 0], minlength=edges.jobs) <= seats).all()
    return float(edges.score[edges.job == job[edges.person]].sum(dtype=np.float64))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=20_000)
    parser.add_argument("--each", type=int, default=50)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    figures: dict[str, object] = {"bench": "allocation"}
    for size, ways, shape in (
        ("big", BIG, (words.people, words.jobs, words.each)),
        ("small", SMALL, (words.people // 50, words.jobs // 50, 20)),
    ):
        edges, seats = market(*shape)
        rows = measure(ways, edges, seats, words.times)
        full = next(row for row in rows if row["way"] == "OR-tools SimpleMinCostFlow")
        print(
            f"\n{edges.people:,} people × {edges.jobs:,} vacancies, "
            f"{len(edges.job):,} pairs, {seats.sum():,} places"
        )
        print(f"{'way':38}{'CPU s':>9}{'wall s':>9}{'of bound':>11}{'OR-tools ÷':>12}")
        for row in rows:
            row["or_tools_cpu_ratio"] = full["cpu_s"] / row["cpu_s"]  # type: ignore[operator]
            print(
                f"{row['way']:38}{row['cpu_s']:9.3f}{row['wall_s']:9.3f}{row['share_of_bound']:11.4%}"
                f"{row['or_tools_cpu_ratio']:12.1f}"
            )
        if size == "big":
            figures["dial"] = dial(edges, seats)
        figures[size] = {"people": edges.people, "jobs": edges.jobs, "pairs": len(edges.job), "rows": rows}
    print(json.dumps(figures))
    if words.json:
        words.json.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
