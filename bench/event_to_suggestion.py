"""From an event to the suggestion it makes, in process: a vacancy is published, a seeker changes a wish.

    python -m bench.event_to_suggestion [--vacancies 920] [--seekers 2400] [--postgres] [--json]

One sample is: the verb's event is told, the reader catches up, the list shows the result. A worker adds the
time until it looks (its poll or wake-up). Target: 5 s end to end. The full build is timed too.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bench.street import OCCUPATIONS, TITLES, _vacancy, quantile, said, street

TARGET_MS = 5_000.0
SKILLS = [
    "Excel",
    "Word",
    "Python",
    "Java",
    "收银",
    "盘点",
    "保洁",
    "咖啡制作",
    "食品卫生",
    "客户接待",
    "驾驶C1",
    "电工证",
    "会计核算",
    "数据分析",
]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--vacancies", type=int, default=920)
    asked.add_argument("--seekers", type=int, default=2_400)
    asked.add_argument("--events", type=int, default=100)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--json", action="store_true", help="print only the JSON")
    options = asked.parse_args()
    with street(options.vacancies, postgres=options.postgres) as at:
        said(f"{options.seekers:,} seekers", lambda: seekers(options.seekers, at))
        result = measured(at, options.events)
    result |= {"vacancies": options.vacancies, "seekers": options.seekers, "target_ms": TARGET_MS}
    result |= {"database": "postgresql" if options.postgres else "sqlite"}
    if not options.json:
        for name, value in result.items():
            print(f"{name:34}{value:>14}")
    print(json.dumps({"bench": "event_to_suggestion", **result}))


def seekers(count: int, at: datetime) -> None:
    """People who look for work, plainly made up."""
    from yuanmeng.people.models import Person
    from yuanmeng.seekers.models import Seeker

    chance = random.Random(11)
    people = [
        Person(name=f"示例{n}", birth_year=chance.randint(1968, 2006), made_at=at) for n in range(count)
    ]
    Person.objects.bulk_create(people, batch_size=1_000)
    Seeker.objects.bulk_create([_seeker(chance, person, at) for person in people], batch_size=1_000)


def _seeker(chance: random.Random, person: Any, at: datetime) -> Any:
    from yuanmeng.seekers.models import Seeker

    return Seeker(
        person=person, state="active", education=chance.choice([3, 4, 5, 5, 6, 6, 7, 7, 8]),
        wanted_text=chance.choice(TITLES),
        wanted_occupation_codes=[chance.choice(OCCUPATIONS)], skills=chance.sample(SKILLS, 3),
        last_job=f"在门店做{chance.choice(TITLES)}", years_experience=chance.randint(0, 20),
        pay_floor_fen=chance.randrange(3_000, 9_000, 500) * 100,
        commute_max_minutes=chance.choice([30, 45, 60]),
        home_lon=chance.gauss(121.4025, 0.01), home_lat=chance.gauss(31.2111, 0.008),
        made_at=at, changed_at=at,
    )  # fmt: skip


def measured(at: datetime, events: int) -> dict[str, Any]:
    """All figures, times in milliseconds."""
    from yuanmeng.recommend import door
    from yuanmeng.recommend.models import Suggestion

    version = said("full build", lambda: door.train(at=at))
    published = sorted(publish_ms(at, n) for n in range(events))
    changed = sorted(change_ms(at, n) for n in range(events))
    result: dict[str, Any] = {"full_build_s": version.seconds, "suggestions": Suggestion.objects.count()}
    for name, times in (("published", published), ("changed", changed)):
        result |= {
            f"{name}_p50_ms": round(quantile(times, 0.5), 1),
            f"{name}_p99_ms": round(quantile(times, 0.99), 1),
        }
    result["worst_ms"] = round(max(*published, *changed), 1)
    result["list_ms"] = round(list_ms(at), 1)
    result["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return result


def publish_ms(at: datetime, number: int) -> float:
    """Publish one vacancy and wait until people are suggested for it."""
    from yuanmeng.core import events
    from yuanmeng.organisations.models import Organisation
    from yuanmeng.recommend import door

    firm = Organisation.objects.select_related("place").order_by("pk")[number]
    row = _vacancy(random.Random(number), [firm], at)
    row.save()
    start = time.perf_counter()
    events.tell("vacancy.published", row, by=None, at=at)
    return until(lambda: door.suggest_people(row, at=at, reader="officer"), start, at)


def until(shown: Callable[[], Any], start: float, at: datetime) -> float:
    """Catch up until it shows; PostgreSQL shows an event once no older transaction of the server runs."""
    from yuanmeng.recommend import door

    while (took := (time.perf_counter() - start) * 1_000) < TARGET_MS:
        door.catch_up(at=at)
        if shown():
            return (time.perf_counter() - start) * 1_000
    raise SystemExit(f"nothing was suggested within {took:.0f} ms")


def change_ms(at: datetime, number: int) -> float:
    """Change one seeker's wish and wait until the list has its reasons."""
    from yuanmeng.recommend import door
    from yuanmeng.seekers.models import Seeker

    seeker = Seeker.objects.order_by("pk")[number]
    start = time.perf_counter()
    seeker.change(by=None, at=at, wanted_text=TITLES[number % len(TITLES)], pay_floor_fen=300_000 + number)
    return until(lambda: door.suggest_vacancies(seeker, at=at)[0].is_personal, start, at)


def list_ms(at: datetime) -> float:
    """Read a stored list with its sentences, as a web process does."""
    from yuanmeng.recommend import door
    from yuanmeng.seekers.models import Seeker

    chosen = list(Seeker.objects.order_by("pk")[:50])
    start = time.perf_counter()
    for seeker in chosen:
        door.suggest_vacancies(seeker, at=at)
    return (time.perf_counter() - start) * 1_000 / len(chosen)


if __name__ == "__main__":
    main()
