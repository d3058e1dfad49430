"""Everybody matched in one night: parquet in, parquet out, in shards that are written once.

    match_everybody(people, jobs, model, out, k=20, day=today)                 # a loop, here
    match_everybody(people, jobs, model, out, k=20, day=today, workers="ray")  # tasks, on one machine or many

Both files have the fields of ``records.Person`` and ``records.Job`` as columns (``write_records``). The name
of a shard holds the digest of all it depends on: its people, the jobs, the model, k, the day. It is written
beside its place and moved there whole: whoever is killed leaves finished shards or none, a second run makes
only what is missing, and the checksum of the result is the same whoever made which shard. ``match_vectors``
does the same with vectors alone, by ``kernel.top_k``, with gates named by columns (``batch_gates``). Needs
``[batch]``.
"""

from __future__ import annotations

import hashlib
import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import lru_cache
from importlib import import_module
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import numpy as np

from .batch_gates import ColumnRefused, gates_of
from .deep import scored
from .kernel import top_k
from .kernels.compiled import need
from .ranker import Matcher
from .records import Job, Person

R = TypeVar("R", Person, Job)
Workers = Literal["local", "ray"]
Progress = Callable[[int, int], None]  # (shards done, of how many)
VERSION = 2  # of the columns of a shard
SHARD_ROWS = 2_000
RETRIES = 5
LOOK_S = 2  # how often it is looked whether Ray's tasks are done


class BatchRefused(ValueError):
    """Files that cannot be matched; the sentence says which column or file is wrong."""


@dataclass(frozen=True)
class Shard:
    """A run of people, and the file their matches go to."""

    first: int
    rows: int
    path: Path


@dataclass(frozen=True)
class Result:
    """``checksum`` of all pairs in order; numbers of shards ``made`` now and ``kept`` from an earlier run."""

    checksum: str
    pairs: int
    made: int
    kept: int
    paths: tuple[Path, ...]


class Work(Protocol):
    """What makes shards: sent to workers whole, so it holds paths and numbers only."""

    @property
    def people(self) -> Path:
        """The file of those who ask."""

    @property
    def digest(self) -> str:
        """Of all that the answers hang on, people left out."""

    def __call__(self, shard: Shard) -> Any:
        """The arrow table of a shard: person, job, place (from 1), score."""


@dataclass(frozen=True)
class Matching:
    """The whole engine: gates, candidates, features, order."""

    people: Path
    jobs: Path
    model: Path
    k: int
    day: date

    @property
    def digest(self) -> str:
        return _digest(
            "engine", self.k, self.day, file_digest(self.jobs), file_digest(self.model / "manifest.json")
        )

    def __call__(self, shard: Shard) -> Any:
        matcher = _matcher(self, _stamp(self.jobs), _stamp(self.model / "manifest.json"))
        people = list(records(self.people, Person, shard.first, shard.rows))
        matcher.upsert_people(people)
        try:
            pairs = [
                (person.id, job, place, score)
                for person in people
                for place, (job, score) in enumerate(scored(matcher, person.id, self.day, self.k), 1)
            ]
        finally:
            matcher.remove(people=[person.id for person in people])
        return _table(*zip(*pairs, strict=True)) if pairs else _table([], [], [], [])


@dataclass(frozen=True)
class Vectors:
    """Inner products alone: both files have ``id`` and ``vector`` (lists of one length), and gates."""

    people: Path
    jobs: Path
    k: int
    backend: str = "auto"
    day: date | None = None

    @property
    def digest(self) -> str:
        return _digest("vectors", self.k, self.day, file_digest(self.jobs))

    def __call__(self, shard: Shard) -> Any:
        jobs, ids, items = _job_vectors(self.jobs, _stamp(self.jobs))
        table = _rows(self.people, shard.first, shard.rows)
        queries = _matrix(table.column("vector"), self.people)
        try:
            gates = gates_of(table, jobs, self.day)
        except ColumnRefused as why:
            raise BatchRefused(str(why)) from why
        scores, rows = top_k(queries, items, self.k, gates=gates, backend=self.backend)
        there = rows >= 0
        people = np.repeat(np.array(table.column("id").to_pylist(), object), there.sum(1))
        places = np.broadcast_to(np.arange(1, self.k + 1), rows.shape)[there]
        return _table(people, ids[rows[there]], places, scores[there])


def match_everybody(
    people_parquet: Path,
    jobs_parquet: Path,
    model_folder: Path,
    out_folder: Path,
    k: int = 20,
    *,
    day: date,
    workers: Workers = "local",
    shard_rows: int = SHARD_ROWS,
    address: str = "",
    progress: Progress | None = None,
) -> Result:
    """Every person's best k jobs by the model in ``model_folder``, as shards in ``out_folder``.

    ``address``: of a Ray that runs already; empty: one is started here. Raises BatchRefused, BackendMissing
    (``pip install yuanmeng[batch]``), ModelRefused.
    """
    work = Matching(people_parquet, jobs_parquet, model_folder, k, day)
    return run(work, out_folder, workers=workers, shard_rows=shard_rows, address=address, progress=progress)


def match_vectors(
    people_parquet: Path,
    jobs_parquet: Path,
    out_folder: Path,
    k: int = 50,
    *,
    workers: Workers = "local",
    shard_rows: int = 25_000,
    backend: str = "auto",
    day: date | None = None,
) -> Result:
    """The same by inner products of vectors alone, among pairs that pass the gates the columns name.

    ``day`` is asked of jobs that open and close. Raises BatchRefused, BackendMissing.
    """
    work = Vectors(people_parquet, jobs_parquet, k, backend, day)
    return run(work, out_folder, workers=workers, shard_rows=shard_rows)


def run(
    work: Work,
    out: Path,
    *,
    workers: Workers,
    shard_rows: int,
    address: str = "",
    progress: Progress | None = None,
) -> Result:
    """Make the shards that are not there yet, and sum up.

    1. The people are cut into shards, each named by what it depends on.
    2. Missing ones are made, here or by Ray.
    3. ``result.json`` names them in order, with the checksum of what they hold.
    """
    need("pyarrow", "batch")
    out.mkdir(parents=True, exist_ok=True)
    shards = list(_shards(work, out, shard_rows))
    missing = [shard for shard in shards if not shard.path.exists()]
    made = _by_ray(work, missing, address) if workers == "ray" else _here(work, missing)
    for done in made:
        if progress:
            progress(len(shards) - len(missing) + done, len(shards))
    return _summed(shards, len(missing), out)


def make(work: Work, shard: Shard) -> None:
    """Write one shard, whole or not at all; who comes second writes the same again."""
    scratch = shard.path.with_name(f".{shard.path.name}.{os.getpid()}")
    _parquet().write_table(work(shard), scratch, compression="zstd")
    os.replace(scratch, shard.path)


def records(path: Path, kind: type[R], first: int = 0, rows: int | None = None) -> Iterator[R]:
    """The records of a parquet file from row ``first`` on; columns we do not know are left unread."""
    names = [field.name for field in fields(kind)]
    for row in _rows(path, first, rows, names).to_pylist():
        said: dict[str, Any] = {name: value for name, value in row.items() if value is not None}
        lists = {name: tuple(value) for name, value in said.items() if isinstance(value, list)}
        values: dict[str, Any] = {**said, **lists}
        yield kind(**values)


def lists(paths: Iterable[Path]) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """(person, (job, score) best first) of shards; who has no match is not among them."""
    for path in paths:
        table = _parquet().read_table(path)
        columns = (table.column(name).to_pylist() for name in ("person", "job", "score"))
        for person, rows in groupby(zip(*columns, strict=True), key=itemgetter(0)):
            yield person, [(job, score) for _person, job, score in rows]


def write_records(path: Path, rows: Sequence[Person] | Sequence[Job]) -> None:
    """Records as a parquet file, a column a field."""
    need("pyarrow", "batch")
    arrow: Any = import_module("pyarrow")
    kinds = {
        "str": arrow.string(),
        "bool": arrow.bool_(),
        "int": arrow.int64(),
        "int | None": arrow.int64(),
        "float | None": arrow.float64(),
        "date | None": arrow.date32(),
        "tuple[str, ...]": arrow.list_(arrow.string()),
    }
    known = fields(rows[0]) if rows else ()
    columns = {
        field.name: arrow.array([_plain(getattr(row, field.name)) for row in rows], kinds[str(field.type)])
        for field in known
    }
    _parquet().write_table(arrow.table(columns), path)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _shards(work: Work, out: Path, rows: int) -> Iterator[Shard]:
    """Named in order by the digest of the work, of their people, and of the version of their columns."""
    if rows < 1:
        raise BatchRefused(f"A shard has at least one row, not {rows}.")
    shared, count = work.digest, _opened(work.people).metadata.num_rows
    for n, first in enumerate(range(0, count, rows)):
        table = _rows(work.people, first, rows)
        digest = _digest(VERSION, shared, _content(table))
        yield Shard(first, table.num_rows, out / f"matches-{n:06d}-{digest[:24]}.parquet")


def _summed(shards: Sequence[Shard], made: int, out: Path) -> Result:
    whole, pairs = hashlib.sha256(), 0
    for shard in shards:
        table = _parquet().read_table(shard.path)
        whole.update(_content(table).encode())
        pairs += table.num_rows
    result = Result(whole.hexdigest(), pairs, made, len(shards) - made, tuple(shard.path for shard in shards))
    told = {**asdict(result), "paths": [path.name for path in result.paths]}
    scratch = out / f".result.json.{os.getpid()}"
    scratch.write_text(json.dumps(told, indent=1), encoding="utf-8")
    os.replace(scratch, out / "result.json")
    return result


def _here(work: Work, shards: Sequence[Shard]) -> Iterator[int]:
    """One after the other; yields how many are made. What was read for them is let go at the end."""
    try:
        for done, shard in enumerate(shards, 1):
            make(work, shard)
            yield done
    finally:
        _matcher.cache_clear()
        _job_vectors.cache_clear()


def _by_ray(work: Work, shards: Sequence[Shard], address: str) -> Iterator[int]:
    """A task a shard; a worker that dies is replaced, and its task tried again. Yields how many are made."""
    need("ray", "batch")
    ray: Any = import_module("ray")
    ours = not ray.is_initialized()
    if ours:
        _join(ray, address)
    try:
        task = ray.remote(make).options(max_retries=RETRIES, num_cpus=1)
        shared = ray.put(work)
        waiting = [task.remote(shared, shard) for shard in shards]
        while waiting:
            ready, waiting = ray.wait(waiting, num_returns=len(waiting), timeout=LOOK_S)
            _raise(ray, ready)
            yield len(shards) - len(waiting)
    finally:
        if ours:
            ray.shutdown()


def _raise(ray: Any, ready: Any) -> None:
    """What a task raised, as if it had been raised here."""
    try:
        ray.get(ready)
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error
    except ray.exceptions.RayError as error:
        raise BatchRefused(f"A shard could not be made by Ray: {error}") from error


def _join(ray: Any, address: str) -> None:
    """Be of the machines at this address, or start a Ray of our own on this one."""
    if not address:
        # "local": else Ray joins whichever cluster was last started here, somebody else's or gone by now.
        ray.init(address="local", include_dashboard=False, log_to_driver=False)
        return
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False)
    except (OSError, ValueError) as error:
        raise BatchRefused(f"No Ray answers at {address}: {error}") from error


def _knock(address: str) -> None:
    """Whether somebody is there at all: Ray itself would go on asking for a quarter of an hour."""
    host, colon, port = address.removeprefix("ray://").rpartition(":")
    if colon:
        socket.create_connection((host, int(port)), timeout=LOOK_S).close()


@lru_cache(maxsize=1)
def _matcher(work: Matching, *of: int) -> Matcher:
    """The model with all jobs and nobody else; kept, as a worker makes many shards of the same files."""
    return Matcher.load(work.model, records=False).fill([], records(work.jobs, Job))


@lru_cache(maxsize=1)
def _job_vectors(path: Path, of: int) -> tuple[Any, Any, Any]:
    """(what gates read, ids, vectors)."""
    table = _rows(path, 0, None)
    ids = np.array(table.column("id").to_pylist(), object)
    return table.drop_columns(["vector"]), ids, _matrix(table.column("vector"), path)


def _stamp(path: Path) -> int:
    """Another number when the file was written again."""
    return path.stat().st_mtime_ns


def _matrix(column: Any, path: Path) -> Any:
    """Lists of one length as [n, d]."""
    lists = column.combine_chunks()
    flat = lists.flatten().to_numpy(zero_copy_only=False)
    if lists.null_count or (len(lists) and len(flat) % len(lists)):
        raise BatchRefused(f"The vectors in {path} are not all there, or not of one length.")
    table = np.asarray(flat, np.float32).reshape(len(lists), -1 if len(lists) else 0)
    if len(lists) and len({len(vector) for vector in lists[:: max(1, len(lists) // 1000)]}) > 1:
        raise BatchRefused(f"The vectors in {path} are not of one length.")
    return table


def _table(people: Any, jobs: Any, places: Any, scores: Any) -> Any:
    arrow: Any = import_module("pyarrow")
    return arrow.table({
        "person": arrow.array(people, arrow.string()), "job": arrow.array(jobs, arrow.string()),
        "place": arrow.array(places, arrow.int32()), "score": arrow.array(scores, arrow.float64()),
    })  # fmt: skip


def _rows(path: Path, first: int, rows: int | None, names: Sequence[str] | None = None) -> Any:
    """Some rows of a file as one table; row groups that are not needed stay unread."""
    opened = _opened(path)
    last = opened.metadata.num_rows if rows is None else min(first + rows, opened.metadata.num_rows)
    groups, skipped, at = [], 0, 0
    for n in range(opened.metadata.num_row_groups):
        size = opened.metadata.row_group(n).num_rows
        if at + size <= first:
            skipped = at + size
        elif at < last:
            groups.append(n)
        at += size
    columns = None if names is None else [name for name in opened.schema_arrow.names if name in set(names)]
    return (
        opened.read_row_groups(groups, columns=columns).slice(first - skipped, last - first).combine_chunks()
    )


def _opened(path: Path) -> Any:
    try:
        found = _parquet().ParquetFile(path)
    except (OSError, ValueError) as error:
        raise BatchRefused(f"{path} cannot be read as parquet: {error}") from error
    if "id" not in found.schema_arrow.names:
        raise BatchRefused(f"{path} has no column id.")
    return found


def _content(table: Any) -> str:
    """A digest of what a table says, not of how it is stored."""
    whole = hashlib.sha256(",".join(table.column_names).encode())
    for name in table.column_names:
        for part in _bytes(table.column(name).combine_chunks()):
            whole.update(part)
    return whole.hexdigest()


def _bytes(column: Any) -> Iterator[bytes]:
    """The values of an arrow array; lists as their lengths and their members."""
    types: Any = import_module("pyarrow.types")
    if not column.null_count and (types.is_list(column.type) or types.is_fixed_size_list(column.type)):
        yield from _bytes(import_module("pyarrow.compute").list_value_length(column))
        yield from _bytes(column.flatten())
    elif not column.null_count and (types.is_floating(column.type) or types.is_integer(column.type)):
        yield column.to_numpy(zero_copy_only=False).tobytes()
    else:
        yield json.dumps(column.to_pylist(), default=str, ensure_ascii=False).encode()


def file_digest(path: Path) -> str:
    """Of the bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()


def _parquet() -> Any:
    need("pyarrow", "batch")
    return import_module("pyarrow.parquet")


@dataclass(frozen=True)
class Estimate:
    """A night on paper: pairs, arithmetic, memory moved, and hours where rates are known."""

    pairs: float
    flop: float
    bytes_moved: float
    core_hours: float
    gpu_seconds: float


def estimate(
    people: float,
    jobs: float,
    d: int = 64,
    *,
    pairs_s_core: float,
    gpu_flop_s: float = 7.9e14,
    queries: int = 512,
) -> Estimate:
    """How long all pairs would take: on cores at a measured rate, and on a GPU at its peak (a floor).

    ``gpu_flop_s``: bf16 on one H200, measured elsewhere; ``queries``: how many share one reading of the jobs.
    """
    pairs = people * jobs
    moved = 4.0 * d * (people + jobs * people / queries)
    return Estimate(pairs, 2.0 * d * pairs, moved, pairs / pairs_s_core / 3600, 2.0 * d * pairs / gpu_flop_s)
