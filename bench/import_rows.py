"""How many rows a second the import reads, checks and takes in.

    python bench/import_rows.py [--rows 10000] [--postgres] [--json]

The rows are made here: invented firms, seven in a hundred bad. "check" is everything before a database is
asked: the child process, the header, every cell, the posting screen, the sieve. "cpu" counts processor
seconds instead, for machines that have other work. Targets: check ≥ 3,000 rows/s, commit ≥ 1,000 on SQLite.
"""

# Word lists are easier to read as one line of words.
# ruff: noqa: SIM905

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any, BinaryIO

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.street import DUTIES, NAMES, ROADS, TITLES, TRADES, WISHES, street

TARGETS = {"check": 3_000, "commit": 1_000}
HEADER = (
    "编号 单位名称 岗位名称 招聘人数 薪资待遇 学历要求 工作经验 工作地点 发布日期 有效期至 岗位描述 任职要求"
).split()
PAYS = (
    "6500-8500元/月 1.5-2万/月 8千-1万 15k-25k 20-30万/年 150元/天 25元/小时 面议 15-30K·14薪 五千至八千"
).split()
BAD = [{"薪资待遇": "日入上千"}, {"岗位名称": ""}, {"发布日期": "2026-02-30"}, {"招聘人数": "0"}]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    rows = list(made(options.rows))
    with street(0, postgres=options.postgres):
        result = measured(rows)
    result |= {"rows": options.rows, "database": "postgresql" if options.postgres else "sqlite"}
    if not options.json:
        print(table(result))
    print(json.dumps(result, ensure_ascii=False))


def made(count: int) -> Iterator[dict[str, Any]]:
    """Rows in the order of HEADER; the same ones every time."""
    chance = random.Random(2026)
    firms = [
        f"上海{chance.choice(NAMES)}{chance.choice(NAMES)}{chance.choice(TRADES)}有限公司（示例）"
        for _ in range(800)
    ]
    for number in range(count):
        bad = chance.choice(BAD) if number % 100 < 7 else {}
        yield dict(zip(HEADER, _cells(chance, number, firms), strict=True)) | bad


def _cells(chance: random.Random, number: int, firms: list[str]) -> list[Any]:
    return [
        f"B-{number}", chance.choice(firms), f"{chance.choice(TITLES)}（{number % 97}号店）",
        f"{chance.randint(1, 9)}人", chance.choice(PAYS), chance.choice(["不限", "大专", "本科及以上"]),
        chance.choice(["不限", "1-3年", "3年以上", "应届生"]),
        f"长宁区{chance.choice(ROADS)}{chance.randint(1, 900)}号", "2026-11-20", "2027-01-20",
        "；".join(chance.choices(DUTIES, k=8)), "；".join(chance.choices(WISHES, k=4)),
    ]  # fmt: skip


def measured(rows: list[dict[str, Any]]) -> dict[str, Any]:
    from yuanmeng.intake.readers import read_lines

    files = {"rows.csv": as_csv(rows), "rows.xlsx": as_xlsx(rows)}
    result: dict[str, Any] = {}
    for name, data in files.items():
        timed = Stopwatch(len(rows))
        with timed("read"):
            assert sum(1 for _ in read_lines(io.BytesIO(data), name, "vacancies")) == len(rows)
        with timed("check"):
            counted = check(io.BytesIO(data), name)
        result[name] = timed.told | {"counts": counted, "megabytes": round(len(data) / 1e6, 1)}
    result["rows.csv"] |= taken_in(files["rows.csv"], len(rows))
    return result


def check(file: BinaryIO, name: str) -> dict[str, int]:
    """Everything but the database."""
    from collections import Counter

    from yuanmeng.intake.readers import read_lines
    from yuanmeng.intake.rows import VacancyRow
    from yuanmeng.intake.screening import findings_of
    from yuanmeng.intake.understand import decide

    lines = read_lines(file, name, "vacancies")
    made_up = decide(lines, lambda line: VacancyRow.parse(line, demo=True), screen=findings_of)
    return dict(Counter(str(decision.action) for decision in made_up))


def taken_in(data: bytes, count: int) -> dict[str, float]:
    """Preview and commit into an empty house, then the same file again."""
    from django.utils import timezone

    from yuanmeng.core.actors import CLOCK
    from yuanmeng.intake.admit import commit, preview
    from yuanmeng.vacancies.models import Vacancy

    facts: dict[str, Any] = {"kind": "vacancies", "source": "bench", "by": CLOCK, "at": timezone.now()}
    timed = Stopwatch(count)
    with timed("preview"):
        batch = preview(io.BytesIO(data), name="rows.csv", **facts)
    timed.count = batch.to_take_in
    with timed("commit"):
        commit(batch, by=CLOCK, at=facts["at"])
    assert Vacancy.objects.count() == batch.admitted, "a row was lost or taken in twice"
    timed.count = count
    with timed("again"):
        again = commit(preview(io.BytesIO(data), name="rows.csv", **facts), by=CLOCK, at=facts["at"])
    assert (again.admitted, again.updated) == (0, 0), "the same file again must change nothing"
    return timed.told


class Stopwatch:
    """Keeps rows/s by name, by the clock and by the processor."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.told: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter(), _cpu_s()
        yield
        self.told[name] = round(self.count / (time.perf_counter() - wall))
        self.told[f"{name}_cpu"] = round(self.count / max(_cpu_s() - cpu, 1e-6))


def _cpu_s() -> float:
    """Processor seconds of this process and of the readers it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("gb18030")


def as_xlsx(rows: list[dict[str, Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("岗位")
    sheet.append(HEADER)
    for row in rows:
        sheet.append([row[title] for title in HEADER])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _figure(number: float | None) -> str:
    return f"{number:10,}" if number else f"{'–':>10}"


def table(result: dict[str, Any]) -> str:
    lines = [f"{result['rows']:,} rows on {result['database']}, rows/s:"]
    steps = ("read", "check", "preview", "commit", "again")
    lines.append(f"{'':10}" + "".join(f"{step:>10}" for step in steps))
    for name, suffix in product(("rows.csv", "rows.xlsx"), ("", "_cpu")):
        title = "  cpu" if suffix else name
        lines.append(f"{title:10}" + "".join(_figure(result[name].get(step + suffix)) for step in steps))
    for step, target in TARGETS.items():
        clock, cpu = result["rows.csv"][step], result["rows.csv"][f"{step}_cpu"]
        kept = "kept" if clock >= target else "kept by processor time" if cpu >= target else "MISSED"
        lines.append(f"target {step} ≥ {target:,} rows/s: {kept} (load {os.getloadavg()[0]:.1f})")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
