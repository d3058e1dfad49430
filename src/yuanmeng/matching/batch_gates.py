"""Gates of `batch.match_vectors` as columns of its two files: their names say what they ask.

| people | jobs | a pair passes when |
|---|---|---|
| ``point_m`` (2 or 3 metres), ``within_m`` | ``point_m`` | it is not farther apart |
| ``has_X`` | ``needs_X`` | the person has at least what the job needs |
| ``needs_X`` | ``has_X`` | the job has at least what the person needs |
| ``any_X`` (bits) | ``any_X`` | one bit is in common; 0 is "not said" |
| | ``opens_on``, ``closes_on`` | the day asked about lies between, both included |
| ``left_out`` (ids) | | it is not left out |

An empty cell is a fact not said, and passes. A column whose other half is missing is refused: a gate that
nobody asks would show what must not be shown.
"""

from __future__ import annotations

from datetime import date
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .kernels.gates import Days, Excluded, Flags, Floor, Gates, Near

ALWAYS, NEVER = -(2**31), 2**31 - 1  # days since 1970 that no calendar reaches
EPOCH = date(1970, 1, 1).toordinal()


class ColumnRefused(ValueError):
    """A column that is no gate, or half of one; the sentence says which."""


def gates_of(people: Any, jobs: Any, day: date | None) -> Gates:
    """The gates that two arrow tables name together. Raises ColumnRefused."""
    _whole(set(people.column_names), set(jobs.column_names), day)
    return Gates(
        near=_near(people, jobs),
        floors=(*_floors(people, jobs, True), *_floors(people, jobs, False)),
        flags=tuple(
            Flags(_bits(people, name), _bits(jobs, name)) for name in _named("any_", people.column_names)
        ),
        days=_days(jobs, day),
        excluded=_left_out(people, jobs),
    )


def _whole(people: set[str], jobs: set[str], day: date | None) -> None:
    """Every half has its other half."""
    for here, there, where in ((people, jobs, "jobs"), (jobs, people, "people")):
        for name in sorted(here):
            other = _other_half(name)
            if other and other not in there:
                raise ColumnRefused(f"{name} needs a column {other} in the file of {where}.")
    if ("within_m" in people) != ("point_m" in people):
        raise ColumnRefused("The file of people has one of point_m and within_m, and needs both.")
    if ("opens_on" in jobs) != ("closes_on" in jobs):
        raise ColumnRefused("The file of jobs has one of opens_on and closes_on, and needs both.")
    if "opens_on" in jobs and day is None:
        raise ColumnRefused("The jobs have days (opens_on, closes_on): say which day is asked about.")


def _other_half(name: str) -> str:
    """The column the other side must have; empty: none."""
    if name == "point_m" or name.startswith("any_"):
        return name
    for one, other in (("has_", "needs_"), ("needs_", "has_")):
        if name.startswith(one):
            return other + name.removeprefix(one)
    return ""


def _near(people: Any, jobs: Any) -> Near | None:
    if "point_m" not in people.column_names:
        return None
    return Near(_points(people), _points(jobs), _numbers(people, "within_m"))


def _floors(people: Any, jobs: Any, items_need: bool) -> list[Floor]:
    own, others = ("has_", "needs_") if items_need else ("needs_", "has_")
    return [
        Floor(_numbers(people, name), _numbers(jobs, others + name.removeprefix(own)), items_need)
        for name in _named(own, people.column_names)
    ]


def _days(jobs: Any, day: date | None) -> Days | None:
    if day is None or "opens_on" not in jobs.column_names:
        return None
    opens, closes = (
        _filled(jobs, name, never) for name, never in (("opens_on", ALWAYS), ("closes_on", NEVER))
    )
    return Days(opens, closes, day.toordinal() - EPOCH)


def _left_out(people: Any, jobs: Any) -> Excluded | None:
    """Ids of jobs that are not there any more leave nothing out."""
    if "left_out" not in people.column_names:
        return None
    compute: Any = import_module("pyarrow.compute")
    lists = people.column("left_out").combine_chunks()
    lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    rows = compute.index_in(lists.flatten(), value_set=jobs.column("id").combine_chunks())
    item = rows.fill_null(-1).to_numpy(zero_copy_only=False)
    owner = np.repeat(np.arange(len(lengths)), lengths)[item >= 0]
    start = np.concatenate([[0], np.cumsum(np.bincount(owner, minlength=len(lengths)))])
    return Excluded(start, item[item >= 0])


def _named(prefix: str, names: list[str]) -> list[str]:
    return sorted(name for name in names if name.startswith(prefix))


def _points(table: Any) -> NDArray[np.float32]:
    """[n, 2 or 3]; a row without a point is NaN."""
    compute: Any = import_module("pyarrow.compute")
    lists = table.column("point_m").combine_chunks()
    lengths = set(compute.unique(compute.list_value_length(lists)).to_pylist()) - {None}
    if len(lengths) > 1 or not lengths <= {2, 3}:
        raise ColumnRefused(f"A point_m is a list of 2 or 3 numbers in every row, not of {sorted(lengths)}.")
    points = np.full((len(lists), *(lengths or {2})), np.nan, np.float32)
    there = lists.is_valid().to_numpy(zero_copy_only=False)
    points[there] = lists.drop_null().flatten().to_numpy(zero_copy_only=False).reshape(-1, points.shape[1])
    return points


def _numbers(table: Any, name: str) -> NDArray[np.float32]:
    column = table.column(name).combine_chunks()
    return np.asarray(column.to_numpy(zero_copy_only=False), np.float32)


def _bits(table: Any, name: str) -> NDArray[np.uint64]:
    column = table.column(name).combine_chunks().fill_null(0)
    return np.asarray(column.to_numpy(zero_copy_only=False), np.uint64)


def _filled(table: Any, name: str, never: int) -> NDArray[np.int64]:
    """Days since 1970."""
    arrow: Any = import_module("pyarrow")
    column = table.column(name).combine_chunks().cast(arrow.date32()).cast(arrow.int32())
    return np.asarray(column.fill_null(never).to_numpy(zero_copy_only=False), np.int64)
