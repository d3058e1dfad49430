"""What somebody's "not for me, because …" changes in their own lists, at once.

A leaning is made from the answers each time, and kept nowhere: taking an answer back takes its weight back,
and with the answers (switch off, erasure) all of it is gone.

| because | changes |
|---|---|
| pay | pay weighs more; at least the middle of what was turned down, but 30 % above the floor said at most |
| commute | the way weighs more; at most nine tenths of the way turned down, never below 15 minutes |
| hours | hours weigh more; the same shift and kind of employment stand lower |
| work | the same kind of work stands lower, the nearer the lower |
| employer | nothing more of this employer |
| other | nothing but the vacancy itself is gone |
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from yuanmeng.matching import Job, Matcher, Person
from yuanmeng.matching.features import commute_facts
from yuanmeng.recommend import records
from yuanmeng.recommend.models import Answer, DeclineReason, Suggestion

HEAVIER, HEAVIEST = 1.6, 4.0  # with each answer; at most
FLOOR_ABOVE_SAID = 1.3
WAY_SHORTER, SHORTEST_WAY_MINUTES = 0.9, 15
LOWER, LOWEST = 0.75, 0.3  # times the score: of the same work or hours, with each answer; at least
SAME_GROUP = 2  # levels of an occupation code that make it the same kind of work
FEATURE_OF = {"pay": "pay", "commute": "commute", "hours": "hours"}


@dataclass(frozen=True)
class Leaning:
    """One person's answers as the engine takes them."""

    weights: Mapping[str, float] = field(default_factory=dict)  # feature → times its weight
    pay_floor_fen_month: int | None = None
    commute_max_minutes: int | None = None
    occupations: Mapping[str, float] = field(default_factory=dict)  # code → times the score
    hours: Mapping[tuple[str, ...], float] = field(default_factory=dict)  # kind and shifts → times the score
    organisations: tuple[str, ...] = ()

    @property
    def moves_pairs(self) -> bool:
        """It changes single pairs and not only weights: lists must be looked at deeper."""
        return bool(self.occupations or self.hours)

    def of(self, person: Person) -> Person:
        """The record with the limits that the answers have drawn."""
        floor, way = self.pay_floor_fen_month, self.commute_max_minutes
        return replace(
            person,
            pay_floor_fen_month=max(floor, person.pay_floor_fen_month or 0)
            if floor
            else person.pay_floor_fen_month,
            commute_max_minutes=min(way, person.commute_max_minutes or way)
            if way
            else person.commute_max_minutes,
            hidden_organisations=tuple(sorted({*person.hidden_organisations, *self.organisations})),
        )

    def on(self, matcher: Matcher) -> Matcher:
        """The matcher as this person has it weigh; records are shared."""
        if not self.weights:
            return matcher
        other = copy.copy(matcher)
        other.order_ = matcher.order_.leaned(self.weights)
        return other

    def factor(self, job: Job) -> float:
        """What the score of this job is multiplied by."""
        same = [times for code, times in self.occupations.items() if _same_group(code, job.occupation)]
        return min([1.0, *same]) * self.hours.get(_hours_of(job), 1.0)


NONE = Leaning()


def of_seeker(seeker_uid: str, day: date) -> Leaning:
    """The leaning of one person."""
    return of_seekers([seeker_uid], day).get(seeker_uid, NONE)


def of_seekers(uids: Collection[str] | None, day: date) -> dict[str, Leaning]:
    """seeker uid → leaning, of those (None: of everybody) who declined something with a reason."""
    rows = Suggestion.objects.filter(answer=Answer.DECLINED, seeker__recommendations_on=True)
    rows = rows.exclude(answer_reason__in=["", DeclineReason.OTHER]).order_by("answered_at", "id")
    if uids is not None:
        rows = rows.filter(seeker__uid__in=uids)
    declined: dict[str, list[Suggestion]] = {}
    beside = ("seeker__person", "vacancy__organisation", "vacancy__place")
    for row in rows.select_related(*beside).prefetch_related("seeker__hidden_organisations"):
        declined.setdefault(row.seeker.uid, []).append(row)
    return {uid: _made_of(answers, day) for uid, answers in declined.items()}


def _made_of(answers: list[Suggestion], day: date) -> Leaning:
    person = records.person_of(answers[0].seeker, day)
    because: dict[str, list[Job]] = {}
    for row in answers:
        because.setdefault(row.answer_reason, []).append(records.job_of(row.vacancy))
    weights = {
        feature: min(HEAVIER ** len(because[reason]), HEAVIEST)
        for reason, feature in FEATURE_OF.items()
        if reason in because
    }
    return Leaning(
        weights=weights,
        pay_floor_fen_month=_floor(person, because.get("pay", [])),
        commute_max_minutes=_way(person, because.get("commute", []), day),
        occupations=_lower(job.occupation for job in because.get("work", []) if job.occupation),
        hours=_lower(_hours_of(job) for job in because.get("hours", [])),
        organisations=tuple(sorted({job.organisation for job in because.get("employer", [])})),
    )


def _floor(person: Person, jobs: Iterable[Job]) -> int | None:
    """The best middle of a range turned down, not far above what was said."""
    middles = [
        ((job.pay_min_fen_month or top) + top) // 2
        for job in jobs
        if (top := job.pay_max_fen_month or job.pay_min_fen_month)
    ]
    if not middles:
        return None
    said = person.pay_floor_fen_month
    return min(max(middles), int(said * FLOOR_ABOVE_SAID)) if said else max(middles)


def _way(person: Person, jobs: Iterable[Job], day: date) -> int | None:
    """A little less than the shortest way turned down."""
    if person.lon is None:
        return None
    ways = [commute_facts(person, job, day.toordinal())["minutes"] for job in jobs if job.lon is not None]
    return max(int(min(map(float, ways)) * WAY_SHORTER), SHORTEST_WAY_MINUTES) if ways else None  # type: ignore[arg-type]


def _lower(keys: Iterable[object]) -> dict:  # type: ignore[type-arg]
    times: dict[object, float] = {}
    for key in keys:
        times[key] = max(times.get(key, 1.0) * LOWER, LOWEST)
    return times


def _same_group(one: str, other: str) -> bool:
    first, second = one.split("-")[:SAME_GROUP], other.split("-")[:SAME_GROUP]
    return len(first) == SAME_GROUP and first == second


def _hours_of(job: Job) -> tuple[str, ...]:
    return (job.employment_type, *sorted(job.shifts))
