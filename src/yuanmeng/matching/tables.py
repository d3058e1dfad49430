"""Records as columns: one table per side, a row (slot) per id; rows of the gone are used again.

A new or changed record costs one row, so it can be met at once; nothing is rebuilt.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from .records import Job, Person
from .text import normal, wishes, without_traits

R = TypeVar("R", Person, Job)
NOT_SAID = -1
EARTH_RADIUS_M = 6_371_008.8


K = TypeVar("K")


class Numbering(dict[K, int]):
    """Words or codes → small numbers, given out in order of arrival."""

    def __missing__(self, word: K) -> int:
        self[word] = number = len(self)
        return number


class Lists:
    """Word numbers and flag bits that both tables must agree about."""

    def __init__(self) -> None:
        self.skills, self.organisations = Numbering[str](), Numbering[str]()
        self.employment_types, self.shifts = Numbering[str](), Numbering[str]()
        self.occupations = Numbering[int]()  # packed codes

    def codes(self) -> NDArray[np.uint32]:
        """The packed occupation codes by number: a town has some hundred, however many rows."""
        return np.fromiter(self.occupations, np.uint32, len(self.occupations))


class Cell(NamedTuple):
    """The kind of one column: its type, the shape of a cell, what stands for "not said"."""

    dtype: Any
    shape: tuple[int, ...]
    empty: Any

    def rows(self, number: int) -> NDArray[Any]:
        """So many empty cells."""
        return np.full((number, *self.shape), self.empty, self.dtype)


class Table(ABC, Generic[R]):
    """The rows of one side. ``columns`` are arrays of ``size`` rows; ``alive`` says which rows count."""

    CELLS: dict[str, Cell] = {}

    def __init__(self, lists: Lists) -> None:
        self.lists: Lists = lists
        self.slot: dict[str, int] = {}
        self.records: list[R | None] = []
        self.free: list[int] = []
        self.columns: dict[str, NDArray[Any]] = {
            name: kind.rows(16) for name, kind in self.all_cells().items()
        }

    @classmethod
    def all_cells(cls) -> dict[str, Cell]:
        """The cells of this side and those that both sides have."""
        both = {
            "alive": Cell(bool, (), False),
            "tie": Cell(np.uint64, (), 0),
            "point_m": Cell(np.float32, (3,), np.nan),
        }
        return {**both, **cls.CELLS}

    def __len__(self) -> int:
        return len(self.slot)

    @property
    def size(self) -> int:
        """Rows in use or free: the length of every column as features see it."""
        return len(self.records)

    def __getattr__(self, name: str) -> NDArray[Any]:
        try:
            return self.__dict__["columns"][name][: len(self.records)]
        except KeyError:
            raise AttributeError(name) from None

    def put(self, record: R) -> int:
        """Write a new or changed record; its slot."""
        slot = self.slot.get(record.id)
        if slot is None:
            slot = self.slot[record.id] = self._new_slot()
        self.records[slot] = record
        cells = {"alive": True, "tie": tie(record.id), "point_m": point_m(record.lon, record.lat)}
        for name, value in {**cells, **self.cells(record)}.items():
            if isinstance(value, tuple):
                self._put_list(name, slot, value)
            elif value is not None:
                self.columns[name][slot] = value
            else:
                self.columns[name][slot] = self.CELLS[name].empty
        return slot

    def remove(self, key: str) -> int | None:
        """Forget a record; the slot it had, None when it was not here."""
        slot = self.slot.pop(key, None)
        if slot is not None:
            self.columns["alive"][slot], self.records[slot] = False, None
            self.free.append(slot)
        return slot

    def record(self, slot: int) -> R:
        """The record in a living slot."""
        found = self.records[slot]
        assert found is not None
        return found

    @abstractmethod
    def cells(self, record: R) -> dict[str, Any]:
        """The values of one row; None: not said; a tuple: a list that fills as many cells as it needs."""

    def _new_slot(self) -> int:
        if self.free:
            return self.free.pop()
        self.records.append(None)
        if len(self.records) > len(self.columns["alive"]):
            for name, cell in self.all_cells().items():
                old = self.columns[name]
                self.columns[name] = np.concatenate([old, np.full_like(old, cell.empty)])
        return len(self.records) - 1

    def _put_list(self, name: str, slot: int, values: tuple[int, ...]) -> None:
        column = self.columns[name]
        if len(values) > column.shape[1]:
            wider = np.full((len(column), 2 * len(values)), NOT_SAID, column.dtype)
            wider[:, : column.shape[1]] = column
            self.columns[name] = column = wider
        column[slot] = NOT_SAID
        column[slot, : len(values)] = values


class People(Table[Person]):
    """The side that looks for work."""

    CELLS = {
        "education_rank": Cell(np.int16, (), NOT_SAID),
        "experience_years": Cell(np.float32, (), np.nan),
        "pay_floor_fen_month": Cell(np.float32, (), np.nan),
        "commute_max_minutes": Cell(np.float32, (), np.nan),
        "age_years": Cell(np.int16, (), NOT_SAID),
        "employment_types": Cell(np.uint64, (), 0),
        "shifts": Cell(np.uint64, (), 0),
        "wishes": Cell(np.float32, (), 1),
        "skills": Cell(np.int32, (4,), NOT_SAID),
        "gaps": Cell(np.int32, (1,), NOT_SAID),
        "hidden_organisations": Cell(np.int32, (1,), NOT_SAID),
        "occupations": Cell(np.uint32, (3,), 0),
        "last_occupation": Cell(np.uint32, (), 0),
        "occupation_numbers": Cell(np.int32, (4,), NOT_SAID),  # the three wanted, and the last
    }

    def cells(self, record: Person) -> dict[str, Any]:
        lists = self.lists
        wanted = [packed_occupation(code) for code in record.occupations[:3]]
        wanted += [0] * (3 - len(wanted))
        last = packed_occupation(record.last_occupation)
        return {
            "education_rank": record.education_rank,
            "experience_years": record.experience_years,
            "pay_floor_fen_month": record.pay_floor_fen_month,
            "commute_max_minutes": record.commute_max_minutes,
            "age_years": record.age_years,
            "employment_types": flags(record.employment_types, lists.employment_types),
            "shifts": flags(record.shifts, lists.shifts),
            "wishes": sum(bool(without_traits(wish)) for wish in wishes(record.wish)) or 1,
            "skills": numbers(map(normal, record.skills), lists.skills),
            "gaps": numbers(map(normal, record.gaps), lists.skills),
            "hidden_organisations": numbers(record.hidden_organisations, lists.organisations),
            "occupations": np.array(wanted, np.uint32),
            "last_occupation": last,
            "occupation_numbers": np.array([lists.occupations[code] for code in (*wanted, last)], np.int32),
        }


class Jobs(Table[Job]):
    """The side that offers work."""

    CELLS = {
        "education_rank": Cell(np.int16, (), NOT_SAID),
        "experience_min_years": Cell(np.float32, (), np.nan),
        "pay_min_fen_month": Cell(np.float32, (), np.nan),
        "pay_max_fen_month": Cell(np.float32, (), np.nan),
        "employment_type": Cell(np.uint64, (), 0),
        "shifts": Cell(np.uint64, (), 0),
        "hazardous": Cell(bool, (), False),
        "opens_day": Cell(np.int32, (), 0),
        "closes_day": Cell(np.int32, (), np.iinfo(np.int32).max),
        "published_day": Cell(np.int32, (), NOT_SAID),
        "openings": Cell(np.int32, (), 0),
        "organisation": Cell(np.int32, (), NOT_SAID),
        "skills": Cell(np.int32, (4,), NOT_SAID),
        "occupation": Cell(np.uint32, (), 0),
        "occupation_number": Cell(np.int32, (), NOT_SAID),
    }

    def cells(self, record: Job) -> dict[str, Any]:
        lists = self.lists
        occupation = packed_occupation(record.occupation)
        return {
            "education_rank": record.education_rank,
            "experience_min_years": record.experience_min_years,
            "pay_min_fen_month": record.pay_min_fen_month,
            "pay_max_fen_month": record.pay_max_fen_month,
            "employment_type": flags((record.employment_type,), lists.employment_types),
            "shifts": flags(record.shifts, lists.shifts),
            "hazardous": record.hazardous,
            "opens_day": record.opens_on and record.opens_on.toordinal(),
            "closes_day": record.closes_on and record.closes_on.toordinal(),
            "published_day": record.published_on and record.published_on.toordinal(),
            "openings": record.openings,
            "organisation": lists.organisations[record.organisation] if record.organisation else None,
            "skills": numbers(map(normal, record.skills), lists.skills),
            "occupation": occupation,
            "occupation_number": lists.occupations[occupation],
        }


def numbers(words: Iterable[str], numbering: Numbering[str]) -> tuple[int, ...]:
    """The distinct words as numbers, at most 64."""
    return tuple(numbering[word] for word in sorted({word for word in words if word})[:64])


def flags(words: Iterable[str], numbering: Numbering[str]) -> np.uint64:
    """A set of at most 64 kinds as bits; 0: not said."""
    bits = 0
    for word in words:
        bits |= 1 << numbering[word] % 64 if word else 0
    return np.uint64(bits)


def packed_occupation(code: str) -> int:
    """``"4-03-02-05"`` → 0x05040306: a byte per level, one more than its number; 0: none, or unreadable."""
    parts = code.split("-")[:4] if code else []
    if not all(part.isdecimal() and int(part) < 255 for part in parts):
        return 0
    levels = [int(part) + 1 for part in parts] + [0] * (4 - len(parts))
    return int.from_bytes(bytes(levels), "big")


def tie(key: str) -> np.uint64:
    """What orders equal scores: made from the id alone, so that no order of rows helps anybody."""
    return np.uint64(int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "big"))


def point_m(lon: float | None, lat: float | None) -> NDArray[np.float32]:
    """A place as a point on a sphere in metres (chords are near enough to arcs in a city); NaN: not said."""
    if lon is None or lat is None:
        return np.full(3, np.nan, np.float32)
    x, y = np.radians(lon), np.radians(lat)
    unit = np.array([np.cos(y) * np.cos(x), np.cos(y) * np.sin(x), np.sin(y)])
    return (EARTH_RADIUS_M * unit).astype(np.float32)
