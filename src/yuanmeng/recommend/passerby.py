"""Suggestions for somebody nobody knows: three answers in, vacancies with reasons out, nothing kept.

The answers become a record for the time of one question. Each web process holds an engine with the open
vacancies alone, without anybody's record; it is brought up to date when the reader has read on: what was
changed is put anew, what closed goes. Measured at 5,000 vacancies: docs/reference/matching.md.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import Error, connection
from django.utils import timezone
from django.utils.timezone import localdate

from yuanmeng.matching import Matcher, Pair, Person
from yuanmeng.recommend import engine, records, sharing
from yuanmeng.recommend.models import ModelVersion
from yuanmeng.recommend.tilt import Tilt
from yuanmeng.vacancies.models import Vacancy

log = logging.getLogger(__name__)
VISITOR = "passer-by"
SPARE = 10  # asked for beyond what is shown: a vacancy may have closed since the reader last read
Stamps = Mapping[str, tuple[datetime, datetime | None]]


@dataclass(frozen=True)
class Answers:
    """What somebody tells the machine in passing. Empty and None: does not matter, or not said."""

    occupations: tuple[str, ...] = ()  # at most three groups count, as in a profile
    lon: float | None = None  # where they set out from, WGS-84
    lat: float | None = None
    commute_max_minutes: int | None = None
    pay_floor_fen: int | None = None  # a month
    employment_types: tuple[str, ...] = ()
    shifts: tuple[str, ...] = ()

    def as_record(self) -> Person:
        """The engine's record of nobody in particular."""
        return Person(
            id=VISITOR,
            occupations=self.occupations[:3],
            lon=self.lon,
            lat=self.lat,
            commute_max_minutes=self.commute_max_minutes,
            pay_floor_fen_month=self.pay_floor_fen,
            employment_types=self.employment_types,
            shifts=self.shifts,
        )


@dataclass
class Street:
    """The open vacancies in this process's memory."""

    matcher: Matcher
    version: str
    stamps: Stamps = field(default_factory=dict)
    read: tuple[int, date] | None = None


_lock = threading.Lock()
_street: Street | None = None


def suggest_for(answers: Answers, *, at: datetime, limit: int) -> list[tuple[Vacancy, Pair]]:
    """The open vacancies that suit these answers best, with their pairs; nothing is stored of either.

    Cost: some 20 ms, and the reading of the street when this process asks for the first time.
    """
    pairs = pairs_for(answers, at=at, limit=limit)
    open_ones = _open_of([pair.job for pair in pairs], localdate(at))
    return [(open_ones[pair.job], pair) for pair in pairs if pair.job in open_ones][:limit]


def pairs_for(answers: Answers, *, at: datetime, limit: int) -> list[Pair]:
    """The best pairs of these answers and open vacancies, with their reasons; a few more than asked for.

    One question at a time in a process: the record stands in the engine while it is asked, and leaves it.
    """
    day = localdate(at)
    with _lock:
        matcher = _brought_up_to_date(day).matcher
        matcher.upsert_people([answers.as_record()])
        try:
            return Tilt({}, sharing.prices()).vacancies(matcher, VISITOR, day, k=limit + SPARE)
        finally:
            matcher.remove(people=[VISITOR])


def warm() -> None:
    """Read the vacancies before the first passer-by asks; for the start of a web process."""
    try:
        with _lock:
            _brought_up_to_date(localdate(timezone.now()))
    except Error as failure:  # a database that is not there yet: the first question will say so
        log.info("the street was not read ahead: %s", type(failure).__name__)
    finally:
        connection.close()


def _brought_up_to_date(day: date) -> Street:
    global _street
    version = ModelVersion.objects.serving()
    name = version.uid if version else ""
    if _street is None:
        _street = Street(engine.learned(version), name)
    elif _street.version != name:  # another model serves: what was read of the vacancies is still true
        jobs = [job for job in _street.matcher.town.jobs.records if job is not None]
        _street.matcher, _street.version = engine.learned(version).fill([], jobs), name
    read = engine.read_so_far(), day
    if _street.read != read:
        _read_on(_street, day)
        _street.read = read
    return _street


def _read_on(street: Street, day: date) -> None:
    """Put what is new or changed, take out what is no longer open."""
    rows = records.vacancies_to_match(day)
    found = rows.values_list("uid", "changed_at", "organisation__changed_at")
    now = {uid: (changed, of) for uid, changed, of in found}
    changed = [uid for uid, stamp in now.items() if street.stamps.get(uid) != stamp]
    if street.stamps:
        street.matcher.remove(jobs=[uid for uid in street.stamps if uid not in now])
        street.matcher.upsert_jobs(records.job_of(row) for row in rows.filter(uid__in=changed))
        street.matcher.tidy()
    else:
        street.matcher.fill([], (records.job_of(row) for row in rows.iterator(500)))
    street.stamps = now


def _open_of(uids: list[str], day: date) -> dict[str, Vacancy]:
    """The vacancies of these uids that are open on this day with a place left."""
    rows = records.with_a_place_left(Vacancy.objects.open_on(day)).filter(uid__in=uids)
    return {row.uid: row for row in rows.select_related("organisation", "place")}
