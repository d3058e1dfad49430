"""The open vacancies as columns of numbers: a hundred thousand of them are filtered in a millisecond.

Immutable: a change makes new columns, so that every thread that holds old ones reads a consistent board.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from yuanmeng.places import hexes

Mask = NDArray[np.bool_]
Rows = NDArray[np.intp]
Floats = NDArray[np.float64]
Numbers = NDArray[np.int32]


class Codebook:
    """Codes as small numbers that never change while the process lives; 0 is "no code"."""

    def __init__(self) -> None:
        self.codes: list[str] = [""]
        self._numbers: dict[str, int] = {"": 0}

    def number(self, code: str) -> int:
        """This will give the number of a code, a new one for a new code."""
        found = self._numbers.get(code)
        if found is None:
            found = self._numbers[code] = len(self.codes)
            self.codes.append(code)
        return found

    def chosen(self, wanted: Sequence[str]) -> Mask:
        """This will mark, by number, the wanted codes and those under them ("4" holds "4-03")."""
        return np.array([any(_under(code, want) for want in wanted) for code in self.codes], dtype=bool)


class Wordbook(Codebook):
    """Texts that many vacancies share (titles, firms, addresses): compared once, however many show them."""

    def holding(self, term: str) -> Mask:
        """This will mark, by number, the texts that hold a term; ~5 ms for 100,000 different ones."""
        return np.array([term in text for text in self.codes], dtype=bool)


def _under(code: str, want: str) -> bool:
    return code == want or code.startswith(f"{want}-")


class Line(NamedTuple):
    """One vacancy as it enters the columns. Pay is fen a month, nan where unstated; days are ordinals."""

    key: int
    title: int
    firm: int
    address: int
    organisation: int
    industry: int
    section: int
    occupation: int
    employment_type: int
    area: int
    tags: int
    education: int
    pay_low: float
    pay_high: float
    openings: int
    lon: float
    lat: float
    published_s: int
    first_day: int
    last_day: int


KINDS: dict[str, Any] = {
    "key": np.int64, "title": np.int32, "firm": np.int32, "address": np.int32, "organisation": np.int32,
    "industry": np.int32, "section": np.int32, "occupation": np.int32, "employment_type": np.int32,
    "area": np.int32, "tags": np.int32, "education": np.int8, "pay_low": np.float64, "pay_high": np.float64,
    "openings": np.int64, "lon": np.float64, "lat": np.float64, "published_s": np.int64,
    "first_day": np.int32, "last_day": np.int32,
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Arrays of one length n, ordered by key."""

    key: NDArray[np.int64]
    title: NDArray[np.int32]
    firm: NDArray[np.int32]
    address: NDArray[np.int32]
    organisation: NDArray[np.int32]
    industry: NDArray[np.int32]
    section: NDArray[np.int32]
    occupation: NDArray[np.int32]
    employment_type: NDArray[np.int32]
    area: NDArray[np.int32]
    tags: NDArray[np.int32]
    education: NDArray[np.int8]
    pay_low: NDArray[np.float64]
    pay_high: NDArray[np.float64]
    openings: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    published_s: NDArray[np.int64]
    first_day: NDArray[np.int32]
    last_day: NDArray[np.int32]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> Columns:
        """This will turn lines into columns."""
        ordered = sorted(lines, key=lambda line: line.key)
        turned = list(zip(*ordered, strict=True)) or [()] * len(KINDS)
        arrays = zip(KINDS.items(), turned, strict=True)
        return cls(**{name: _array(values, kind) for (name, kind), values in arrays})

    def __len__(self) -> int:
        return len(self.key)

    def with_changes(self, gone: Iterable[int], lines: Iterable[Line]) -> Columns:
        """This will give new columns without the keys that are gone or replaced and with the new lines."""
        new = Columns.of(lines)
        leaving = np.union1d(np.fromiter(gone, dtype=np.int64), new.key)
        kept = ~np.isin(self.key, leaving)
        order = np.argsort(np.concatenate([self.key[kept], new.key]), kind="stable")
        joined = {
            column.name: np.concatenate([getattr(self, column.name)[kept], getattr(new, column.name)])[order]
            for column in fields(self)
        }
        return Columns(**joined)

    def rows_of(self, keys: NDArray[np.int64]) -> Rows:
        """This will give the rows of those keys that stand here; others are left out."""
        at = np.searchsorted(self.key, keys)
        at[at == len(self.key)] = 0
        found: Rows = at[self.key[at] == keys] if len(self.key) else at[:0]
        return found

    @cached_property
    def pay(self) -> NDArray[np.float64]:
        """The middle of the stated range, fen a month; nan where none is stated."""
        return (self.pay_low + self.pay_high) / 2

    @cached_property
    def newest_first(self) -> Rows:
        """All rows by day of publication, newest first; ties by key, newest first."""
        return np.lexsort((-self.key, -self.published_s))

    @cached_property
    def _cells(self) -> dict[int, tuple[hexes.Ints, hexes.Ints]]:
        return {}

    def in_cell(self, radius_m: int, q: int, r: int) -> Mask:
        """This will mark what lies in one cell of the map. Cell addresses are kept per radius."""
        if radius_m not in self._cells:
            placed = ~np.isnan(self.lon)
            far = np.full((2, len(self)), 1 << 30, dtype=np.int64)
            far[:, placed] = hexes.cells_of(self.lon[placed], self.lat[placed], radius_m)
            self._cells[radius_m] = far[0], far[1]
        cell_q, cell_r = self._cells[radius_m]
        return (cell_q == q) & (cell_r == r)


def _array(values: Sequence[Any], kind: Any) -> Any:
    return np.array(values, dtype=kind)
