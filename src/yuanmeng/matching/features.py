"""What may speak for a pair: an allow-list, one documented function per feature.

A value runs from 0 (against) to 1 (for); NaN means that somebody did not say, and then the feature is silent.
Each entry says who may be told its facts: what an employer may not see is never a reason on an employer's
page. Anything that is not in this list has no way into a score; ``records.NEVER`` names what must never be
added.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .directions import nearness
from .meeting import DETOUR, WALK_M_PER_MINUTE, Meeting, commute_minutes, occupation_likeness
from .records import Fact, Job, Person
from .tables import EARTH_RADIUS_M, NOT_SAID, point_m
from .text import normal, shared_words, wishes, without_traits

F4 = NDArray[np.float32]
Viewer = Literal["person", "employer", "officer"]
EVERYONE: frozenset[Viewer] = frozenset({"person", "employer", "officer"})
# Nor an employer who was only shown a person without a name: no home, pay, shifts or former work.
NOT_EMPLOYERS: frozenset[Viewer] = frozenset({"person", "officer"})


@dataclass(frozen=True)
class Feature:
    """One thing that may speak for a pair."""

    name: str
    label: str  # what people call it
    family: str  # of a family the strongest is told first, so that three reasons say three things
    unit: str  # of the value
    weight: float  # before anything is learned; relative to the other weights
    usual: float  # the value a chance pair has, until ``fit`` measures it
    needs: str  # the person's field that makes it speak
    told_from: float  # the value from which its sentence is true
    seen_by: frozenset[Viewer]
    value: Callable[[Meeting], F4]
    facts: Callable[[Person, Job, int], Mapping[str, Fact]]


def title(meeting: Meeting) -> F4:
    """Likeness of the titles wanted and the title offered; of several wishes one is enough."""
    alike = meeting.ask.title[meeting.rows] * np.sqrt(meeting.people.wishes[meeting.p])
    return np.sqrt(np.minimum(alike, np.float32(1)))


def title_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    """``wanted``: the one of the person's wishes that comes nearest; empty when no piece is common."""
    clean = [wish for wish in wishes(person.wish) if normal(wish) == without_traits(wish)]
    common = {wish: len(shared_words(wish, job.title)) for wish in clean}
    nearest = max(common, key=lambda wish: common[wish], default="")
    return {"title": job.title, "wanted": nearest if common.get(nearest) else ""}


def text(meeting: Meeting) -> F4:
    """Likeness of all the person can do and all the posting says."""
    return np.sqrt(meeting.ask.text[meeting.rows])


def text_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"shared": shared_words(without_traits(person.text), f"{job.title} {job.text}")}


def occupation(meeting: Meeting) -> F4:
    """Nearest of the wanted occupations to the one offered."""
    wanted = meeting.people.occupations[meeting.p].T  # [3, n or 1]
    offered = meeting.jobs.occupation[meeting.j]  # [1 or n]
    first, second, third = (occupation_likeness(codes, offered) for codes in wanted)
    return np.fmax(np.fmax(first, second), third)


def occupation_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"occupation": job.occupation, "wanted": person.occupations}


def background(meeting: Meeting) -> F4:
    """The last job's occupation and the one offered."""
    last = meeting.people.last_occupation[meeting.p]
    return occupation_likeness(last, meeting.jobs.occupation[meeting.j])


def background_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"occupation": job.occupation, "last": person.last_occupation}


def skills(meeting: Meeting) -> F4:
    """Share of the skills asked for that the person has."""
    have = meeting.people.skills[meeting.p]  # [n or 1, a]
    asked = meeting.jobs.skills[meeting.j]  # [1 or n, b]
    met = ((asked[:, :, None] == have[:, None, :]) & (asked >= 0)[:, :, None]).any(-1).sum(-1)
    number = (asked >= 0).sum(-1)
    known = (number > 0) & (have >= 0).any(-1)
    return np.where(known, met / np.maximum(number, 1), np.nan).astype(np.float32)


def skills_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    have, asked = set(map(normal, person.skills)), {normal(skill): skill for skill in job.skills}
    met = tuple(skill for key, skill in asked.items() if key in have)
    missing = tuple(skill for key, skill in asked.items() if key not in have)
    return {"asked": len(asked), "met": met, "missing": missing}


def pay(meeting: Meeting) -> F4:
    """Middle of the pay range against the least the person would take: 0 at 80 % of it, 1 at 150 %."""
    jobs, j = meeting.jobs, meeting.j
    low, high = jobs.pay_min_fen_month[j], jobs.pay_max_fen_month[j]
    middle = (np.fmin(low, high) + np.fmax(low, high)) / 2
    floor = np.maximum(meeting.people.pay_floor_fen_month[meeting.p], 1)
    return np.asarray(np.clip((middle / floor - 0.8) / 0.7, 0, 1))


def pay_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    sums = {
        "min_fen": job.pay_min_fen_month,
        "max_fen": job.pay_max_fen_month,
        "floor_fen": person.pay_floor_fen_month,
    }
    return {name: value for name, value in sums.items() if value is not None}


def commute(meeting: Meeting) -> F4:
    """Halves with every 10 minutes on the way."""
    return np.exp2(-meeting.minutes / 10)


def commute_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    apart = point_m(person.lon, person.lat) - point_m(job.lon, job.lat)
    chord = min(float(np.sqrt((apart**2).sum())), 2 * EARTH_RADIUS_M)
    metres = np.array([2 * EARTH_RADIUS_M * math.asin(chord / (2 * EARTH_RADIUS_M))], np.float32)
    return {
        "metres": round(float(metres[0])),
        "walk_minutes": math.ceil(DETOUR * float(metres[0]) / WALK_M_PER_MINUTE),
        "minutes": math.ceil(commute_minutes(metres)[0]),
    }


def education(meeting: Meeting) -> F4:
    """1 when the education asked for is just met, less for each step above it."""
    rank = meeting.people.education_rank[meeting.p].astype(np.float32)
    floor = meeting.jobs.education_rank[meeting.j]
    above = rank - np.maximum(floor, 4)  # 初中: what a posting without a floor means
    fit = np.where(above >= 0, 1 - 0.15 * above, rank >= floor)
    return np.where(rank == NOT_SAID, np.nan, np.clip(fit, 0, 1)).astype(np.float32)


def education_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"asked_rank": job.education_rank or 0}


def experience(meeting: Meeting) -> F4:
    """Years of work against the years asked for; three years short is nothing."""
    short = meeting.jobs.experience_min_years[meeting.j] - meeting.people.experience_years[meeting.p]
    return np.asarray(np.clip(1 - np.maximum(short, 0) / 3, 0, 1))


def experience_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"asked_years": job.experience_min_years or 0}


def hours(meeting: Meeting) -> F4:
    """Both said when, and the shifts agree."""
    mine, theirs = meeting.people.shifts[meeting.p], meeting.jobs.shifts[meeting.j]
    said = (mine != 0) & (theirs != 0)
    return np.where(said, (mine & theirs) != 0, np.nan).astype(np.float32)


def hours_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"shifts": tuple(sorted({*person.shifts} & {*job.shifts}))}


def fresh(meeting: Meeting) -> F4:
    """Halves with every two weeks since the posting went up."""
    published = meeting.jobs.published_day[meeting.j]
    age = np.maximum(meeting.ask.day - published, 0) / np.float32(14)
    return np.where(published == NOT_SAID, np.nan, np.exp2(-age)).astype(np.float32)


def fresh_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"days": max(day - job.published_on.toordinal(), 0)} if job.published_on else {}


def taste(meeting: Meeting) -> F4:
    """How near the job lies to those the person chose, as all people's choices lay them (see ``liking``)."""
    rows = meeting.ask.town.taste
    people, jobs = rows["people"], rows["jobs"]
    sizes = meeting.people.size, meeting.jobs.size
    return nearness(people.rows(meeting.p, sizes[0]), jobs.rows(meeting.j, sizes[1]))


def taste_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    """``chosen``: the title chosen that shares most with this one; empty when none shares a piece."""
    common = {title: len(shared_words(title, job.title)) for title in person.chose_titles}
    nearest = max(common, key=lambda title: common[title], default="")
    return {"chosen": nearest if common.get(nearest) else ""}


FEATURES = (
    Feature("title", "title wanted", "work", "likeness", 0.22, 0.1, "wish",
            0.4, EVERYONE, title, title_facts),
    Feature("occupation", "occupation wanted", "work", "likeness", 0.22, 0.2, "occupations",
            0.5, EVERYONE, occupation, occupation_facts),
    Feature("skills", "skills", "ability", "share met", 0.20, 0.2, "skills",
            0.01, EVERYONE, skills, skills_facts),
    Feature("commute", "way to work", "way", "halving per 10 min", 0.18, 0.5, "home",
            0.12, NOT_EMPLOYERS, commute, commute_facts),
    Feature("text", "what you can do", "ability", "likeness", 0.12, 0.15, "text",
            0.35, NOT_EMPLOYERS, text, text_facts),
    Feature("pay", "pay", "pay", "range against floor", 0.10, 0.6, "pay_floor",
            0.28, NOT_EMPLOYERS, pay, pay_facts),
    Feature("background", "last occupation", "work", "likeness", 0.10, 0.2, "last_occupation",
            0.5, NOT_EMPLOYERS, background, background_facts),
    Feature("taste", "like what was chosen", "work", "likeness", 0.12, 0.2, "",
            0.4, NOT_EMPLOYERS, taste, taste_facts),
    Feature("hours", "hours", "conditions", "agree", 0.06, 0.7, "shifts",
            1, NOT_EMPLOYERS, hours, hours_facts),
    Feature("experience", "years of work", "conditions", "share of years", 0.06, 0.8, "experience",
            1, EVERYONE, experience, experience_facts),
    Feature("education", "education", "conditions", "step", 0.06, 0.8, "education",
            0.01, EVERYONE, education, education_facts),
    Feature("fresh", "newly published", "time", "halving per 14 d", 0.04, 0.5, "",
            0.5, NOT_EMPLOYERS, fresh, fresh_facts),
)  # fmt: skip


def table(meeting: Meeting, features: tuple[Feature, ...] = FEATURES) -> F4:
    """All values of n pairs, [n, features]."""
    size = np.broadcast(meeting.people.tie[meeting.p], meeting.jobs.tie[meeting.j]).size
    columns = [np.broadcast_to(feature.value(meeting), size) for feature in features]
    return np.stack(columns, axis=1).astype(np.float32)
