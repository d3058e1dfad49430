"""A night's matching of everybody: python -m bench.batch [--people 200000] [--jobs 100000] [--share 1.0]

Vectors alone (d = 64, k = 50) from parquet to parquet, here, among pairs that gates let through, and by Ray;
the whole engine on a few people; then the arithmetic for a city of 25 million people and 1.5 million
vacancies at the rates that were measured.
``--share`` measures that share of the people and says what all would take.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from bench.matching import DAY, town

from yuanmeng.matching import Matcher, batch

CITY_PEOPLE, CITY_JOBS, D = 25e6, 1.5e6, 64


def vectors(path: Path, rows: int, seed: int) -> Path:
    """A file of ids and vectors."""
    import pyarrow as arrow
    from pyarrow import parquet

    values = np.random.default_rng(seed).normal(size=rows * D).astype(np.float32)
    lists = arrow.FixedSizeListArray.from_arrays(arrow.array(values), D)
    ids = arrow.array([f"{path.stem}{n}" for n in range(rows)])
    parquet.write_table(arrow.table({"id": ids, "vector": lists}), path, row_group_size=25_000)
    return path


def gated(path: Path, rows: int, seed: int, side: str) -> Path:
    """The same with gates: a place in a square of 40 km, how far somebody goes (3 to 12 km), education."""
    import pyarrow as arrow
    from pyarrow import parquet

    chance, table = np.random.default_rng(seed + 10), parquet.read_table(vectors(path, rows, seed))
    points = arrow.array(chance.uniform(0, 40_000, 2 * rows).astype(np.float32))
    table = table.append_column("point_m", arrow.FixedSizeListArray.from_arrays(points, 2))
    if side == "people":
        table = table.append_column("within_m", arrow.array(chance.uniform(3_000, 12_000, rows)))
    named = "has_education" if side == "people" else "needs_education"
    table = table.append_column(named, arrow.array(chance.integers(3, 8, rows).astype(np.float32)))
    parquet.write_table(table, path, row_group_size=25_000)
    return path


def timed(act: Callable[[], batch.Result]) -> tuple[float, float, batch.Result]:
    """(wall seconds, CPU seconds of this process, what was made)."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = act()
    return time.perf_counter() - wall, time.process_time() - cpu, found


def by_vectors(folder: Path, people: int, jobs: int, ray: bool) -> dict[str, float | str]:
    """Vectors alone, here and (where asked for) by Ray."""
    files = vectors(folder / "p.parquet", people, 1), vectors(folder / "j.parquet", jobs, 2)
    batch.match_vectors(vectors(folder / "few.parquet", 100, 3), files[1], folder / "warm")
    wall, cpu, here = timed(lambda: batch.match_vectors(*files, folder / "here"))
    found: dict[str, float | str] = {
        "vectors_wall_s": wall, "vectors_cpu_s": cpu, "vectors_pairs_s_core": people * jobs / cpu,
        "checksum": here.checksum[:16],
    }  # fmt: skip
    apart = gated(folder / "gp.parquet", people, 1, "people"), gated(folder / "gj.parquet", jobs, 2, "jobs")
    few = gated(folder / "gfew.parquet", 100, 3, "people")
    batch.match_vectors(few, apart[1], folder / "gwarm")
    wall, cpu, _ = timed(lambda: batch.match_vectors(*apart, folder / "gated"))
    found |= {"gated_wall_s": wall, "gated_cpu_s": cpu, "gated_pairs_s_core": people * jobs / cpu}
    if ray:
        wall, _, there = timed(lambda: batch.match_vectors(*files, folder / "ray", workers="ray"))
        found |= {"ray_wall_s": wall, "ray_same_checksum": str(there.checksum == here.checksum)}
    again, _, kept = timed(lambda: batch.match_vectors(*files, folder / "here"))
    return found | {"second_run_s": again, "second_run_made": kept.made}


def by_engine(folder: Path, people: int, jobs: int) -> dict[str, float]:
    """Gates, candidates, features and order, for a few people."""
    crowd, offers = town(people, jobs)
    batch.write_records(folder / "people.parquet", crowd)
    batch.write_records(folder / "jobs.parquet", offers)
    Matcher().fit(crowd, offers, DAY).save(folder / "model")
    wall, _, _ = timed(
        lambda: batch.match_everybody(
            folder / "people.parquet", folder / "jobs.parquet", folder / "model", folder / "engine", day=DAY
        )
    )
    return {
        "engine_people": people,
        "engine_jobs": jobs,
        "engine_wall_s": wall,
        "engine_ms_person": wall / people * 1e3,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--engine-people", type=int, default=500)
    parser.add_argument("--engine-jobs", type=int, default=5_000)
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    asked = max(1, int(words.people * words.share))
    with tempfile.TemporaryDirectory() as folder:
        found = by_vectors(Path(folder), asked, words.jobs, words.ray)
        found |= by_engine(Path(folder), words.engine_people, words.engine_jobs)
    rate = float(found["vectors_pairs_s_core"])
    paper = batch.estimate(CITY_PEOPLE, CITY_JOBS, D, pairs_s_core=rate)
    figures = {
        "bench": "batch", "people": words.people, "jobs": words.jobs, "measured_people": asked, **found,
        "all_people_cpu_s": words.people * words.jobs / rate,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "city_pairs": paper.pairs, "city_pflop": paper.flop / 1e15, "city_tb_moved": paper.bytes_moved / 1e12,
        "city_core_hours": paper.core_hours, "city_hours_on_64_cores": paper.core_hours / 64,
        "city_h200_floor_s": paper.gpu_seconds,
    }  # fmt: skip
    for name, value in figures.items():
        print(f"{name:26}{value:>20,.3f}" if isinstance(value, float) else f"{name:26}{value!s:>20}")
    print(json.dumps(figures))
    if words.json:
        words.json.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
