"""One asker and everybody on the other side: the arrays that gates, retrievers and features read.

Both directions are the same code: a person among jobs and a job among people are ``Ask`` with the sides
swapped, and a ``Meeting`` always holds ``p`` (rows of people) and ``j`` (rows of jobs), one of them a single
row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .directions import Directions
from .postings import Postings
from .tables import EARTH_RADIUS_M, Jobs, Lists, People
from .text import BUCKETS, normal, without_traits

F4 = NDArray[np.float32]
U4 = NDArray[np.uint32]
Rows = slice | NDArray[np.intp]
SideName = Literal["people", "jobs"]
EVERYBODY = slice(None)

# Door to door, the same rough guide as the map's (a test holds the two together).
DETOUR, WALK_M_PER_MINUTE, RIDE_M_PER_MINUTE = 1.3, 80.0, 200.0
TRANSIT_START_MINUTES, TRANSIT_M_PER_MINUTE = 10.0, 420.0


class Town:
    """All that one matcher knows: the two tables and the texts of each."""

    def __init__(self) -> None:
        lists, flat = Lists(), np.ones(BUCKETS, np.float32)
        self.people, self.jobs = People(lists), Jobs(lists)
        self.title: dict[SideName, Postings] = {"people": Postings(flat), "jobs": Postings(flat)}
        self.text: dict[SideName, Postings] = {"people": Postings(flat), "jobs": Postings(flat)}
        self.taste: dict[SideName, Directions] = {"people": Directions(), "jobs": Directions()}

    def table(self, side: SideName) -> People | Jobs:
        """The table of a side."""
        return self.people if side == "people" else self.jobs

    def learn(self, field: Literal["title", "text"], idf: F4, found: dict[SideName, sp.csr_matrix]) -> None:
        """Take the rarities of a field and the counts of both sides."""
        indexes = self.title if field == "title" else self.text
        for side, rows in found.items():
            indexes[side] = Postings(idf)
            indexes[side].fill(rows)

    def put_words(self, side: SideName, slots: Sequence[int], words: Sequence[tuple[str, str]]) -> None:
        """Exchange the (title, text) of some rows."""
        if slots:
            self.title[side].put_many(slots, [title for title, _ in words])
            self.text[side].put_many(slots, [text for _, text in words])

    def words(self, side: SideName, slot: int) -> tuple[str, str]:
        """(title, text) of a row in normal form, a person's traits taken out."""
        if side == "people":
            person = self.people.record(slot)
            return without_traits(person.wish), without_traits(f"{person.text} {' '.join(person.skills)}")
        job = self.jobs.record(slot)
        return normal(job.title), normal(f"{job.title} {job.text} {' '.join(job.skills)}")


class Ask:
    """A question: row ``slot`` of ``side`` asks for the other side on ``day`` (proleptic ordinal)."""

    def __init__(self, town: Town, side: SideName, slot: int, day: int) -> None:
        self.town, self.side, self.slot, self.day = town, side, slot, day
        self.wanted: SideName = "jobs" if side == "people" else "people"
        self.others = town.table(self.wanted)

    def meet(self, rows: Rows = EVERYBODY) -> Meeting:
        """The asker with these rows of the other side."""
        own = np.array([self.slot])
        p, j = (own, rows) if self.side == "people" else (rows, own)
        return Meeting(self, p, j, rows)

    @cached_property
    def everybody(self) -> Meeting:
        """The asker with every row of the other side: gates and retrievers share its numbers."""
        return self.meet()

    @cached_property
    def title(self) -> F4:
        """Likeness of what is wanted and the title of the job, for every row of the other side."""
        return self._likeness(self.town.title)

    @cached_property
    def text(self) -> F4:
        """Likeness of what the person can do and the whole posting, for every row of the other side."""
        return self._likeness(self.town.text)

    @cached_property
    def taste(self) -> F4:
        """How near what the person chose lies to the job, for every row of the other side; NaN: not known."""
        own, others = self.town.taste[self.side], self.town.taste[self.wanted]
        return others.near(own.row(self.slot), self.others.size)

    def _likeness(self, field: dict[SideName, Postings]) -> F4:
        return field[self.wanted].similar(field[self.side].vector(self.slot), self.others.size)


@dataclass(frozen=True)
class Meeting:
    """The asker of ``ask`` and n others: ``p`` and ``j`` index the tables, one of them a single row."""

    ask: Ask
    p: Rows
    j: Rows
    rows: Rows

    @property
    def people(self) -> People:
        return self.ask.town.people

    @property
    def jobs(self) -> Jobs:
        return self.ask.town.jobs

    @cached_property
    def metres(self) -> F4:
        """Straight distance home to work, [n]; NaN where a place is not known."""
        apart = self.people.point_m[self.p] - self.jobs.point_m[self.j]
        half = np.sqrt(np.einsum("nk,nk->n", apart, apart)) / (2 * EARTH_RADIUS_M)
        return np.asarray(2 * EARTH_RADIUS_M * np.arcsin(np.minimum(half, 1)), np.float32)

    @cached_property
    def minutes(self) -> F4:
        """Estimated way to work in minutes, [n]: by bicycle or by bus, whichever is quicker."""
        return commute_minutes(self.metres)


def commute_minutes(metres: F4) -> F4:
    """Straight metres → minutes on the way; NaN stays NaN."""
    way = DETOUR * metres
    alone = way / RIDE_M_PER_MINUTE
    return np.asarray(np.minimum(alone, TRANSIT_START_MINUTES + way / TRANSIT_M_PER_MINUTE), np.float32)


def occupation_likeness(one: U4, other: U4) -> F4:
    """How alike two packed occupation codes are (broadcast): 1 when one lies in the other, NaN: not said.

    The square of the share of common levels: a common major group alone (4: all services) says little.
    """
    differ, depth = one ^ other, np.minimum(_levels(one), _levels(other))
    common = (differ < 1 << 24).astype(np.int8) + (differ < 1 << 16) + (differ < 1 << 8) + (differ == 0)
    share = np.minimum(common, depth) / np.maximum(depth, 1).astype(np.float32)
    return np.where(depth > 0, share * share, np.nan).astype(np.float32)


def _levels(code: U4) -> NDArray[np.int8]:
    """How many levels a packed code names, 0–4."""
    return (code > 0).astype(np.int8) + (code & 0xFFFFFF > 0) + (code & 0xFFFF > 0) + (code & 0xFF > 0)
