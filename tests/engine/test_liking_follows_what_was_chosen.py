"""From records to taste: jobs like the chosen come near, also those posted after the fit."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from yuanmeng.matching import Job, Person
from yuanmeng.matching.directions import nearness
from yuanmeng.matching.liking import Liking, job_bag, person_bag
from yuanmeng.matching.taste.factors import Shape

TRADES = {"4-03": ("咖啡师", "拉花"), "4-06": ("保安员", "巡逻"), "2-02": ("Java 工程师", "SQL")}
SMALL = Shape(8, 0.02, 0.05, attributes=0.3, passes=8, seed=1)


def job(n: int, **other: object) -> Job:
    code, (title, skill) = list(TRADES.items())[n % 3]
    told = {"title": title, "occupation": code, "skills": (skill,), "pay_max_fen_month": 600_000}
    return Job(id=f"j{n}", **{**told, **other})  # type: ignore[arg-type]


def choosing(person: Person, *jobs: str) -> Person:
    return replace(person, chose=jobs, chose_titles=("",) * len(jobs))


def near(liking: Liking, person: Person, *jobs: Job) -> np.ndarray:
    direction = liking.person(person)
    assert direction is not None
    return nearness(direction[None], np.stack([liking.job(one) for one in jobs]))


JOBS = [job(n) for n in range(24)]
CHOSEN = {f"p{n}": tuple(f"j{(n + 3 * step) % 24}" for step in range(1, 5)) for n in range(27)}
PEOPLE = [
    choosing(Person(id=f"p{n}", occupations=(list(TRADES)[n % 3],)), *CHOSEN.get(f"p{n}", ()))
    for n in range(30)
]


@pytest.fixture(scope="module")
def liking() -> Liking:
    return Liking.fit(PEOPLE, JOBS, SMALL)


def test_jobs_like_the_chosen_come_near(liking: Liking) -> None:
    found = near(liking, PEOPLE[0], *JOBS)
    own = np.arange(24) % 3 == 0
    assert found[own].min() > found[~own].max()


def test_a_job_posted_after_the_fit_comes_near_at_once(liking: Liking) -> None:
    same, other = near(liking, PEOPLE[0], job(99), job(100))
    assert same > other + 0.2


def test_what_one_chose_decides_and_not_the_wish(liking: Liking) -> None:
    """Somebody who wants coffee and always takes the guard's postings."""
    guard, barista = near(liking, choosing(PEOPLE[0], "j1", "j4", "j7", "j10"), JOBS[13], JOBS[12])
    assert guard > barista


def test_who_chose_nothing_we_know_has_no_taste(liking: Liking) -> None:
    assert liking.person(choosing(PEOPLE[0])) is None
    assert liking.person(choosing(PEOPLE[0], "long gone")) is None


def test_from_a_few_choices_nothing_is_learned() -> None:
    assert Liking.learned(PEOPLE, JOBS) is not None
    assert Liking.learned(PEOPLE[:19], JOBS) is None
    assert Liking.learned([choosing(person, *person.chose[:3]) for person in PEOPLE], JOBS) is None


def test_nobodys_own_factors_are_kept(liking: Liking) -> None:
    assert liking.factors.rows.shape[0] == len(liking.of_job.column)


def test_it_answers_the_same_from_plain_arrays(liking: Liking) -> None:
    again = Liking.loaded(*liking.saved())
    np.testing.assert_array_equal(near(again, PEOPLE[0], *JOBS), near(liking, PEOPLE[0], *JOBS))


def test_the_order_of_records_is_of_no_account(liking: Liking) -> None:
    again = Liking.fit(PEOPLE[::-1], JOBS[::-1], SMALL)
    np.testing.assert_array_equal(again.job(JOBS[5]), liking.job(JOBS[5]))


def test_age_is_no_token() -> None:
    young, old = (replace(PEOPLE[0], age_years=age) for age in (18, 60))
    assert person_bag(young) == person_bag(old)
    assert "age_years" in {field.name for field in fields(Person)}


def test_a_trait_in_the_words_is_no_token() -> None:
    assert person_bag(Person(id="p", text="女，已婚，汉族，会拉花")) == person_bag(
        Person(id="p", text="会拉花")
    )


def test_an_empty_record_is_an_empty_bag() -> None:
    assert person_bag(Person(id="p")) == [] and job_bag(Job(id="j")) == []
