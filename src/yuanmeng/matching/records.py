"""What the engine is told and what it answers: frozen records, ids as strings, units in the names.

What may never decide (sex, ethnicity, religion, hukou, marriage, health, a photo, a name) has no field here,
so no later code can read it by mistake. ``age_years`` is here for the law's lower limits alone (see
``gates``). ``None`` and the empty tuple mean "not said"; a missing fact never counts as a bad one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

Fact = str | int | float | bool | tuple[str, ...]

# Read by nobody: neither as a field, nor as a feature, nor out of free text (see ``text.without_traits``).
NEVER = frozenset(
    {"sex", "gender", "ethnicity", "religion", "hukou", "marital_status", "health", "disability"}
    | {"name", "photo", "birth_on", "political_status", "school", "nationality", "id_number", "phone"}
)


class RecordRefused(ValueError):
    """A record that cannot be true (a NaN, a place off the globe, a negative pay)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who looks for work, as far as the engine may know them."""

    id: str
    wish: str = ""  # titles wanted or last held, in the person's words
    text: str = ""  # what they can do: skills, courses, former work
    skills: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()  # wanted codes of 职业分类大典, e.g. "4-03-02-05" or "4-03"
    last_occupation: str = ""
    education_rank: int | None = None  # 1 (none) … 9 (doctor)
    experience_years: float | None = None
    pay_floor_fen_month: int | None = None
    lon: float | None = None  # WGS-84 degrees
    lat: float | None = None
    commute_max_minutes: int | None = None
    employment_types: tuple[str, ...] = ()  # accepted ones; empty: any
    shifts: tuple[str, ...] = ()  # accepted ones; empty: any
    age_years: int | None = None  # legal limits only
    hidden_organisations: tuple[str, ...] = ()  # must not learn of this person, nor be shown to them
    gaps: tuple[str, ...] = ()  # skills that jobs which would suit ask for and that are not there (see reach)
    chose: tuple[str, ...] = ()  # jobs applied for or kept, closed ones too, the newest first
    chose_titles: tuple[str, ...] = ()  # of the same jobs, to be named in a reason

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_place(self.lon, self.lat)
        if len(self.chose) != len(self.chose_titles):
            raise RecordRefused(
                f"{self.id} chose {len(self.chose)} jobs, but {len(self.chose_titles)} titles are given."
            )
        _check_range(self, 0, 120, "age_years", "education_rank", "experience_years")
        _check_range(self, 0, 10**12, "pay_floor_fen_month", "commute_max_minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A vacancy as far as it decides who fits. Days are inclusive."""

    id: str
    organisation: str = ""
    title: str = ""
    text: str = ""  # content and requirements
    skills: tuple[str, ...] = ()  # asked for
    occupation: str = ""
    education_rank: int | None = None  # the floor; None: no floor
    experience_min_years: float | None = None
    pay_min_fen_month: int | None = None
    pay_max_fen_month: int | None = None
    lon: float | None = None
    lat: float | None = None
    employment_type: str = ""
    shifts: tuple[str, ...] = ()
    hazardous: bool = False  # work the law keeps from minors
    opens_on: date | None = None
    closes_on: date | None = None
    published_on: date | None = None
    openings: int = 1

    def __post_init__(self) -> None:
        _check_id(self.id)
        _check_place(self.lon, self.lat)
        _check_range(self, 0, 120, "education_rank", "experience_min_years")
        _check_range(self, 0, 10**12, "pay_min_fen_month", "pay_max_fen_month", "openings")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a pair stands where it stands: which feature, the facts to name, and by how much it moved the
    score.

    ``contribution`` is the score with this fact minus the score without it: taking the fact away moves the
    score by just that.
    """

    kind: str
    facts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    contribution: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """One person and one job with a score from 0 to 1 and up to three reasons, strongest first."""

    person: str
    job: str
    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A field the person has not filled in, and which share of all weight waits for it."""

    field: str
    weight: float


def _check_id(key: str) -> None:
    if not key:
        raise RecordRefused("A record needs an id.")


def _check_place(lon: float | None, lat: float | None) -> None:
    if (lon is None) != (lat is None):
        raise RecordRefused("A place needs both a longitude and a latitude.")
    if lon is not None and lat is not None and not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise RecordRefused(f"There is no place at longitude {lon}, latitude {lat}.")


def _check_range(record: Person | Job, least: float, most: float, *names: str) -> None:
    for name in names:
        value = getattr(record, name)
        if value is not None and not (math.isfinite(value) and least <= value <= most):
            raise RecordRefused(f"{name} of {record.id} is {value}, outside {least} to {most}.")
