"""What somebody's own limits keep away from them, and what loosening one of them would give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from yuanmeng.matching import Person
from yuanmeng.matching.gates import GATES
from yuanmeng.matching.meeting import Ask, Town
from yuanmeng.recommend import leaning, records
from yuanmeng.seekers.models import Seeker

ENOUGH = 5  # the least step that gives so many more is named, else the step that gives most
WAYS_MINUTES = (15, 20, 30, 45, 60, 90)
PAY_STEP_FEN, PAY_PARTS, PAY_STEPS = 50_000, 16, 13  # down to a fifth of what was said
NAMED = 3

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Loosening:
    """A limit, the value it could have (minutes, fen; None: none), how many more vacancies that lets in."""

    limit: str  # commute, pay, hours, employment; several: only together
    value: int | None
    more: int
    made_by_answers: bool = False  # drawn by "not for me" and not by the profile


def loosenings(seeker: Seeker, day: date) -> list[Loosening]:
    """For each limit that alone keeps vacancies away, the least loosening that helps; what gives most first.

    Cost: one look at all open vacancies, some 50 µs each; for short lists only.
    """
    said = records.person_of(seeker, day)
    own = leaning.of_seeker(seeker.uid, day).of(said)
    jobs = [records.limits_of(row) for row in records.vacancies_to_match(day)]
    if not jobs:
        return []
    town = Town()
    for job in jobs:
        town.jobs.put(job)
    now = _allowed(town, own, day)
    found = [_least(town, own, day, now, tries) for tries in _tries(own)]
    by_answers = {name for name, changed in _limits(said, own) if changed}
    named = [
        Loosening(name, value, more, name in by_answers)
        for one in found
        if one
        for name, value, more in [one]
    ]
    if not named and not now.any():
        free = replace(
            own, commute_max_minutes=None, pay_floor_fen_month=None, shifts=(), employment_types=()
        )
        more = int(_allowed(town, free, day).sum())
        return [Loosening("several", None, more)] if more else []
    return sorted(named, key=lambda one: -one.more)[:NAMED]


def _limits(said: Person, own: Person) -> Iterator[tuple[str, bool]]:
    yield "commute", said.commute_max_minutes != own.commute_max_minutes
    yield "pay", said.pay_floor_fen_month != own.pay_floor_fen_month


Try = tuple[str, int | None, Person]


def _tries(person: Person) -> Iterator[list[Try]]:
    """Per limit the steps it could be loosened by, smallest first."""
    way, floor = person.commute_max_minutes, person.pay_floor_fen_month
    if way is not None:
        yield [("commute", n, replace(person, commute_max_minutes=n)) for n in WAYS_MINUTES if n > way]
    if floor is not None:
        parts = (
            floor * (PAY_PARTS - n) // PAY_PARTS // PAY_STEP_FEN * PAY_STEP_FEN for n in range(PAY_STEPS + 1)
        )
        lower = [step for step in dict.fromkeys(parts) if 0 < step < floor]
        yield [("pay", step, replace(person, pay_floor_fen_month=step)) for step in lower]
    if person.shifts:
        yield [("hours", None, replace(person, shifts=()))]
    if person.employment_types:
        yield [("employment", None, replace(person, employment_types=()))]


def _least(
    town: Town, own: Person, day: date, now: Mask, tries: Iterable[Try]
) -> tuple[str, int | None, int] | None:
    best: tuple[str, int | None, int] | None = None
    for name, value, person in tries:
        more = int((_allowed(town, person, day) & ~now).sum())
        if more > (best[2] if best else 0):
            best = name, value, more
        if more >= ENOUGH:
            break
    return best


def _allowed(town: Town, person: Person, day: date) -> Mask:
    slot = town.people.put(person)
    met = Ask(town, "people", slot, day.toordinal()).everybody
    mask = np.ones(town.jobs.size, bool)
    for gate in GATES:
        mask &= gate.passes(met)
    return mask
