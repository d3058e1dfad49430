"""How quick and how even the engine is on a made-up town: python bench/matching.py [people] [jobs]

Prints a table and one JSON line. "one person" is the whole way: gates, candidates, features, order, reasons.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from yuanmeng.matching import Job, Matcher, Person
from yuanmeng.matching.evaluate import spread
from yuanmeng.matching.explain import SILENT

DAY = date(2026, 9, 1)
TRADES = {
    "4-01": ("收银员 理货员 导购员 店长", "收银 盘点 陈列 理货 客户接待 补货 收银系统"),
    "4-03": ("服务员 厨师 咖啡师 传菜员", "点单 冷菜 热炒 咖啡拉花 食品卫生 面点 备餐"),
    "4-07": ("行政文员 人事专员 前台接待", "Excel Word 考勤 档案管理 会务 公文写作 社保"),
    "4-06": ("物业管理员 保安员 保洁员", "巡逻 消防监控 秩序维护 保洁 绿化养护 报修登记"),
    "2-02": ("Java工程师 数据分析师 测试工程师", "Java Python SQL Linux 数据建模 接口测试 前端开发"),
    "4-10": ("养老护理员 育婴员 家政服务员", "老人照护 急救 康复护理 月子餐 早教 收纳整理"),
    "6-18": ("车工 焊工 装配工 质检员", "车床 氩弧焊 看图纸 质检 数控 设备保养 叉车"),
    "4-02": ("配送员 驾驶员 仓库管理员", "配送 驾驶C1 分拣 仓储系统 路线规划 装卸 盘库"),
}


def town(people: int, jobs: int) -> tuple[list[Person], list[Job]]:
    """A believable crowd: each trade with its titles, skills and pay, homes and shops within 6 km."""
    chance, trades = np.random.default_rng(7), list(TRADES.items())

    def place() -> dict[str, float]:
        return {"lon": 121.40 + chance.normal(0, 0.03), "lat": 31.21 + chance.normal(0, 0.025)}

    def some(words: str, n: int) -> tuple[str, ...]:
        return tuple(chance.choice(words.split(), n, replace=False))

    def person(n: int) -> Person:
        code, (titles, skills) = trades[chance.integers(len(trades))]
        mine = some(skills, 4)
        return Person(
            id=f"p{n}", wish=" ".join(some(titles, 2)), text=f"做过{some(titles, 1)[0]}，会{'、'.join(mine)}",
            skills=mine, occupations=(code,), last_occupation=code, age_years=int(chance.integers(18, 60)),
            education_rank=int(chance.integers(3, 8)), experience_years=float(chance.integers(0, 20)),
            pay_floor_fen_month=int(chance.integers(35, 90)) * 10_000, commute_max_minutes=45, **place(),
        )  # fmt: skip

    def job(n: int) -> Job:
        code, (titles, skills) = trades[chance.integers(len(trades))]
        asked, low = some(skills, 4), int(chance.integers(40, 110)) * 10_000
        title = some(titles, 1)[0]
        return Job(
            id=f"j{n}", organisation=f"o{n % 5_000}", title=title, skills=asked, occupation=code,
            text=f"负责{title}的日常工作，要求{'、'.join(asked)}，吃苦耐劳，服务热情，编号{n}。",
            education_rank=[None, 4, 5, 6, 7][chance.integers(5)],
            experience_min_years=int(chance.integers(0, 4)),
            pay_min_fen_month=low, pay_max_fen_month=int(low * 1.4), openings=int(chance.integers(1, 6)),
            published_on=DAY - timedelta(days=int(chance.integers(0, 40))),
            closes_on=DAY + timedelta(days=30),
            **place(),
        )  # fmt: skip

    return [person(n) for n in range(people)], [job(n) for n in range(jobs)]


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1_000


def measure(people: int, jobs: int) -> dict[str, float]:
    """All figures; times in milliseconds."""
    crowd, offers = town(people, jobs)
    matcher, chance = Matcher(), np.random.default_rng(1)
    figures = {"people": people, "jobs": jobs, "fit_ms": timed(lambda: matcher.fit(crowd, offers, DAY))}
    asked = [crowd[n].id for n in chance.integers(len(crowd), size=min(200, people))]
    wanted = [offers[n].id for n in chance.integers(len(offers), size=min(100, jobs))]
    fresh = [Job(id=f"new{n}", title="收银员", text="负责收银", occupation="4-01") for n in range(50)]
    for name, times in {
        "person_to_jobs": [timed(lambda key=key: matcher.rank([key], DAY)) for key in asked],
        "job_to_people": [timed(lambda key=key: matcher.rank([key], DAY, side="jobs")) for key in wanted],
        "upsert_one_job": [timed(lambda job=job: matcher.upsert_jobs([job])) for job in fresh],
    }.items():
        figures |= {
            f"{name}_p50_ms": float(np.percentile(times, 50)),
            f"{name}_p99_ms": float(np.percentile(times, 99)),
        }
    matcher.remove(jobs=[job.id for job in fresh])
    figures |= recall(matcher, asked[:50])
    shown = [[pair.job for pair in pairs] for pairs in matcher.rank(asked, DAY, k=10, tell=SILENT)]
    figures |= spread(shown, jobs)
    figures["memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def recall(matcher: Matcher, asked: list[str]) -> dict[str, float]:
    """How many of the exact best ten the candidate sources find."""
    from dataclasses import replace

    found = [{pair.job for pair in pairs} for pairs in matcher.rank(asked, DAY, k=10, tell=SILENT)]
    recipe = matcher.recipe
    matcher.recipe = replace(recipe, exact_up_to=10**9)
    exact = [{pair.job for pair in pairs} for pairs in matcher.rank(asked, DAY, k=10, tell=SILENT)]
    matcher.recipe = recipe
    return {
        "top10_found": float(
            np.mean([len(a & b) / max(len(b), 1) for a, b in zip(found, exact, strict=True)])
        )
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", type=int, nargs="?", default=20_000)
    parser.add_argument("jobs", type=int, nargs="?", default=100_000)
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    figures = {name: round(value, 3) for name, value in measure(words.people, words.jobs).items()}
    for name, value in figures.items():
        print(f"{name:28}{value:>14,.3f}")
    print(json.dumps({"bench": "matching", **figures}))
    if words.json:
        words.json.write_text(json.dumps(figures), encoding="utf-8")


if __name__ == "__main__":
    main()
