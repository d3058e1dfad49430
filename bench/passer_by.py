"""A passer-by's three answers against all open vacancies, in one web process.

    python -m bench.passer_by [--vacancies 5000] [--postgres] [--json]

Said are: the first question of a process that has read nothing, the questions after it, one after news of a
single vacancy, one after another model serves, and the memory of what is held. Target: 1 s.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bench.street import quantile, street

TARGET_MS = 1_000.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--vacancies", type=int, default=5_000)
    asked.add_argument("--questions", type=int, default=100)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    with street(options.vacancies, postgres=options.postgres) as at:
        result = measured(at, options.questions) | {"vacancies": options.vacancies, "target_ms": TARGET_MS}
    if not options.json:
        for name, value in result.items():
            print(f"{name:34}{value:>14}")
    print(json.dumps({"bench": "passer_by", **result}))


def measured(at: datetime, questions: int) -> dict[str, float]:
    """Milliseconds of each kind of question, MiB of what the process holds."""
    from yuanmeng.recommend import door, passerby
    from yuanmeng.vacancies.models import Vacancy

    answers = door.Answers(("4-03",), 121.4001, 31.2103, pay_floor_fen=500_000)

    def ask() -> None:
        assert door.suggest_for(answers, at=at)

    before = _resident_mib()
    first = _ms(ask)
    held = _resident_mib() - before
    usual = sorted(_ms(ask) for _n in range(questions))
    Vacancy.objects.filter(pk=Vacancy.objects.open_on(at.date())[0].pk).update(changed_at=at)
    assert passerby._street is not None
    passerby._street.read = None  # as when the reader has read on
    news = _ms(ask)
    passerby._street.version = "another"
    return {
        "first_ms": first, "p50_ms": quantile(usual, 0.5), "p99_ms": quantile(usual, 0.99),
        "after_news_ms": news, "after_another_model_ms": _ms(ask), "held_mib": round(held, 1),
    }  # fmt: skip


def _ms(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return round((time.perf_counter() - began) * 1000, 1)


def _resident_mib() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4 / 1024


if __name__ == "__main__":
    main()
