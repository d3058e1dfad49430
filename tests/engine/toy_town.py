"""A town of five whose right answers are known by construction, and a crowd made from a seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from yuanmeng.matching import Job, Matcher, Person

DAY = date(2026, 9, 1)
HOME = {"lon": 121.4025, "lat": 31.2111}
FAR = {"lon": 121.60, "lat": 31.30}  # about 21 km away

LI = Person(
    id="li",
    wish="保洁员",
    text="做过十年酒店保洁",
    skills=("保洁", "布草整理"),
    occupations=("4-13",),
    last_occupation="4-13",
    education_rank=4,
    experience_years=10,
    pay_floor_fen_month=400_000,
    age_years=52,
    commute_max_minutes=40,
    shifts=("早班", "中班"),
    **HOME,
)
ZHOU = Person(
    id="zhou",
    wish="数据分析",
    text="统计学",
    skills=("Python", "SQL"),
    occupations=("2-02",),
    education_rank=7,
    experience_years=0,
    pay_floor_fen_month=800_000,
    age_years=22,
    **HOME,
)
PEOPLE = (LI, ZHOU)

CLEANER = Job(
    id="cleaner",
    organisation="inn",
    title="客房保洁员",
    text="负责客房保洁与布草整理",
    occupation="4-13",
    skills=("保洁", "布草整理", "消毒"),
    education_rank=None,
    experience_min_years=1,
    pay_min_fen_month=450_000,
    pay_max_fen_month=550_000,
    shifts=("早班",),
    published_on=DAY - timedelta(days=2),
    **HOME,
)
CLEANER_FAR = Job(
    id="cleaner_far",
    organisation="mall",
    title="客房保洁员",
    text="负责客房保洁与布草整理",
    occupation="4-13",
    pay_min_fen_month=450_000,
    pay_max_fen_month=550_000,
    published_on=DAY,
    **FAR,
)
ANALYST = Job(
    id="analyst",
    organisation="lab",
    title="数据分析师",
    text="用SQL和Python做统计分析",
    occupation="2-02",
    skills=("Python", "SQL", "Excel"),
    education_rank=7,
    experience_min_years=0,
    pay_min_fen_month=900_000,
    pay_max_fen_month=1_200_000,
    published_on=DAY,
    **HOME,
)
WAITER = Job(
    id="waiter",
    organisation="inn",
    title="餐厅服务员",
    text="接待客人，点单传菜",
    occupation="4-03",
    pay_min_fen_month=500_000,
    pay_max_fen_month=600_000,
    published_on=DAY,
    **HOME,
)
JOBS = (CLEANER, CLEANER_FAR, ANALYST, WAITER)


def town() -> Matcher:
    return Matcher().fit(PEOPLE, JOBS, DAY)


def crowd(people: int, jobs: int, seed: int = 3) -> tuple[list[Person], list[Job]]:
    """People and jobs of which each fact is missing now and then; most people chose some jobs already."""
    chance = np.random.default_rng(seed)
    trades = {"4-13": "保洁员", "2-02": "数据分析师", "4-03": "餐厅服务员", "4-01": "收银员", "6-18": "车工"}
    skills = ["保洁", "消毒", "SQL", "Python", "Excel", "点单", "传菜", "收银", "盘点", "车床"]

    def maybe(value: object) -> object:
        return value if chance.random() < 0.8 else None

    def facts(n: int) -> tuple[str, str, dict[str, object]]:
        code = list(trades)[chance.integers(len(trades))]
        spot = {"lon": 121.4 + chance.normal(0, 0.03), "lat": 31.21 + chance.normal(0, 0.03)}
        mine = tuple(chance.choice(skills, chance.integers(0, 5), replace=False).tolist())
        education = maybe(int(chance.integers(3, 9)))
        return code, trades[code], {"skills": mine, "education_rank": education, **(spot if maybe(1) else {})}

    def person(n: int) -> Person:
        code, title, both = facts(n)
        return Person(
            id=f"p{n}",
            wish=str(maybe(title) or ""),
            text=f"做过{title}",
            occupations=(code,) if maybe(1) else (),
            pay_floor_fen_month=maybe(int(chance.integers(30, 90)) * 10_000),
            age_years=maybe(30),
            experience_years=maybe(float(chance.integers(0, 9))),
            commute_max_minutes=maybe(60),
            **both,
        )

    def job(n: int) -> Job:
        code, title, both = facts(n)
        low = int(chance.integers(35, 99)) * 10_000
        return Job(
            id=f"j{n}",
            organisation=f"o{n % 7}",
            title=title,
            text=f"招{title}，编号{n}",
            occupation=code,
            pay_min_fen_month=maybe(low),
            pay_max_fen_month=low + 200_000,
            openings=int(chance.integers(0, 4)),
            published_on=maybe(DAY - timedelta(days=int(chance.integers(0, 50)))),
            experience_min_years=maybe(float(chance.integers(0, 4))),
            **both,
        )

    offers = [job(n) for n in range(jobs)]
    return [_choosing(person(n), offers, n) for n in range(people)], offers


def _choosing(person: Person, offers: list[Job], n: int) -> Person:
    """Four of five people have chosen up to six jobs of one trade, mostly the one they worked in."""
    chance = np.random.default_rng(n)
    trade = offers[chance.integers(len(offers))].title if chance.random() < 0.2 else person.text[2:]
    alike = [job for job in offers if job.title == trade]
    if chance.random() < 0.2 or not alike:
        return person
    chosen = [alike[row] for row in chance.permutation(len(alike))[:6]]
    titles = tuple(job.title for job in chosen)
    return replace(person, chose=tuple(job.id for job in chosen), chose_titles=titles)
