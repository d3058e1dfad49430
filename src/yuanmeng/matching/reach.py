"""What would bring a job nearer: single steps a person could take, each scored as if it were taken.

    steps(matcher, "li", "cashier", day)     # learn 收银系统: +0.06 · one year more: opens a closed gate
    lessons(matcher, "li", jobs, day)        # skills by how much they give over several jobs

Nothing is estimated: the person's record is changed by the step and the engine is asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from .features import table
from .gates import closed
from .meeting import Ask
from .records import Job, Person
from .text import normal

if TYPE_CHECKING:
    from .ranker import Matcher

Kind = Literal["skill", "experience", "education", "commute", "pay", "shift", "employment"]
LEAST_GAIN = 0.002  # of the score: less is nothing to be told
LEARNED = ("skill", "experience", "education")  # the others are the person's own limits
WAYS_MINUTES = (15, 20, 30, 45, 60, 90, 120)


@dataclass(frozen=True)
class Step:
    """One change of a person's record, and what it gives for one job.

    ``gain``: the score with it less the score without. ``opens``: gates that it opens, by name. ``value``:
    what it leads to: a skill, years, a rank, minutes, fen a month, a shift or a kind of employment.
    """

    kind: Kind
    value: str | int | float
    gain: float
    opens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lesson:
    """A skill somebody could learn: ``jobs`` that it brings nearer, and by how much in all."""

    skill: str
    gain: float
    jobs: tuple[str, ...]


def steps(
    matcher: Matcher, person: str, job: str, day: date, *, most: int = 3, never: Collection[str] = ()
) -> list[Step]:
    """The steps that help, those that open a gate first, then those that give most. Raises NotKnown.

    ``never``: skills that nobody is told to learn (patience is no course).
    """
    town = matcher.town
    me = town.people.record(matcher.slot("people", person))
    offer = town.jobs.record(matcher.slot("jobs", job))
    found = _scored(matcher, me, [offer], list(_changes(me, offer, never)), day)
    helpful = [step for (step,) in found if step.opens or (step.kind in LEARNED and step.gain >= LEAST_GAIN)]
    # Of several ways to loosen a limit the first, and least, that opens it.
    least = {(step.kind, step.value if step.kind in LEARNED else ""): step for step in reversed(helpful)}
    order = sorted(
        least.values(), key=lambda step: (-len(step.opens), -step.gain, step.kind, str(step.value))
    )
    return order[:most]


def lessons(
    matcher: Matcher,
    person: str,
    jobs: Sequence[str],
    day: date,
    *,
    most: int = 5,
    never: Collection[str] = (),
) -> list[Lesson]:
    """Skills that these jobs ask for and the person does not name, the one that gives most first."""
    town = matcher.town
    me = town.people.record(matcher.slot("people", person))
    offers = [town.jobs.record(matcher.slot("jobs", job)) for job in jobs]
    lacking = {normal(skill): skill for offer in offers for skill in _lacking(me, offer, never)}
    changes: list[Change] = [(("skill", skill), _with_skill(me, skill)) for skill in lacking.values()]
    told = []
    for per_job in _scored(matcher, me, offers, changes, day):
        nearer = [
            (offer.id, step)
            for offer, step in zip(offers, per_job, strict=True)
            if step.gain >= LEAST_GAIN and normal(str(step.value)) in map(normal, offer.skills)
        ]
        if nearer:
            gain = sum(step.gain for _, step in nearer)
            told.append(Lesson(str(nearer[0][1].value), gain, tuple(job for job, _ in nearer)))
    return sorted(told, key=lambda lesson: (-lesson.gain, lesson.skill))[:most]


Change = tuple[tuple[Kind, str | int | float], Person]


def _scored(
    matcher: Matcher, me: Person, offers: Sequence[Job], changes: Sequence[Change], day: date
) -> list[list[Step]]:
    """[change][offer]: gains and gates against the record as it is."""
    if not changes or not offers:
        return []
    everybody = [replace(me, id="0"), *(replace(one, id=str(n)) for n, (_, one) in enumerate(changes, 1))]
    small = matcher.emptied().fill(everybody, offers)
    rows = np.array([small.slot("jobs", offer.id) for offer in offers], np.intp)
    scores, shut = [], []
    for one in everybody:
        ask = Ask(small.town, "people", small.slot("people", one.id), day.toordinal())
        scores.append(small.order_.score(table(ask.meet(rows), small.recipe.features)))
        shut.append([set(closed(ask, int(row), small.recipe.gates)) for row in rows])
    return [
        [
            Step(kind, value, float(scores[n][at] - scores[0][at]), tuple(sorted(shut[0][at] - shut[n][at])))
            for at in range(len(offers))
        ]
        for n, ((kind, value), _) in enumerate(changes, 1)
    ]


def _changes(me: Person, offer: Job, never: Collection[str]) -> Iterator[Change]:
    for skill in _lacking(me, offer, never):
        yield ("skill", skill), _with_skill(me, skill)
    asked = offer.experience_min_years
    if asked and me.experience_years is not None and me.experience_years < asked:
        yield ("experience", asked), replace(me, experience_years=asked)
    rank = offer.education_rank
    if rank and me.education_rank is not None and me.education_rank < rank:
        yield ("education", rank), replace(me, education_rank=rank)
    yield from _limits(me, offer)


def _limits(me: Person, offer: Job) -> Iterator[Change]:
    """A person's own limits, loosened just so far that this job is within them."""
    if me.commute_max_minutes is not None:
        for minutes in (way for way in WAYS_MINUTES if way > me.commute_max_minutes):
            yield ("commute", minutes), replace(me, commute_max_minutes=minutes)
    top = max(filter(None, (offer.pay_min_fen_month, offer.pay_max_fen_month)), default=None)
    if top is not None and me.pay_floor_fen_month is not None and me.pay_floor_fen_month > top:
        yield ("pay", top), replace(me, pay_floor_fen_month=top)
    for shift in offer.shifts if me.shifts else ():
        if shift not in me.shifts:
            yield ("shift", shift), replace(me, shifts=(*me.shifts, shift))
    kind = offer.employment_type
    if kind and me.employment_types and kind not in me.employment_types:
        yield ("employment", kind), replace(me, employment_types=(*me.employment_types, kind))


def _lacking(me: Person, offer: Job, never: Collection[str]) -> list[str]:
    have = {normal(skill) for skill in (*me.skills, *never)}
    return [skill for skill in offer.skills if normal(skill) not in have]


def _with_skill(me: Person, skill: str) -> Person:
    return replace(me, skills=(*me.skills, skill))
