"""Other kinds of target: a kind is its records, its gates, its features and its capacity, never other code.

    matcher = Matcher(COURSES).fit(people, [course(...), ...], day)
    matcher.rank(["li"], day)                                      # her courses, with reasons
    matcher.rank(["latte art"], day, side="jobs")                  # whom to invite
    Matcher(OFFICERS).fit([demand(...)], [officer(...)], day)      # then rank and allocate: who takes what

Everything that can be offered is a ``Job`` and whoever asks is a ``Person``; the functions below say in the
words of each kind what goes into which field. Whether somebody is entitled to a policy is for its rules; here
it is only ordered what of the possible is nearest to them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .features import EVERYONE, FEATURES, NOT_EMPLOYERS, Feature
from .gates import GATES, Gate
from .meeting import Meeting
from .ranker import Recipe
from .records import Fact, Job, Person
from .retrieve import nearest, newest, same_occupation, same_words
from .tables import NOT_SAID
from .text import normal

F4 = NDArray[np.float32]
Place = tuple[float, float]  # longitude, latitude
NEVER_CLOSES = np.iinfo(np.int32).max


# ---- records
def course(
    id: str,
    title: str,
    *,
    text: str = "",
    teaches: tuple[str, ...] = (),
    leads_to: str = "",
    education_rank: int | None = None,
    enrols_from: date | None = None,
    enrols_until: date | None = None,
    places: int = 1,
    when: tuple[str, ...] = (),
    place: Place | None = None,
    by: str = "",
) -> Job:
    """A class that can be enrolled for; ``leads_to`` is an occupation, ``places`` are those still free."""
    return Job(
        id=id, title=title, text=text, skills=teaches, occupation=leads_to, education_rank=education_rank,
        opens_on=enrols_from, closes_on=enrols_until, openings=places, shifts=when, organisation=by,
        lon=_lon(place), lat=_lat(place),
    )  # fmt: skip


def session(
    id: str,
    title: str,
    *,
    on: date,
    text: str = "",
    about: str = "",
    places: int = 1,
    when: tuple[str, ...] = (),
    place: Place | None = None,
    by: str = "",
) -> Job:
    """A salon, lecture or night market on a day; ``about`` is an occupation it speaks of, where it does."""
    return Job(
        id=id, title=title, text=text, occupation=about, closes_on=on, openings=places, shifts=when,
        organisation=by, lon=_lon(place), lat=_lat(place),
    )  # fmt: skip


def policy(
    id: str,
    title: str,
    *,
    text: str = "",
    about: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Job:
    """A policy in force that the rules found possible for whoever asks."""
    return Job(id=id, title=title, text=text, occupation=about, opens_on=valid_from, closes_on=valid_until)


def demand(
    id: str,
    title: str,
    *,
    text: str = "",
    needs: tuple[str, ...] = (),
    place: Place | None = None,
) -> Person:
    """What an enterprise asks of the house; ``needs`` are fields of competence."""
    return Person(id=id, wish=title, text=text, skills=needs, lon=_lon(place), lat=_lat(place))


def officer(
    id: str,
    duty: str,
    *,
    competent_in: tuple[str, ...] = (),
    free: int = 1,
    place: Place | None = None,
) -> Job:
    """Somebody on duty who can take ``free`` more demands."""
    return Job(
        id=id, title=duty, skills=competent_in, openings=free, lon=_lon(place), lat=_lat(place)
    )  # fmt: skip


def _lon(place: Place | None) -> float | None:
    return place[0] if place else None


def _lat(place: Place | None) -> float | None:
    return place[1] if place else None


# ---- features that vacancies do not have
def teaches(meeting: Meeting) -> F4:
    """Skills that the person could use and does not have: one counts half, each further one half the rest."""
    taught, lacks = meeting.jobs.skills[meeting.j], meeting.people.gaps[meeting.p]
    number = ((taught[:, :, None] == lacks[:, None, :]) & (taught >= 0)[:, :, None]).any(-1).sum(-1)
    known = (taught >= 0).any(-1) & (lacks >= 0).any(-1)
    return np.where(known, 1 - np.exp2(-number.astype(np.float32)), np.nan).astype(np.float32)


def teaches_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    lacks = set(map(normal, person.gaps))
    return {"skills": tuple(skill for skill in job.skills if normal(skill) in lacks)}


def soon(meeting: Meeting) -> F4:
    """Halves with every two weeks until it is over; silent where it has no end."""
    last = meeting.jobs.closes_day[meeting.j]
    away = np.maximum(last - meeting.ask.day, 0) / np.float32(14)
    return np.where(last == NEVER_CLOSES, np.nan, np.exp2(-away)).astype(np.float32)


def soon_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"days": max(job.closes_on.toordinal() - day, 0)} if job.closes_on else {}


def competence(meeting: Meeting) -> F4:
    """Share of what the demand needs that the officer is competent in."""
    needs, has = meeting.people.skills[meeting.p], meeting.jobs.skills[meeting.j]
    met = ((needs[:, :, None] == has[:, None, :]) & (needs >= 0)[:, :, None]).any(-1).sum(-1)
    number = (needs >= 0).sum(-1)
    known = (number > 0) & (has >= 0).any(-1)
    return np.where(known, met / np.maximum(number, 1), np.nan).astype(np.float32)


def competence_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    has = set(map(normal, job.skills))
    return {"needs": len(person.skills), "met": tuple(s for s in person.skills if normal(s) in has)}


def free(meeting: Meeting) -> F4:
    """Room for more work: ½ with two free, nearing 1."""
    room = meeting.jobs.openings[meeting.j].astype(np.float32)
    return np.where(room == NOT_SAID, np.nan, room / (room + 2)).astype(np.float32)


def free_facts(person: Person, job: Job, day: int) -> Mapping[str, Fact]:
    return {"free": job.openings}


TEACHES = Feature("teaches", "skills it teaches", "ability", "first half", 0.30, 0.1, "",
                  0.5, NOT_EMPLOYERS, teaches, teaches_facts)  # fmt: skip
SOON = Feature("soon", "soon", "time", "halving per 14 d", 0.06, 0.4, "",
               0.5, EVERYONE, soon, soon_facts)  # fmt: skip
COMPETENCE = Feature("competence", "competent in what is needed", "ability", "share met", 0.50, 0.3, "",
                     0.01, frozenset({"officer"}), competence, competence_facts)  # fmt: skip
FREE = Feature("free", "room for more", "conditions", "free / (free + 2)", 0.20, 0.5, "",
               0.5, frozenset({"officer"}), free, free_facts)  # fmt: skip


def _some(*names: str, **weights: float) -> tuple[Feature, ...]:
    """Features of vacancies, some with another weight."""
    by_name = {feature.name: feature for feature in FEATURES}
    return tuple(replace(by_name[name], weight=weights.get(name, by_name[name].weight)) for name in names)


def _gates(*names: str) -> tuple[Gate, ...]:
    return tuple(gate for gate in GATES if gate.name in names)


_SOURCES = (same_words, same_occupation, nearest, newest)
COURSES = Recipe(
    gates=_gates("open", "legal_age", "hidden_organisation", "education", "hours"),
    features=(TEACHES, *_some("title", "occupation", "taste", "commute", "hours"), SOON),
    retrievers=_SOURCES,
)
SESSIONS = Recipe(
    gates=_gates("open", "hidden_organisation"),
    features=(*_some("title", "text", "occupation", "taste", "commute", "hours"), replace(SOON, weight=0.15)),
    retrievers=_SOURCES,
)
POLICIES = Recipe(
    gates=_gates("open"),
    features=(*_some("title", "text", "occupation", "background", "taste"), SOON),
    retrievers=_SOURCES,
)
OFFICERS = Recipe(
    gates=_gates("open"),
    features=(COMPETENCE, *_some("title", "commute", title=0.20, commute=0.10), FREE),
    retrievers=_SOURCES,
)
KINDS = {"course": COURSES, "session": SESSIONS, "policy": POLICIES, "officer": OFFICERS}
