"""Gates of a night by vectors are columns; machines at an address are joined, not started."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tests.engine.test_kernel_top_k_is_exact import passes, some_gates
from yuanmeng.matching import batch
from yuanmeng.matching.batch import BatchRefused, match_vectors

pytestmark = pytest.mark.skipif(not find_spec("pyarrow"), reason="pyarrow is not installed: yuanmeng[batch]")
DAY = date(2026, 9, 1)
N, M, K = 24, 60, 5
PLAIN: dict[str, Any] = {"k": K, "backend": "numpy", "shard_rows": 10}


def write(path: Path, vectors: np.ndarray, **columns: Any) -> Path:
    import pyarrow as arrow
    from pyarrow import parquet

    ids = [f"{path.stem}{n}" for n in range(len(vectors))]
    parquet.write_table(arrow.table({"id": ids, "vector": list(vectors), **columns}), path)
    return path


def holes(values: Any) -> list[float | None]:
    """NaN as an empty cell."""
    return [None if np.isnan(value) else float(value) for value in values]


def points(values: np.ndarray) -> list[list[float] | None]:
    return [None if np.isnan(row).any() else row.tolist() for row in values]


def test_every_gate_is_a_column_and_an_empty_cell_passes(tmp_path: Path) -> None:
    chance = np.random.default_rng(3)
    gates = some_gates(chance, N, M)
    people, jobs = (chance.normal(size=(rows, 6)).astype("f") for rows in (N, M))
    education, pay = gates.floors
    assert gates.near and gates.days and gates.excluded
    out = gates.excluded
    days = [[DAY + timedelta(int(n) - gates.days.day) for n in side]
            for side in (gates.days.opens, gates.days.closes)]  # fmt: skip
    files = (
        write(tmp_path / "p.parquet", people,
              point_m=points(gates.near.query_m), within_m=holes(gates.near.within_m),
              has_education=holes(education.query), needs_pay=holes(pay.query),
              any_shift=[int(bits) or None for bits in gates.flags[0].query],
              left_out=[[f"j{i}" for i in out.item[out.start[n] : out.start[n + 1]]] + ["gone"]
                        for n in range(N)]),
        write(tmp_path / "j.parquet", jobs,
              point_m=points(gates.near.item_m), needs_education=holes(education.item),
              has_pay=holes(pay.item), any_shift=[int(bits) for bits in gates.flags[0].item],
              opens_on=days[0], closes_on=days[1]),
    )  # fmt: skip
    found = dict(batch.lists(match_vectors(*files, tmp_path / "out", day=DAY, **PLAIN).paths))
    products = people @ jobs.T
    short = 0
    for n in range(N):
        open_ = [i for i in range(M) if passes(gates, n, i)]
        best = sorted(open_, key=lambda i: -products[n, i])[:K]
        assert [job for job, _score in found.get(f"p{n}", [])] == [f"j{i}" for i in best]
        short += len(open_) < M
    assert short == N


def test_another_day_is_another_night(tmp_path: Path) -> None:
    vectors = np.eye(4, dtype="f")
    people = write(tmp_path / "p.parquet", vectors)
    jobs = write(tmp_path / "j.parquet", vectors, opens_on=[DAY] * 4, closes_on=[DAY, DAY, None, None])
    first = match_vectors(people, jobs, tmp_path / "out", day=DAY, **PLAIN)
    second = match_vectors(people, jobs, tmp_path / "out", day=DAY + timedelta(1), **PLAIN)
    assert (first.pairs, second.pairs, second.made) == (16, 8, 1)


@pytest.mark.parametrize(
    ("people", "jobs", "said"),
    [
        ({"has_pay": [1.0]}, {}, "needs_pay"),
        ({}, {"any_shift": [1]}, "any_shift"),
        ({"point_m": [[0.0, 0.0]]}, {"point_m": [[0.0, 0.0]]}, "within_m"),
        ({"point_m": [[0.0]], "within_m": [1.0]}, {"point_m": [[0.0, 0.0]]}, "2 or 3 numbers"),
        ({}, {"opens_on": [DAY]}, "needs both"),
        ({}, {"opens_on": [DAY], "closes_on": [DAY]}, "which day"),
    ],
)
def test_half_a_gate_is_refused(tmp_path: Path, people: Any, jobs: Any, said: str) -> None:
    one = np.ones((1, 3), "f")
    files = write(tmp_path / "p.parquet", one, **people), write(tmp_path / "j.parquet", one, **jobs)
    with pytest.raises(BatchRefused, match=said):
        match_vectors(*files, tmp_path / "out", **PLAIN)


class Task:
    """What Ray does with a function, at once and here."""

    def __init__(self, act: Any) -> None:
        self.act = act

    def options(self, **_: Any) -> Task:
        return self

    def remote(self, *asked: Any) -> Any:
        return lambda: self.act(*asked)


class TaskError(Exception):
    def __init__(self, cause: Exception) -> None:
        self.cause = cause


def machines(monkeypatch: pytest.MonkeyPatch) -> tuple[Any, dict[str, Any]]:
    """A Ray that answers at 10.0.0.5, and what it was asked."""
    asked: dict[str, Any] = {}

    def knock(where: tuple[str, int], timeout: float) -> Any:
        if where != ("10.0.0.5", 6379):
            raise ConnectionRefusedError("nobody there")
        return SimpleNamespace(close=lambda: None)

    monkeypatch.setattr(batch.socket, "create_connection", knock)

    def init(address: str = "", **more: Any) -> None:
        asked.update(more, address=address)

    def get(tasks: Any) -> None:
        for task in tasks:
            try:
                task()
            except OSError as error:
                raise TaskError(error) from error

    return SimpleNamespace(
        init=init, is_initialized=lambda: False, shutdown=lambda: asked.update(left=True), remote=Task,
        put=lambda value: value, wait=lambda refs, **_: (refs[:1], refs[1:]), get=get,
        exceptions=SimpleNamespace(RayTaskError=TaskError, RayError=RuntimeError),
    ), asked  # fmt: skip


def test_machines_at_an_address_are_joined_and_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ray, asked = machines(monkeypatch)
    real = batch.import_module
    monkeypatch.setattr(batch, "import_module", lambda name: ray if name == "ray" else real(name))
    monkeypatch.setattr(batch, "need", lambda *_: None)
    vectors = np.eye(6, dtype="f")
    people, jobs = write(tmp_path / "p.parquet", vectors), write(tmp_path / "j.parquet", vectors)
    work, steps = batch.Vectors(people, jobs, 2, "numpy"), []

    def run(out: str, address: str) -> batch.Result:
        return batch.run(work, tmp_path / out, workers="ray", shard_rows=2, address=address,
                         progress=lambda done, of: steps.append((done, of)))  # fmt: skip

    assert run("out", "10.0.0.5:6379").made == 3
    assert asked == {"address": "10.0.0.5:6379", "log_to_driver": False, "left": True}
    assert steps == [(1, 3), (2, 3), (3, 3)]
    run("own", "")
    assert asked["address"] == "local"
    with pytest.raises(BatchRefused, match=r"No Ray answers at 10\.0\.0\.6"):
        run("other", "10.0.0.6:6379")
    people_gone = batch.Vectors(people, tmp_path / "gone.parquet", 2, "numpy")
    (tmp_path / "gone.parquet").write_bytes(jobs.read_bytes())
    shards = list(batch._shards(people_gone, tmp_path / "out", 2))
    (tmp_path / "gone.parquet").unlink()
    with pytest.raises(FileNotFoundError):
        list(batch._by_ray(people_gone, shards, "10.0.0.5:6379"))
