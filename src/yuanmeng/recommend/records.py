"""Rows of the nouns → records of the engine: the allow-list in one place.

A seeker's name, phone, sex, school, photo, address and resume text are never read here; the home is the
centre of a residents' committee; age is read for the law's lower limits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from yuanmeng.applications.models import Application
from yuanmeng.applications.models.states import State
from yuanmeng.matching import Job, Person
from yuanmeng.occupations.classify import occupation_of
from yuanmeng.occupations.skills import skills_in
from yuanmeng.places.models import Precision
from yuanmeng.seekers.models import Seeker, SeekerQuerySet
from yuanmeng.vacancies.models import Vacancy, VacancyQuerySet

# Work the law keeps from people under 18 (劳动法 64): underground, poisonous, of the heaviest grade, and kin.
HAZARD = re.compile("井下|矿山|有毒有害|危化品|危险化学品|高处作业|高空作业|爆破|放射性|烟花爆竹|特别繁重")
SEPARATORS = re.compile(r"[,，、;；/|\s]+")


def seekers_to_match() -> SeekerQuerySet:
    """Who may be matched, with the columns the engine may know and no others."""
    rows = Seeker.objects.may_be_suggested().select_related("person").prefetch_related("hidden_organisations")
    return rows.only(
        "uid", "state", "recommendations_on", "education", "major", "skills", "certificates",
        "last_occupation_code", "last_job", "years_experience", "wanted_occupation_codes", "wanted_text",
        "pay_floor_fen", "employment_types", "shifts", "commute_max_minutes", "home_lon", "home_lat",
        "person__birth_on", "person__birth_year",
    )  # fmt: skip


def vacancies_to_match(day: date) -> VacancyQuerySet:
    """Vacancies open on this day with a place left, and what the engine needs of them."""
    return (
        with_a_place_left(Vacancy.objects.open_on(day))
        .select_related("organisation", "place")
        .defer("contact_phone", "organisation__contact_phone", "organisation__about")
    )


def with_a_place_left(rows: VacancyQuerySet) -> VacancyQuerySet:
    """Not those for which as many were hired as were looked for; how many is not always said."""
    hired = Application.objects.filter(vacancy=OuterRef("pk"), state=State.HIRED).order_by()
    taken = hired.values("vacancy").annotate(n=Count("pk")).values("n")
    return rows.exclude(openings__lte=Coalesce(Subquery(taken), 0))


def person_of(seeker: Seeker, day: date) -> Person:
    """A seeker as the engine may know them."""
    wanted = tuple(seeker.wanted_occupation_codes or [])[:3]
    guessed = occupation_of(seeker.wanted_text) if seeker.wanted_text and not wanted else None
    last = seeker.last_occupation_code or (occupation_of(seeker.last_job) if seeker.last_job else None)
    return Person(
        id=seeker.uid,
        wish=seeker.wanted_text,
        text=" ".join([seeker.last_job, seeker.major, *_words(seeker.certificates)]),
        skills=_skills(_words(seeker.skills), f"{seeker.last_job} {' '.join(_words(seeker.certificates))}"),
        occupations=wanted or ((guessed,) if guessed else ()),
        last_occupation=last or "",
        education_rank=seeker.education,
        experience_years=seeker.years_experience,
        pay_floor_fen_month=seeker.pay_floor_fen,
        lon=seeker.home_lon if seeker.home_lat is not None else None,
        lat=seeker.home_lat if seeker.home_lon is not None else None,
        commute_max_minutes=seeker.commute_max_minutes,
        employment_types=tuple(_words(seeker.employment_types)),
        shifts=tuple(_words(seeker.shifts)),
        age_years=seeker.person.age_on(day),
        hidden_organisations=tuple(sorted(row.uid for row in seeker.hidden_organisations.all())),
    )


def job_of(vacancy: Vacancy) -> Job:
    """A vacancy as the engine knows it; it closes at the latest with its organisation's verification."""
    low, high = vacancy.monthly_pay_fen
    words = f"{vacancy.content} {vacancy.requirements}"
    point = _point(vacancy)
    ends = [day for day in (vacancy.valid_until, vacancy.organisation.valid_until) if day]
    return Job(
        id=vacancy.uid,
        organisation=vacancy.organisation.uid,
        title=vacancy.title,
        text=words,
        skills=_skills(_words(vacancy.skills), f"{vacancy.title} {words}")[:12],
        occupation=vacancy.occupation_code or occupation_of(vacancy.title, words) or "",
        education_rank=vacancy.education,
        experience_min_years=vacancy.experience_min_years,
        pay_min_fen_month=low,
        pay_max_fen_month=high,
        lon=point[0] if point else None,
        lat=point[1] if point else None,
        employment_type=vacancy.employment_type,
        shifts=tuple(shift for shift in SEPARATORS.split(vacancy.shift) if shift),
        hazardous=bool(HAZARD.search(f"{vacancy.title} {words}")),
        opens_on=vacancy.valid_from,
        closes_on=min(ends, default=None),
        published_on=localdate(vacancy.published_at) if vacancy.published_at else None,
        openings=vacancy.openings or 1,
    )


def limits_of(vacancy: Vacancy) -> Job:
    """Of a vacancy what gates read, and no more: cheap for all vacancies at once."""
    low, high = vacancy.monthly_pay_fen
    point = _point(vacancy)
    return Job(
        id=vacancy.uid,
        organisation=vacancy.organisation.uid,
        education_rank=vacancy.education,
        pay_min_fen_month=low,
        pay_max_fen_month=high,
        lon=point[0] if point else None,
        lat=point[1] if point else None,
        employment_type=vacancy.employment_type,
        shifts=tuple(shift for shift in SEPARATORS.split(vacancy.shift) if shift),
        hazardous=bool(HAZARD.search(f"{vacancy.title} {vacancy.content} {vacancy.requirements}")),
    )


def _point(vacancy: Vacancy) -> tuple[float, float] | None:
    """Where the work is, when that is known better than the area."""
    place = vacancy.place
    return place.point if place and place.precision in {Precision.POINT, Precision.STREET} else None


def _skills(listed: Iterable[str], words: str) -> tuple[str, ...]:
    """The skills listed and those the words name, each in our spelling, once."""
    return tuple(dict.fromkeys([*_spelled(listed), *skills_in(words)]))[:40]


def _spelled(skills: Iterable[str]) -> Iterator[str]:
    for skill in skills:
        yield from skills_in(skill) or [skill]


def _words(listed: object) -> list[str]:
    """The strings of a JSON list; imported rows may hold anything."""
    return [word for word in listed if isinstance(word, str) and word] if isinstance(listed, list) else []
