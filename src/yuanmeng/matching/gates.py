"""What must hold before a pair may be shown at all. Gates are the law, the calendar and a person's own
limits.

They are apart from fit, have their own words, and are applied before anything is ranked: the top ten are the
ten best of what may be shown. A fact nobody gave passes, except where the law protects minors.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .meeting import Ask, Meeting
from .tables import NOT_SAID

Mask = NDArray[np.bool_]

AGE_OF_WORK_YEARS = 16  # 劳动法 15
AGE_OF_HAZARD_YEARS = 18  # 劳动法 58, 64


@dataclass(frozen=True)
class Gate:
    """A condition by name; ``passes`` gives [n] booleans (or [1], the same for all)."""

    name: str
    passes: Callable[[Meeting], Mask]


def is_open(meeting: Meeting) -> Mask:
    """Published for this day and with a place left."""
    jobs, j, day = meeting.jobs, meeting.j, meeting.ask.day
    on_show = (jobs.opens_day[j] <= day) & (day <= jobs.closes_day[j])
    return np.asarray(on_show & (jobs.openings[j] > 0))


def of_legal_age(meeting: Meeting) -> Mask:
    """At least 16; at hazardous work at least 18 and known to be. Above that, age plays no part."""
    age, hazardous = meeting.people.age_years[meeting.p], meeting.jobs.hazardous[meeting.j]
    grown = (age == NOT_SAID) | (age >= AGE_OF_WORK_YEARS)
    return np.asarray(grown & (~hazardous | (age >= AGE_OF_HAZARD_YEARS)))


def meets_education(meeting: Meeting) -> Mask:
    """The education asked for, or more ("本科及以上" is a floor)."""
    rank = meeting.people.education_rank[meeting.p]
    return np.asarray((rank == NOT_SAID) | (rank >= meeting.jobs.education_rank[meeting.j]))


def pays_enough(meeting: Meeting) -> Mask:
    """The top of the pay range reaches the least the person would take."""
    floor, jobs, j = meeting.people.pay_floor_fen_month[meeting.p], meeting.jobs, meeting.j
    top = np.fmax(jobs.pay_max_fen_month[j], jobs.pay_min_fen_month[j])
    return np.asarray(~(top < floor))


def is_near_enough(meeting: Meeting) -> Mask:
    """The way to work is within what the person would travel."""
    return np.asarray(~(meeting.minutes > meeting.people.commute_max_minutes[meeting.p]))


def suits_hours(meeting: Meeting) -> Mask:
    """One of the accepted shifts and kinds of employment."""
    people, p, jobs, j = meeting.people, meeting.p, meeting.jobs, meeting.j
    same_shift = _agree(people.shifts[p], jobs.shifts[j])
    return same_shift & _agree(people.employment_types[p], jobs.employment_type[j])


def is_not_hidden(meeting: Meeting) -> Mask:
    """The person has not shut this organisation out."""
    hidden = meeting.people.hidden_organisations[meeting.p]
    organisation = meeting.jobs.organisation[meeting.j]
    shut = (hidden == organisation[:, None]) & (hidden != NOT_SAID)
    return np.asarray(~shut.any(-1))


def _agree(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> Mask:
    return np.asarray((one == 0) | (other == 0) | ((one & other) != 0))


GATES = (
    Gate("open", is_open),
    Gate("legal_age", of_legal_age),
    Gate("hidden_organisation", is_not_hidden),
    Gate("education", meets_education),
    Gate("pay", pays_enough),
    Gate("commute", is_near_enough),
    Gate("hours", suits_hours),
)


def allowed(ask: Ask, gates: tuple[Gate, ...] = GATES) -> Mask:
    """Which rows of the other side may be shown to the asker (and it to them), [size]."""
    meeting = ask.everybody
    mask = ask.others.alive.copy()
    for gate in gates:
        mask &= gate.passes(meeting)
    return mask


def closed(ask: Ask, row: int, gates: tuple[Gate, ...] = GATES) -> tuple[str, ...]:
    """The names of the gates that keep this pair apart."""
    meeting = ask.meet(np.array([row]))
    return tuple(gate.name for gate in gates if not gate.passes(meeting).all())
