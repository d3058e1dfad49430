"""Records → taste: what a person and a job are as tokens, and how near a job is to what somebody chose.

    liking = Liking.fit(people, jobs)               # jobs of the past and of today
    liking.job(job), liking.person(person)          # directions, near each other where one suits the other

Tokens are made from the same allow-list as the features: no age, no home beyond a square of a kilometre.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .records import Job, Person
from .taste.arrays import F4, Sides, unit
from .taste.attributes import Vocabulary
from .taste.factors import Factors, Shape, factorised
from .text import normal, without_traits

SHAPE = Shape(48, 0.02, 0.05, attributes=0.15, passes=10, seed=1)
LEAST_BAGS = 3  # a token fewer hold is no taste
LEAST_CHOICES, LEAST_CHOOSERS = 100, 20  # of jobs known: with fewer, what lies together is chance
SQUARE_DEGREES = 0.01
PAY_STEP = 1.25  # bands of pay a quarter apart


@dataclass(frozen=True)
class Liking:
    """Directions of jobs by id, and what is needed to give one to anybody new.

    Nobody's own factors are kept.
    """

    factors: Factors
    of_person: Vocabulary
    of_job: Vocabulary
    job_row: dict[str, int]

    @classmethod
    def learned(cls, people: Iterable[Person], jobs: Iterable[Job]) -> Liking | None:
        """As ``fit``; None while too little was chosen to tell anything."""
        people, jobs = list(people), list(jobs)
        known = {job.id for job in jobs}
        choices = [len(known.intersection(person.chose)) for person in people]
        enough = sum(choices) >= LEAST_CHOICES and sum(map(bool, choices)) >= LEAST_CHOOSERS
        return cls.fit(people, jobs) if enough else None

    @classmethod
    def fit(cls, people: Iterable[Person], jobs: Iterable[Job], shape: Shape = SHAPE) -> Liking:
        """Jobs that people chose and that are not here are left out."""
        # In the order of ids, so that no order of records helps anybody.
        seekers = sorted({person.id: person for person in people}.values(), key=lambda one: one.id)
        offers = sorted({job.id: job for job in jobs}.values(), key=lambda one: one.id)
        person_bags, job_bags = [person_bag(one) for one in seekers], [job_bag(one) for one in offers]
        of_person, of_job = Vocabulary.of(person_bags, LEAST_BAGS), Vocabulary.of(job_bags, LEAST_BAGS)
        column = {job.id: n for n, job in enumerate(offers)}
        table = _chosen(seekers, column)
        sides = Sides.of(table, of_person.rows(person_bags), of_job.rows(job_bags))
        return cls(_without_askers(factorised(sides, shape)), of_person, of_job, column)

    @property
    def width(self) -> int:
        """Numbers in a direction."""
        return self.factors.shape.factors

    def job(self, job: Job) -> F4:
        """A job's direction [k]; one of the fit keeps its own, a new one gets it from what it is."""
        if job.id in self.job_row:
            return unit(self.factors.other[[self.job_row[job.id]]])[0]
        nobody = sp.csr_matrix((1, 0), dtype=np.float32)
        return unit(self.factors.other_of(nobody, self.of_job.rows([job_bag(job)])))[0]

    def person(self, person: Person) -> F4 | None:
        """The direction [k] of what a person chose; None: nothing that this fit knows."""
        if not self.job_row.keys() & set(person.chose):
            return None
        table = _chosen([person], self.job_row)
        return unit(self.factors.asker_of(table, self.of_person.rows([person_bag(person)])))[0]

    # ---- as plain arrays
    def saved(self) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
        """Arrays, and facts that JSON can hold."""
        arrays = {
            "taste_rows": self.factors.rows, "taste_columns": self.factors.columns,
            "taste_person_rarity": self.of_person.rarity, "taste_job_rarity": self.of_job.rarity,
        }  # fmt: skip
        facts = {
            "shape": asdict(self.factors.shape), "jobs": list(self.job_row),
            "person_tokens": list(self.of_person.column), "job_tokens": list(self.of_job.column),
        }  # fmt: skip
        return arrays, facts

    @classmethod
    def loaded(cls, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> Liking:
        """From what ``saved`` gave."""
        jobs, shape = _numbered(facts["jobs"]), Shape(**facts["shape"])
        factors = Factors(arrays["taste_rows"], arrays["taste_columns"], 0, len(jobs), shape)
        of_person = Vocabulary(_numbered(facts["person_tokens"]), arrays["taste_person_rarity"])
        of_job = Vocabulary(_numbered(facts["job_tokens"]), arrays["taste_job_rarity"])
        return cls(factors, of_person, of_job, jobs)


def person_bag(person: Person) -> list[str]:
    """What a person wants and can, as tokens."""
    wanted = [token for code in person.occupations for token in _levels("wants", code)]
    return [
        *wanted,
        *_levels("did", person.last_occupation),
        *(f"skill={normal(skill)}" for skill in person.skills),
        *(f"word={piece}" for piece in _pieces(without_traits(f"{person.wish} {person.text}"))),
        *_band("pay", person.pay_floor_fen_month),
        *_square(person.lon, person.lat),
        *(f"shift={shift}" for shift in person.shifts),
        *(f"type={kind}" for kind in person.employment_types),
    ]


def job_bag(job: Job) -> list[str]:
    """What a job is, as tokens."""
    return [
        *_levels("is", job.occupation),
        *(f"skill={normal(skill)}" for skill in job.skills),
        *(f"word={piece}" for piece in _pieces(normal(job.title))),
        *_band("pay", job.pay_max_fen_month or job.pay_min_fen_month),
        *_square(job.lon, job.lat),
        *(f"shift={shift}" for shift in job.shifts),
        *([f"type={job.employment_type}"] if job.employment_type else []),
        *([f"education={job.education_rank}"] if job.education_rank else []),
        *([f"by={job.organisation}"] if job.organisation else []),
    ]


def _levels(name: str, code: str) -> list[str]:
    parts = code.split("-") if code else []
    return [f"{name}={'-'.join(parts[:depth])}" for depth in range(1, len(parts) + 1)]


def _pieces(words: str) -> list[str]:
    """Latin words, and two characters in a row of wide script."""
    found = []
    for word in words.split():
        if word.isascii():
            found.append(word)
        else:
            found += [word[n : n + 2] for n in range(max(len(word) - 1, 1))]
    return found[:60]


def _band(name: str, fen: int | None) -> list[str]:
    return [f"{name}~{round(math.log(fen, PAY_STEP))}"] if fen else []


def _square(lon: float | None, lat: float | None) -> list[str]:
    if lon is None or lat is None:
        return []
    return [f"square={math.floor(lon / SQUARE_DEGREES)},{math.floor(lat / SQUARE_DEGREES)}"]


def _chosen(people: Sequence[Person], column: Mapping[str, int]) -> sp.csr_matrix:
    """[people, jobs]: 1 where somebody chose a job that has a column."""
    cells = [
        (n, column[job]) for n, person in enumerate(people) for job in set(person.chose) if job in column
    ]
    rows, columns = zip(*sorted(cells), strict=True) if cells else ((), ())
    ones = np.ones(len(cells), np.float32)
    return sp.csr_matrix((ones, (rows, columns)), shape=(len(people), len(column)))


def _without_askers(factors: Factors) -> Factors:
    """People's factors are needed while fitting and never again."""
    return replace(factors, rows=factors.rows[factors.askers :], askers=0)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: n for n, name in enumerate(names)}
