"""How long a search takes among 100,000 vacancies, in process, facets and a page of 20 included.

    python bench/search.py [--postgres] [--count 100000] [--json]

"first" asks each question of an index that has never answered it; "again" repeats it with another page, as
people do who turn pages and try facets. "cpu" is this process's own time, which other work on the machine
does not touch (on PostgreSQL the server's part is not in it). Target: p99 ≤ 50 ms. A sample of the words is
checked against LIKE.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import time
from datetime import datetime
from typing import Any

from street import AFTER, DUTIES, NAMES, ROADS, TITLES, TRADES, quantile, said, street

TARGET_MS = 50.0
HERE = "121.4044,31.2113"
FILTERS: list[dict[str, Any]] = [
    {}, {}, {}, {"industry": "H"}, {"education": 6}, {"pay_min": 8000}, {"no_degree": "1"},
    {"from": HERE, "minutes": 15, "sort": "nearest"}, {"employment_type": "FULL_TIME", "pay_min": 6000},
    {"posted_days": 7}, {"occupation": "4-03", "education": 5}, {"sort": "pay"},
]  # fmt: skip
# What nearly every text holds: the worst an index can be asked.
WORST = ["有限公司", "上海 有限公司", "负责", "责", "excel", "python java", "熟练使用excel"]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--questions", type=int, default=1_000)
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    with street(options.count, postgres=options.postgres) as at:
        result = measured(at, options.questions)
    result |= {"database": "postgresql" if options.postgres else "sqlite", "vacancies": options.count}
    if not options.json:
        print(table(result))
    print(json.dumps(result, ensure_ascii=False))


def measured(at: datetime, questions: int) -> dict[str, Any]:
    from yuanmeng.vacancies import board, textindex
    from yuanmeng.vacancies.search import rebuild

    started = time.perf_counter()
    indexed = said("index", rebuild)
    index_s = time.perf_counter() - started
    started = time.perf_counter()
    said("board", board.current)
    board_s = time.perf_counter() - started
    mix = question_mix(questions)
    pairs = [(asked_ms(params, at, cold=True), asked_ms({**params, "page": 2}, at)) for params in mix]
    worst = {words: round(asked_ms({"q": words}, at, cold=True)[0], 1) for words in WORST}
    return {
        "index_docs_per_s": round(indexed / index_s), "board_load_s": round(board_s, 2),
        "indexed": textindex.size(), "first": summary([first for first, _again in pairs]),
        "again": summary([again for _first, again in pairs]),
        "worst_words_ms": worst, "recall_against_like": recall(mix, at), "target_p99_ms": TARGET_MS,
    }  # fmt: skip


def question_mix(count: int) -> list[dict[str, Any]]:
    """Words people type (titles and parts of them, firms, streets, skills), with filters beside them."""
    chance = random.Random(7)
    parts = sorted({title[i : i + 2] for title in TITLES for i in range(len(title) - 1)})
    tail = [text.strip("（）-/") for text in AFTER if text]
    words = [
        *TITLES * 4,
        *parts * 2,
        *NAMES,
        *TRADES,
        *ROADS * 2,
        *tail,
        *[d[:4] for d in DUTIES],
        "excel",
        "",
    ]
    made = []
    for number, filters in zip(range(count), itertools.cycle(FILTERS), strict=False):
        q = chance.choice(words)
        if number % 5 == 0:
            q = f"{q} {chance.choice(ROADS)}".strip()
        made.append({"q": q, **filters})
    return made


def asked_ms(params: dict[str, Any], at: datetime, *, cold: bool = False) -> tuple[float, float]:
    """This will ask once and give wall and CPU time in ms."""
    from yuanmeng.vacancies import board
    from yuanmeng.vacancies.search import VacancyQuery, search

    if cold:
        board.forget_hits()
    wall, cpu = time.perf_counter(), time.process_time()
    search(VacancyQuery.parse(params), at=at).rows()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def recall(mix: list[dict[str, Any]], at: datetime) -> float:
    """The part of what LIKE finds that the search finds too; anything beyond it fails the bench."""
    from django.utils import timezone

    from yuanmeng.core.text import normal
    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.vacancies.search import VacancyQuery, laid_over

    columns = ("pk", "title", "organisation__name", "place__address", "content", "requirements")
    rows = Vacancy.objects.open_on(timezone.localdate(at)).values_list(*columns)
    texts = {key: "\n".join(normal(part) for part in parts) for key, *parts in rows}
    wanted = found = 0
    for words in sorted({str(params["q"]) for params in mix if params["q"]})[:60]:
        sieve = laid_over(VacancyQuery.parse({"q": words}), at=at)
        mine = set(sieve.columns.key[sieve.mask].tolist())
        like = {key for key, text in texts.items() if all(term in text for term in normal(words).split())}
        assert not mine - like, f"{words}: found where it does not stand"
        wanted, found = wanted + len(like), found + len(mine & like)
    return round(found / max(1, wanted), 6)


def summary(times: list[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = sorted(time for time, _cpu in times), sorted(cpu for _time, cpu in times)
    named = {"p50_ms": (wall, 0.5), "p95_ms": (wall, 0.95), "p99_ms": (wall, 0.99), "max_ms": (wall, 1.0),
             "cpu_p50_ms": (cpu, 0.5), "cpu_p99_ms": (cpu, 0.99)}  # fmt: skip
    return {name: round(quantile(*asked), 2) for name, asked in named.items()} | {"questions": len(wall)}


def table(result: dict[str, Any]) -> str:
    columns = ("p50_ms", "p95_ms", "p99_ms", "max_ms", "cpu_p50_ms", "cpu_p99_ms")
    lines = [
        f"{result['vacancies']:,} vacancies on {result['database']}"
        f" · index {result['index_docs_per_s']:,} docs/s · board read in {result['board_load_s']} s",
        f"{'ms':8}" + "".join(f"{name.removesuffix('_ms'):>9}" for name in columns),
    ]
    lines += [
        f"{name:8}" + "".join(f"{result[name][c]:9.2f}" for c in columns) for name in ("first", "again")
    ]
    kept = result["first"]["p99_ms"] <= TARGET_MS
    lines.append(f"target p99 ≤ {TARGET_MS:.0f} ms: {'kept' if kept else 'MISSED'}")
    lines.append("worst words: " + " · ".join(f"{w} {ms} ms" for w, ms in result["worst_words_ms"].items()))
    lines.append(f"recall against LIKE: {result['recall_against_like']:.3f}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
