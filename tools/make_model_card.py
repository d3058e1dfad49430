"""This will write docs/model-card.md: `python tools/make_model_card.py` (minutes) or `--check` (a moment).

1 the sample town is imported and published into a folder of its own, as of the day its files speak of
2 the engine learns and ranks everybody   3 rates by group, stand-ins and spread are measured, with labels
that never enter a record   4 policies are tried on simulated markets of these people and vacancies   5 the
page is written, Chinese first. `--check` measures nothing: it says whether the engine, the sample or this
tool have changed since the page was written (exit status 1 when they have).
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from tools import model_card_words
from yuanmeng.matching import Job, Matcher, Person, evaluate, fairness, market, simulate
from yuanmeng.matching.explain import SILENT
from yuanmeng.matching.market import Habits, Market
from yuanmeng.matching.order import WeightedSum
from yuanmeng.matching.policies import BestForEach, Chance, Newest, Policy, SharedOut

if TYPE_CHECKING:
    from yuanmeng.ops.demo.town import Town

PROJECT = Path(__file__).resolve().parents[1]
CARD = PROJECT / "docs" / "model-card.md"
DAY = date(2026, 9, 1)  # of the sample's files
LIST, SHORT_LIST = 10, 12  # a person's vacancies, a vacancy's people
AGE_BANDS = ((16, 24), (25, 34), (35, 44), (45, 54), (55, 99))
STRENGTHS = (0.2, 0.4, 0.6, 1.0)
SEEDS = range(5)
SCARCE = 0.33  # the share of openings that is left per vacancy in the third market


@dataclass(frozen=True)
class Sample:
    """The sample town as the engine knows it, and beside it what the engine must not know."""

    people: tuple[Person, ...]
    jobs: tuple[Job, ...]
    labels: Mapping[str, tuple[str, ...]]  # attribute → each person's group; "" not said


@dataclass(frozen=True)
class Card:
    """All figures of the page."""

    seeds: int

    people: int
    jobs: int
    openings: int
    order: WeightedSum
    spread: Mapping[str, float]
    full_lists: float
    rates: Mapping[str, Mapping[str, Sequence[fairness.GroupRate]]]  # what is counted → attribute → rates
    audits: Mapping[str, Sequence[fairness.Audit]]
    columns: int  # that the audit looked at
    exposure: Sequence[fairness.Exposure]
    markets: Mapping[str, Mapping[str, Mapping[str, simulate.Compared]]]  # plenty / scarce → policy → figure
    market_sizes: Mapping[str, tuple[int, int]]  # vacancies, openings
    fingerprint: str


def main() -> None:
    """Read the options; write the page, or say whether it is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="fewer for a quick look")
    options = parser.parse_args()
    if options.check:
        sys.exit(_check())
    with tempfile.TemporaryDirectory(prefix="yuanmeng-card-") as folder:
        sample = sample_town(Path(folder))
    CARD.write_text(model_card_words.page(measured(sample, range(options.seeds))), encoding="utf-8")


def _check() -> int:
    """1 and a line when the page was written for other code or another sample."""
    said = re.search(r"`([0-9a-f]{16})`", CARD.read_text(encoding="utf-8")) if CARD.exists() else None
    if said and said[1] == fingerprint():
        return 0
    print("docs/model-card.md is out of date: python tools/make_model_card.py")
    return 1


def fingerprint() -> str:
    """Of all that the figures hang on: the engine, what feeds it, the sample and this tool."""
    source = PROJECT / "src" / "yuanmeng"
    files = [*source.glob("matching/**/*.py"), source / "recommend" / "records.py"]
    files += [*(PROJECT / "data" / "sample").iterdir(), *Path(__file__).parent.glob("*model_card*.py")]
    files += [*(Path(__file__).parent / "model_card").iterdir()]
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


# ---- the sample town
def sample_town(folder: Path) -> Sample:
    """The records of the sample town, imported and published like any town's."""
    from yuanmeng.ops.cli import open_install

    open_install(folder, demo=True)
    from yuanmeng.ops.demo import town
    from yuanmeng.ops.demo.steps import Steps

    at = datetime(DAY.year, DAY.month, DAY.day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    built = town.Town(at, "http://localhost", Steps(lambda line: print(line, file=sys.stderr)))
    _build(town, built)
    return _read()


def _build(town: Any, built: Town) -> None:
    """Up to the posting gate: nobody has applied or been answered yet."""
    from yuanmeng.ops import storage

    town._tables(built)
    with storage.in_one_go():
        for step in (town._partners, town._employers, town._vacancies, town._seekers, town._publish):
            step(built)


def _read() -> Sample:
    """Ids are the numbers of the files: those of the database differ from run to run."""
    from yuanmeng.people.models import Person as PersonRow
    from yuanmeng.recommend import records

    told = {
        row.pk: row for row in PersonRow.objects.only("pk", "external_id", "sex", "birth_on", "birth_year")
    }
    rows = sorted(records.seekers_to_match(), key=lambda row: told[row.person_id].external_id)
    people = tuple(
        replace(records.person_of(row, DAY), id=told[row.person_id].external_id or f"row{n}")
        for n, row in enumerate(rows)
    )
    who = [told[row.person_id] for row in rows]
    labels = {
        "sex": tuple({"1": "m", "2": "f"}.get(row.sex, "") for row in who),
        "age": tuple(_band(row.age_on(DAY)) for row in who),
    }
    vacancies = sorted(records.vacancies_to_match(DAY), key=lambda row: (row.source_name, row.external_id))
    jobs = tuple(
        replace(
            records.job_of(row),
            id=f"{row.source_name}/{row.external_id}/{n}",
            organisation=row.organisation.name,
        )
        for n, row in enumerate(vacancies)
    )
    return Sample(people, jobs, labels)


def _band(age: int | None) -> str:
    bands = (f"{low}–{high}" for low, high in AGE_BANDS if age is not None and low <= age <= high)
    return next(bands, "").replace("–99", "+")


# ---- measuring
def measured(sample: Sample, seeds: range) -> Card:
    """All figures of the page from one sample."""
    people, jobs = sample.people, sample.jobs
    matcher = Matcher().fit(people, jobs, DAY)
    lists = matcher.rank([person.id for person in people], DAY, k=LIST, tell=SILENT)
    short = matcher.rank([job.id for job in jobs], DAY, side="jobs", k=SHORT_LIST, tell=SILENT)
    shown = [[pair.job for pair in pairs] for pairs in lists]
    named = {pair.person for pairs in short for pair in pairs}
    columns, values = fairness.used(people, market.meet(people, jobs).seen.values)
    suggested = {
        "short_list": [person.id in named for person in people],
        "full_list": [len(pairs) == LIST for pairs in lists],
    }
    return Card(
        seeds=len(seeds),
        people=len(people),
        jobs=len(jobs),
        openings=sum(job.openings for job in jobs),
        order=matcher.order_,
        spread=evaluate.spread(shown, len(jobs)),
        full_lists=float(np.mean(suggested["full_list"])),
        rates={
            name: {attribute: fairness.rates(was, groups) for attribute, groups in sample.labels.items()}
            for name, was in suggested.items()
        },
        audits={
            attribute: fairness.audit(values, columns, groups) for attribute, groups in sample.labels.items()
        },
        columns=len(columns),
        exposure=_exposure(jobs, shown),
        markets={name: _tried(people, rows, seeds) for name, rows in _markets(jobs).items()},
        market_sizes={
            name: (len(rows), sum(job.openings for job in rows)) for name, rows in _markets(jobs).items()
        },
        fingerprint=fingerprint(),
    )


def _exposure(jobs: Sequence[Job], shown: Sequence[Sequence[str]]) -> Sequence[fairness.Exposure]:
    """Of places in lists, discounted as evaluation discounts them."""
    at = {job.id: n for n, job in enumerate(jobs)}
    got = np.zeros(len(jobs))
    for row in shown:
        for place, key in enumerate(row):
            got[at[key]] += 1 / np.log2(place + 2)
    new = np.array([job.published_on is not None and (DAY - job.published_on).days < 7 for job in jobs])
    return fairness.exposure(got, {"small_employers": market.small(jobs), "new_vacancies": new})


def _markets(jobs: Sequence[Job]) -> Mapping[str, Sequence[Job]]:
    """As it is, more openings than people; every second vacancy; and of those a third of the openings."""
    half = jobs[::2]
    scarce = [replace(job, openings=max(round(job.openings * SCARCE), 1)) for job in half]
    return {"plenty": jobs, "half": half, "scarce": scarce}


def _tried(
    people: Sequence[Person], jobs: Sequence[Job], seeds: range
) -> Mapping[str, Mapping[str, simulate.Compared]]:
    met = market.meet(people, jobs)

    def made(seed: int) -> Market:
        return market.draw(met, seed=seed, habits=Habits())

    return simulate.compare(made, _ways, seeds)


def _ways(place: Market) -> Iterator[Policy]:
    seen = place.seen
    yield BestForEach(seen.score)
    yield from (SharedOut(seen.score, strength) for strength in STRENGTHS)
    yield SharedOut(seen.score, 0.6, least=1.0, name="shared out 0.6, even rooms")
    yield Newest(seen)
    yield Chance()


if __name__ == "__main__":
    main()
