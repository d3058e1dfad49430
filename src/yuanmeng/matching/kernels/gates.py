"""What must hold between a query and an item, as columns: asked inside the search, never as a table.

    Gates(near=Near(homes_m, shops_m, within_m), floors=(Floor(rank, least_rank),), flags=(Flags(a, b),))

A fact that is not said (NaN, no flag, no limit) passes, as in ``matching.gates``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

F4 = NDArray[np.float32]
I4 = NDArray[np.int32]
I8 = NDArray[np.int64]
U8 = NDArray[np.uint64]
U1 = NDArray[np.uint8]
Mask = NDArray[np.bool_]


class KernelRefused(ValueError):
    """Arrays that cannot be searched; the sentence says which and why."""


@dataclass(frozen=True)
class Near:
    """Points in metres, [n, 2 or 3] and [m, 2 or 3], and how far each query goes, [n]."""

    query_m: Any
    item_m: Any
    within_m: Any


@dataclass(frozen=True)
class Floor:
    """Queries have at least what items need, or the reverse where it is not the items that need."""

    query: Any
    item: Any
    items_need: bool = True


@dataclass(frozen=True)
class Flags:
    """Sets as bits (uint64): one in common at least; 0 is "not said" and passes."""

    query: Any
    item: Any


@dataclass(frozen=True)
class Days:
    """First and last day of each item, [m], and the day of the question."""

    opens: Any
    closes: Any
    day: int


@dataclass(frozen=True)
class Excluded:
    """Pairs to leave out: those of query q are ``item[start[q]:start[q + 1]]``."""

    start: Any
    item: Any


@dataclass(frozen=True)
class Gates:
    """All conditions together; each may be absent."""

    near: Near | None = None
    floors: tuple[Floor, ...] = ()
    flags: tuple[Flags, ...] = ()
    days: Days | None = None
    excluded: Excluded | None = None


@dataclass(frozen=True)
class Filter:
    """Gates as plain arrays, one row a query (``q_``) or an item (``i_``): what back ends read.

    A pair passes unless: squared distance > ``q_within`` · any ``q_limit`` > ``i_limit`` · two said flag sets
    share nothing · it is excluded. NaN is greater than nothing. ``alive`` [m] are the items that are open.
    """

    q_point: F4  # [n, 3]
    i_point: F4  # [m, 3]
    q_within: F4  # [n], squared metres
    q_limit: F4  # [n, floors]
    i_limit: F4  # [floors, m]
    q_flags: U8  # [n, sets]
    i_flags: U8  # [sets, m]
    out_start: I8  # [n + 1]
    out_item: I4  # ascending within a query
    alive: Mask  # [m]
    near: bool

    @classmethod
    def of(cls, gates: Gates, n: int, m: int) -> Filter:
        """Checked and turned so that "more than the other" is the one thing that keeps a pair apart."""
        sides = [(-1.0 if floor.items_need else 1.0) for floor in gates.floors]
        near = gates.near or Near(np.full((n, 3), np.nan), np.full((m, 3), np.nan), np.full(n, np.nan))
        start, item = _excluded(gates.excluded, n, m)
        return cls(
            _points(near.query_m, n),
            _points(near.item_m, m),
            _column(near.within_m, n, np.float32) ** 2,
            _columns(
                [s * _column(f.query, n, np.float32) for s, f in zip(sides, gates.floors, strict=True)], n
            ).T,
            _columns(
                [s * _column(f.item, m, np.float32) for s, f in zip(sides, gates.floors, strict=True)], m
            ),
            _columns([_column(f.query, n, np.uint64) for f in gates.flags], n, np.uint64).T,
            _columns([_column(f.item, m, np.uint64) for f in gates.flags], m, np.uint64),
            start,
            item,
            _alive(gates.days, m),
            gates.near is not None,
        )

    @property
    def idle(self) -> bool:
        """Whether every pair of a living item passes."""
        return not (self.near or self.q_limit.size or self.q_flags.size or len(self.out_item))

    def ordered(self, queries: I8, items: I8) -> Filter:
        """The same for these queries and items, in this order."""
        number = np.full(len(self.alive), -1, np.int32)
        number[items] = np.arange(len(items), dtype=np.int32)
        start, item = _renumbered(self.out_start, self.out_item, queries, number)
        c = np.ascontiguousarray
        return Filter(
            c(self.q_point[queries]), c(self.i_point[items]), c(self.q_within[queries]),
            c(self.q_limit[queries]), c(self.i_limit[:, items]), c(self.q_flags[queries]), c(self.i_flags[:,
            items]), start, item, self.alive[items], self.near,
        )  # fmt: skip

    def asked_by(self, queries: I8) -> Filter:
        """The same for these queries alone; items stay where they are."""
        same = np.arange(len(self.alive), dtype=np.int32)
        start, item = _renumbered(self.out_start, self.out_item, queries, same)
        return replace(
            self, q_point=self.q_point[queries], q_within=self.q_within[queries],
            q_limit=self.q_limit[queries], q_flags=self.q_flags[queries], out_start=start, out_item=item,
        )  # fmt: skip

    def passes(self, queries: slice, items: slice) -> Mask:
        """A tile of answers, [queries, items]."""
        open_ = np.repeat(self.alive[None, items], len(self.q_within[queries]), axis=0)
        if self.near:
            apart = self.q_point[queries, None] - self.i_point[None, items]
            open_ &= ~(np.einsum("qik,qik->qi", apart, apart) > self.q_within[queries, None])
        for q, i in zip(self.q_limit[queries].T, self.i_limit[:, items], strict=True):
            open_ &= ~(q[:, None] > i)
        for q, i in zip(self.q_flags[queries].T, self.i_flags[:, items], strict=True):
            open_ &= (q[:, None] == 0) | (i == 0) | ((q[:, None] & i) != 0)
        if len(self.out_item):
            rows = np.arange(len(self.q_within))[queries]
            for at, q in enumerate(rows):
                left_out = self.out_item[self.out_start[q] : self.out_start[q + 1]] - (items.start or 0)
                open_[at, left_out[(left_out >= 0) & (left_out < open_.shape[1])]] = False
        return open_


def _points(points: Any, rows: int) -> F4:
    found = np.asarray(points, np.float32)
    if found.ndim != 2 or found.shape[0] != rows or found.shape[1] not in (2, 3):
        raise KernelRefused(f"{rows} places need {rows} points of 2 or 3 numbers, not {found.shape}.")
    if np.isinf(found).any():
        raise KernelRefused("A place is infinitely far away.")
    return np.pad(found, ((0, 0), (0, 3 - found.shape[1])))


def _column(values: Any, rows: int, kind: Any) -> NDArray[Any]:
    found = np.asarray(values, kind)
    if found.shape != (rows,):
        raise KernelRefused(f"A gate has {found.shape} values for {rows} rows.")
    return found


def _columns(found: list[NDArray[Any]], rows: int, kind: Any = np.float32) -> NDArray[Any]:
    return np.stack(found) if found else np.zeros((0, rows), kind)


def _alive(days: Days | None, m: int) -> Mask:
    if days is None:
        return np.ones(m, bool)
    opens, closes = (_column(values, m, np.int64) for values in (days.opens, days.closes))
    return np.asarray((opens <= days.day) & (days.day <= closes))


def _excluded(excluded: Excluded | None, n: int, m: int) -> tuple[I8, I4]:
    if excluded is None:
        return np.zeros(n + 1, np.int64), np.zeros(0, np.int32)
    start, item = np.asarray(excluded.start, np.int64), np.asarray(excluded.item, np.int32)
    if start.shape != (n + 1,) or start[0] != 0 or (np.diff(start) < 0).any() or start[-1] != len(item):
        raise KernelRefused("The starts of the excluded pairs do not cut them up by query.")
    if len(item) and not (item.min() >= 0 and item.max() < m):
        raise KernelRefused(f"An excluded pair names an item outside 0 to {m - 1}.")
    return _renumbered(start, item, np.arange(n), np.arange(m, dtype=np.int32))


def _renumbered(start: I8, item: I4, queries: I8, number: I4) -> tuple[I8, I4]:
    """The excluded pairs of these queries, in this order, under new numbers; -1: not among the items."""
    length = np.diff(start)[queries]
    if not length.any():
        return np.zeros(len(queries) + 1, np.int64), np.zeros(0, np.int32)
    owner = np.repeat(np.arange(len(queries)), length)
    at = np.repeat(start[queries] - (np.cumsum(length) - length), length) + np.arange(length.sum())
    new = number[item[at]]
    order = np.lexsort((new, owner))
    order = order[new[order] >= 0]
    counts = np.bincount(owner[order], minlength=len(queries))
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), new[order]
