"""Exact top-k against the machine's own peak: python -m bench.kernel [--people 100000] [--jobs 100000]

Everything in one process, in turns, medians. "peak" is the best f32 matrix product of this run (2048 × 2048,
numpy or torch). A way that is asked for fewer people is measured on the first of them: its rate is what
counts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from yuanmeng.matching.kernel import Flags, Floor, Gates, Near, top_k
from yuanmeng.matching.kernels import tiles

K, D = 50, 64
RADII_M = {"1 %": 1_500.0, "6 %": 4_200.0, "30 %": 13_000.0}  # about so many pairs pass all gates


def timed(act: Callable[[], object]) -> float:
    """CPU seconds of this process, all threads: other work on the machine is not counted."""
    start = time.process_time()
    act()
    return time.process_time() - start


def town(people: int, jobs: int, radius_m: float) -> Gates:
    """Homes and shops over a city, education, pay and shifts; the radius decides how many pairs pass."""
    chance = np.random.default_rng(3)
    homes, shops = (chance.normal(0, 6_000, (size, 2)) for size in (people, jobs))
    shifts = [1 << chance.integers(0, 3, size).astype(np.uint64) for size in (people, jobs)]
    shifts[0] |= np.uint64(1)
    shifts[1][chance.random(jobs) < 0.5] = 0
    return Gates(
        near=Near(homes, shops, np.full(people, radius_m)),
        floors=(
            Floor(chance.integers(3, 9, people), chance.integers(0, 5, jobs)),
            Floor(chance.normal(5000, 800, people), chance.normal(7000, 1200, jobs), items_need=False),
        ),
        flags=(Flags(*shifts),),
    )


def selectivity(gates: Gates, people: int, jobs: int) -> float:
    """Share of pairs that pass, by a look at some hundred people."""
    from yuanmeng.matching.kernels.gates import Filter

    held = Filter.of(gates, people, jobs)
    some = slice(0, min(people, 400))
    return float(np.mean([held.passes(some, slice(at, at + 5000)).mean() for at in range(0, jobs, 5000)]))


def numpy_way(q: np.ndarray, x: np.ndarray) -> None:
    for at in range(0, len(q), 256):
        scores = q[at : at + 256] @ x.T
        best = np.argpartition(-scores, K, axis=1)[:, :K]
        np.take_along_axis(best, np.argsort(-np.take_along_axis(scores, best, 1), axis=1), 1)


def torch_way(q: np.ndarray, x: np.ndarray) -> None:
    import torch

    left, right = torch.from_numpy(q), torch.from_numpy(x)
    for at in range(0, len(q), 256):
        (left[at : at + 256] @ right.T).topk(K, dim=1)


def faiss_way(x: np.ndarray) -> Callable[[np.ndarray], object]:
    import faiss

    index = faiss.IndexFlatIP(D)
    index.add(x)
    return lambda q: index.search(q, K)


def peak(times: int) -> float:
    """GFLOP/s of the better of numpy and torch."""
    import torch

    a = np.random.default_rng(0).normal(size=(2048, 2048)).astype(np.float32)
    b = torch.from_numpy(a)
    found = [min(timed(act) for _ in range(times)) for act in (lambda: a @ a, lambda: b @ b)]
    return 2 * 2048**3 / min(found) / 1e9


def measure(people: int, jobs: int, times: int, threads: int) -> list[dict[str, object]]:
    import faiss
    import torch
    from threadpoolctl import threadpool_limits

    chance = np.random.default_rng(1)
    q = chance.normal(size=(people, D)).astype(np.float32)
    x = chance.normal(size=(jobs, D)).astype(np.float32)
    torch.set_num_threads(threads)
    faiss.omp_set_num_threads(threads)
    os.environ["OPENBLAS_NUM_THREADS"] = str(threads)  # what the kernel reads
    search = faiss_way(x)
    few = min(people, 1024)
    ways: dict[str, tuple[int, Callable[[], object]]] = {
        "numpy matmul + argpartition": (few, lambda: numpy_way(q[:few], x)),
        "torch matmul + topk": (few, lambda: torch_way(q[:few], x)),
        "faiss IndexFlatIP": (people, lambda: search(q)),
        "ours, numpy": (few, lambda: top_k(q[:few], x, K, backend="numpy")),
        "ours": (people, lambda: top_k(q, x, K, backend="numba")),
    }
    for name, radius in RADII_M.items():
        gates = town(people, jobs, radius)
        share = selectivity(gates, people, jobs)
        ways[f"ours, gates of {name} ({share:.1%})"] = (
            people, lambda gates=gates: top_k(q, x, K, gates=gates, backend="numba"),
        )  # fmt: skip
    top_k(q[:600], x, K, backend="numba")  # compiles
    for below in (0.0, 1.1):
        tiles.GATHER_BELOW, kept = below, tiles.GATHER_BELOW
        top_k(q[:100], x, K, gates=town(100, jobs, 4_000), backend="numba")
        tiles.GATHER_BELOW = kept
    spent: dict[str, list[float]] = {name: [] for name in ways}
    peaks = []
    with threadpool_limits(threads):
        for _ in range(times):
            peaks.append(peak(3))
            for name, (_, act) in ways.items():
                spent[name].append(timed(act))
    best = statistics.median(peaks)
    rate = {name: ways[name][0] * jobs / statistics.median(spent[name]) / 1e6 for name in ways}
    return [
        {
            "way": name,
            "threads": threads,
            "mpair_s": rate[name],
            "share_of_peak": rate[name] * 2 * D / 1e3 / best,
            "to_faiss": rate[name] / rate["faiss IndexFlatIP"],
            "peak_gflops": best,
        }
        for name in ways
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--threads", type=int, nargs="*", default=[1, os.cpu_count() or 1])
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    rows = []
    print(f"{words.people:,} × {words.jobs:,}, d = {D}, k = {K}")
    for threads in dict.fromkeys(words.threads):
        found = measure(words.people, words.jobs, words.times, threads)
        print(f"\n{threads} thread(s), peak {found[0]['peak_gflops']:.0f} GFLOP/s")
        print(f"{'way':36}{'Mpair/s':>10}{'of peak':>10}{'÷ faiss':>10}")
        for row in found:
            print(f"{row['way']:36}{row['mpair_s']:10.0f}{row['share_of_peak']:10.1%}{row['to_faiss']:10.2f}")
        rows += found
    figures = {"bench": "kernel", "people": words.people, "jobs": words.jobs, "d": D, "k": K, "rows": rows}
    print(json.dumps(figures))
    if words.json:
        words.json.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
