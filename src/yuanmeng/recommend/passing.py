"""An employer's "not for us, because …" about a person suggested for one vacancy, and what it changes.

The person leaves that vacancy's list at once and is not told; their own list is not touched. Whoever is no
better than they were at what the reason speaks of stands lower in the vacancy's list: score × 0.75 for each
such no, at least × 0.3. Made from the answers each time and kept nowhere, so taking one back takes its
weight back; only the order of the list is moved, never a score that the person's own list shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.timezone import localdate

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.matching.learn import values_of
from yuanmeng.recommend import engine, records
from yuanmeng.recommend.leaning import LOWER, LOWEST
from yuanmeng.recommend.models import (
    ModelVersion,
    PassedOver,
    PassedOverQuerySet,
    PassReason,
    Suggestion,
)
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

FEATURE_OF = {
    PassReason.SKILLS: "skills", PassReason.EXPERIENCE: "experience", PassReason.HOURS: "hours",
    PassReason.PAY: "pay", PassReason.PLACE: "commute",
}  # fmt: skip
DEPTH = 60  # so many rows of a vacancy are looked at when something may rise


def pass_over(seeker: Seeker, vacancy: Vacancy, reason: str, *, by: Actor, at: datetime) -> PassedOver:
    """Take a person off the list of one vacancy. A second tap keeps the first one's reason."""
    with transaction.atomic():
        row, new = PassedOver.objects.get_or_create(
            seeker=seeker, vacancy=vacancy, defaults={"reason": reason, "at": at}
        )
        if new:
            events.tell("passedover.said", row, by=by, at=at, vacancy=vacancy.uid)
    return row


def return_to_list(row: PassedOver, *, by: Actor, at: datetime) -> None:
    """Take a no back: the person may be suggested for the vacancy again, and it weighs nothing any more."""
    with transaction.atomic():
        events.tell("passedover.taken_back", row, by=by, at=at, vacancy=row.vacancy.uid)
        row.delete()


def passed_over(vacancy: Vacancy, *, at: datetime) -> PassedOverQuerySet:
    """Whom the employer said no to, newest first; of people who may still be shown to employers."""
    rows = PassedOver.objects.filter(vacancy=vacancy).may_be_shown(at)
    return rows.select_related("seeker__person", "vacancy").order_by("-at", "-id")


def in_order(vacancy: Vacancy, rows: Sequence[Suggestion], *, at: datetime) -> list[Suggestion]:
    """The vacancy's suggestions as its employer's answers have them, best first; `rows` come best first.

    Without a no that speaks of something, as they came. Cost: some milliseconds a row.
    """
    said = PassedOver.objects.filter(vacancy=vacancy).exclude(reason=PassReason.OTHER)
    said = said.select_related("seeker__person").prefetch_related("seeker__hidden_organisations")
    if not rows or not said:
        return list(rows)
    prefetch_related_objects([row.seeker for row in rows], "hidden_organisations")
    times = _times(vacancy, [row.seeker for row in rows], list(said), at)
    moved = sorted(zip(rows, times, strict=True), key=lambda one: -one[0].score * one[1])
    return [row for row, _times in moved]


def _times(
    vacancy: Vacancy, seekers: Sequence[Seeker], said: Sequence[PassedOver], at: datetime
) -> list[float]:
    """What each person's score is multiplied by."""
    day, job = localdate(at), records.job_of(vacancy)
    everybody = {seeker.uid: seeker for seeker in (*seekers, *(row.seeker for row in said))}
    people = [records.person_of(seeker, day) for seeker in everybody.values()]
    matcher = engine.learned(ModelVersion.objects.serving()).fill(people, [job])
    names = [feature.name for feature in matcher.recipe.features]
    values = values_of(matcher, [(uid, job.id, day.toordinal()) for uid in everybody])  # [people, features]
    place = {uid: n for n, uid in enumerate(everybody)}
    times = np.ones(len(everybody))
    for row in said:
        column = values[:, names.index(FEATURE_OF[PassReason(row.reason)])]
        no_better = column <= column[place[row.seeker.uid]]  # what nobody said compares with nothing
        times[no_better] = np.maximum(times[no_better] * LOWER, LOWEST)
    return [float(times[place[seeker.uid]]) for seeker in seekers]
