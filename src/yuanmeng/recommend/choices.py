"""What seekers chose so far, closed vacancies included: from it the engine learns what lies together.

Chosen is what somebody applied for (and did not withdraw), kept as a favourite, or said yes to, in the last
180 days and since they last had it forgotten. Of those who want recommendations, alone; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.utils.timezone import make_aware

from yuanmeng.applications.models import Application, Favourite
from yuanmeng.applications.models.states import State
from yuanmeng.matching import Job, Person
from yuanmeng.recommend import records
from yuanmeng.recommend.impressions import KEEP
from yuanmeng.recommend.models import Answer, Suggestion
from yuanmeng.vacancies.models import Vacancy

MOST = 30  # of one person, the newest


class Choice(NamedTuple):
    """A vacancy, by its uid, and its title."""

    vacancy: str
    title: str


@dataclass(frozen=True)
class Choices:
    """Seeker (uid) → what they chose, the newest first."""

    of: Mapping[str, tuple[Choice, ...]]

    def on(self, person: Person) -> Person:
        """The record with what the person chose."""
        own = self.of.get(person.id, ())
        return replace(
            person,
            chose=tuple(choice.vacancy for choice in own),
            chose_titles=tuple(choice.title for choice in own),
        )

    def past(self, today: Iterable[Job]) -> list[Job]:
        """The records of what was chosen and is not among today's jobs."""
        known = {job.id for job in today}
        gone = {choice.vacancy for own in self.of.values() for choice in own} - known
        rows = Vacancy.objects.filter(uid__in=gone).select_related("organisation", "place")
        return [records.job_of(row) for row in rows.iterator(500)]


NOTHING = Choices({})


def of_seekers(uids: Collection[str] | None, day: date, *, before: datetime | None = None) -> Choices:
    """What these (None: all) seekers chose in the 180 days up to this day, or up to a moment before."""
    before = before or make_aware(datetime.combine(day + timedelta(days=1), time.min))
    found: dict[str, dict[str, tuple[datetime, str]]] = {}
    for field, made in _sources():
        rows = made.filter(
            Q(seeker__taste_from=None) | Q(**{f"{field}__gt": F("seeker__taste_from")}),
            **{f"{field}__gt": before - KEEP, f"{field}__lte": before},
            seeker__recommendations_on=True,
        )
        if uids is not None:
            rows = rows.filter(seeker__uid__in=uids)
        for seeker, vacancy, title, when in rows.values_list(
            "seeker__uid", "vacancy__uid", "vacancy__title", field
        ):
            own = found.setdefault(seeker, {})
            own[vacancy] = max(own.get(vacancy, (when, title)), (when, title))
    return Choices({seeker: _newest(own) for seeker, own in found.items()})


def _newest(own: Mapping[str, tuple[datetime, str]]) -> tuple[Choice, ...]:
    order = sorted(own, key=lambda vacancy: (-own[vacancy][0].timestamp(), vacancy))
    return tuple(Choice(vacancy, own[vacancy][1]) for vacancy in order[:MOST])


def _sources() -> tuple[tuple[str, QuerySet[Any]], ...]:
    """Where a choice is written down, and the field that says when."""
    return (
        ("submitted_at", Application.objects.exclude(state=State.WITHDRAWN)),
        ("made_at", Favourite.objects.all()),
        ("answered_at", Suggestion.objects.filter(answer=Answer.AGREED)),
    )
