"""A night's matching in shards: the same whoever makes them, and nothing is made twice."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.engine.toy_town import DAY, crowd
from yuanmeng.matching import Job, Matcher, Person, batch
from yuanmeng.matching.batch import BatchRefused, Matching, Shard, match_everybody, match_vectors
from yuanmeng.matching.explain import SILENT

pytestmark = pytest.mark.skipif(not find_spec("pyarrow"), reason="pyarrow is not installed: yuanmeng[batch]")
PEOPLE, JOBS = crowd(23, 60)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("night")
    batch.write_records(folder / "people.parquet", PEOPLE)
    batch.write_records(folder / "jobs.parquet", JOBS)
    Matcher().fit(PEOPLE, JOBS, DAY).save(folder / "model")
    return folder


def night(town: Path, out: Path, **more: Any) -> batch.Result:
    options = {"k": 5, "day": DAY, "shard_rows": 5, **more}
    return match_everybody(town / "people.parquet", town / "jobs.parquet", town / "model", out, **options)


def read(result: batch.Result) -> list[tuple[str, str, int, float]]:
    from pyarrow import parquet

    rows = [row for path in result.paths for row in parquet.read_table(path).to_pylist()]
    return [(row["person"], row["job"], row["place"], row["score"]) for row in rows]


def test_records_come_back_as_they_went(town: Path) -> None:
    assert list(batch.records(town / "people.parquet", Person)) == list(PEOPLE)
    assert list(batch.records(town / "jobs.parquet", Job)) == list(JOBS)
    assert list(batch.records(town / "people.parquet", Person, 20, 10)) == list(PEOPLE[20:])


def test_the_night_says_what_the_matcher_says(town: Path, tmp_path: Path) -> None:
    found = read(night(town, tmp_path))
    matcher = Matcher.load(town / "model")
    ranked = matcher.rank([person.id for person in PEOPLE], DAY, k=5, tell=SILENT)
    asked = [(pair.person, pair.job, place) for row in ranked for place, pair in enumerate(row, 1)]
    assert [row[:3] for row in found] == asked
    assert np.allclose([row[3] for row in found], [pair.score for row in ranked for pair in row])


def test_a_second_run_makes_nothing(town: Path, tmp_path: Path) -> None:
    first = night(town, tmp_path)
    assert (first.made, first.kept) == (5, 0)
    written = {path: path.stat().st_mtime_ns for path in first.paths}
    second = night(town, tmp_path)
    assert (second.made, second.kept) == (0, 5)
    assert {path: path.stat().st_mtime_ns for path in second.paths} == written
    assert second.checksum == first.checksum


def test_only_what_changed_is_made_again(town: Path, tmp_path: Path) -> None:
    first = night(town, tmp_path)
    first.paths[2].unlink()
    again = night(town, tmp_path)
    assert (again.made, again.kept, again.checksum) == (1, 4, first.checksum)
    people = [*PEOPLE[:-1], Person(id="somebody else", wish="收银员")]
    batch.write_records(tmp_path / "people.parquet", people)
    other = match_everybody(
        tmp_path / "people.parquet", town / "jobs.parquet", town / "model", tmp_path, 5, day=DAY, shard_rows=5
    )
    assert (other.made, other.kept) == (1, 4)
    assert other.checksum != first.checksum
    assert night(town, tmp_path, k=4).made == 5


def test_who_is_killed_leaves_whole_shards_or_none(town: Path, tmp_path: Path) -> None:
    whole = night(town, tmp_path / "whole")
    out = tmp_path / "broken"
    with pytest.raises(KeyboardInterrupt):
        batch.run(Breaking(matching(town), after=10), out, workers="local", shard_rows=5)
    assert len(list(out.glob("matches-*.parquet"))) == 2
    rest = night(town, out)
    assert (rest.made, rest.kept, rest.checksum) == (3, 2, whole.checksum)


@pytest.mark.skipif(not find_spec("ray"), reason="ray is not installed: yuanmeng[batch]")
def test_a_ray_worker_killed_on_the_way_changes_nothing(
    town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import warnings

    monkeypatch.setenv(
        "PYTHONPATH", os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])
    )
    monkeypatch.setenv("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    alone = night(town, tmp_path / "alone")
    killer = Killing(matching(town), tmp_path / "was killed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # ray's own
        import ray

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, object_store_memory=80 * 2**20)
        try:
            found = batch.run(killer, tmp_path / "ray", workers="ray", shard_rows=5)
        finally:
            ray.shutdown()
    assert killer.mark.exists()
    assert found.checksum == alone.checksum
    assert [path.name for path in found.paths] == [path.name for path in alone.paths]


def matching(town: Path) -> Matching:
    return Matching(town / "people.parquet", town / "jobs.parquet", town / "model", 5, DAY)


@dataclass(frozen=True)
class Breaking:
    """Works, until a shard that begins at ``after``."""

    work: Matching
    after: int

    @property
    def people(self) -> Path:
        return self.work.people

    @property
    def digest(self) -> str:
        return self.work.digest

    def __call__(self, shard: Shard) -> Any:
        if shard.first >= self.after:
            raise KeyboardInterrupt
        return self.work(shard)


@dataclass(frozen=True)
class Killing:
    """Works, but the first worker that comes to the third shard dies there."""

    work: Matching
    mark: Path

    @property
    def people(self) -> Path:
        return self.work.people

    @property
    def digest(self) -> str:
        return self.work.digest

    def __call__(self, shard: Shard) -> Any:
        if shard.first == 10 and not self.mark.exists():
            self.mark.write_text("")
            os.kill(os.getpid(), signal.SIGKILL)
        return self.work(shard)


def vectors(path: Path, rows: int, seed: int) -> np.ndarray:
    import pyarrow as arrow
    from pyarrow import parquet

    values = np.random.default_rng(seed).normal(size=(rows, 8)).astype("f")
    table = arrow.table({"id": [f"{path.stem}{n}" for n in range(rows)], "vector": list(values)})
    parquet.write_table(table, path, row_group_size=7)
    return values


def test_vectors_alone(tmp_path: Path) -> None:
    people, jobs = vectors(tmp_path / "p.parquet", 40, 1), vectors(tmp_path / "j.parquet", 90, 2)
    files = (tmp_path / "p.parquet", tmp_path / "j.parquet")
    results = [
        match_vectors(*files, tmp_path / f"out{rows}", 6, shard_rows=rows, backend="numpy")
        for rows in (11, 40)
    ]
    best = np.argsort(-(people @ jobs.T), axis=1)[:, :6]
    for result in results:
        assert [row[1] for row in read(result)] == [f"j{n}" for n in best.ravel()]
        assert result.pairs == 240


def test_what_cannot_be_matched_is_said(town: Path, tmp_path: Path) -> None:
    (tmp_path / "people.parquet").write_text("no parquet")
    with pytest.raises(BatchRefused, match="cannot be read as parquet"):
        match_everybody(tmp_path / "people.parquet", town / "jobs.parquet", town / "model", tmp_path, day=DAY)
    with pytest.raises(BatchRefused, match="at least one row"):
        night(town, tmp_path, shard_rows=0)


def test_a_night_on_paper() -> None:
    city = batch.estimate(25e6, 1.5e6, pairs_s_core=1e9)
    assert city.flop == pytest.approx(4.8e15)
    assert city.core_hours == pytest.approx(10.4, abs=0.1)
    assert city.gpu_seconds == pytest.approx(6.1, abs=0.1)
