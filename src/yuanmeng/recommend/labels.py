"""What people did with what they were shown, as graded labels for learning.

Of those who want recommendations, alone: with the switch their impressions and answers are deleted, and so
are these. Nothing is stored here; labels are read off impressions, answers, applications and the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

import numpy as np
from django.utils.timezone import localdate

from yuanmeng.applications.models import Application, Favourite, Placement
from yuanmeng.applications.models.states import State
from yuanmeng.counsel.models import RetentionResult, ServiceKind, ServiceRecord
from yuanmeng.matching import Job, Matcher, Person
from yuanmeng.matching.learn import Examples, values_of
from yuanmeng.matching.liking import Liking
from yuanmeng.recommend import choices, records
from yuanmeng.recommend.impressions import KEEP
from yuanmeng.recommend.models import Answer, DeclineReason, Impression, Suggestion
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy


class Grade(IntEnum):
    """How far it went. Read it upwards: each step says more than the one before."""

    DECLINED = -1
    SHOWN = 0
    OPENED = 1
    SAVED = 2
    WANTED = 3
    APPLIED = 4
    ANSWERED = 5
    INTERVIEWED = 6
    HIRED = 7
    KEPT_30 = 8
    KEPT_90 = 9


GRADE_OF = {
    State.SUBMITTED: Grade.APPLIED, State.SEEN: Grade.APPLIED, State.EXPIRED: Grade.APPLIED,
    State.DECLINED: Grade.APPLIED, State.OBSOLETE: Grade.APPLIED, State.WITHDRAWN: Grade.WANTED,
    State.SHORTLISTED: Grade.ANSWERED, State.INVITED: Grade.ANSWERED, State.MISSED: Grade.ANSWERED,
    State.INTERVIEWED: Grade.INTERVIEWED, State.OFFERED: Grade.INTERVIEWED,
    State.TURNED_DOWN: Grade.INTERVIEWED, State.HIRED: Grade.HIRED,
}  # fmt: skip
# What a refusal speaks of; one for the employer or for another reason says nothing about fit.
ABOUT = {
    DeclineReason.WORK: ("title", "occupation", "background"),
    DeclineReason.PAY: ("pay",),
    DeclineReason.COMMUTE: ("commute",),
    DeclineReason.HOURS: ("hours",),
}
NEVER = datetime.min.replace(tzinfo=UTC)
ASKED_BEFORE = timedelta(days=10)  # a check of the 30 or 90 days may come a little early


@dataclass(frozen=True)
class Label:
    """One showing and what became of it."""

    seeker: int
    vacancy: int
    at: datetime
    place: int
    grade: Grade
    about: tuple[str, ...] = ()


def labels(*, at: datetime) -> list[Label]:
    """All labels of the last 180 days, oldest first."""
    shown = Impression.objects.filter(at__gt=at - KEEP, at__lte=at, seeker__recommendations_on=True)
    rows = list(shown.order_by("at", "id").values_list("seeker", "vacancy", "at", "position", "opened_at"))
    said, went, saved = _answers(at), _applications(at), _favourites()
    found = []
    for seeker, vacancy, when, place, opened in rows:
        answer, reason = said.get((seeker, vacancy), ("", ""))
        if answer == Answer.DECLINED and reason not in ABOUT:
            continue
        grade = went.get((seeker, vacancy), Grade.SHOWN)
        if saved.get((seeker, vacancy), NEVER) >= when:
            grade = max(grade, Grade.SAVED)
        if answer == Answer.DECLINED and grade < Grade.SAVED:
            found.append(Label(seeker, vacancy, when, place, Grade.DECLINED, ABOUT[DeclineReason(reason)]))
            continue
        wanted = Grade.WANTED if answer == Answer.AGREED else Grade.OPENED if opened else Grade.SHOWN
        found.append(Label(seeker, vacancy, when, place, max(grade, wanted)))
    return found


def _answers(at: datetime) -> Mapping[tuple[int, int], tuple[str, str]]:
    rows = Suggestion.objects.exclude(answer=Answer.NONE).filter(answered_at__gt=at - KEEP)
    return {
        (seeker, vacancy): (answer, reason)
        for seeker, vacancy, answer, reason in rows.values_list(
            "seeker", "vacancy", "answer", "answer_reason"
        )
    }


def _favourites() -> Mapping[tuple[int, int], datetime]:
    """When what is kept was kept. One kept before it was shown, or while the switch was off, is no answer."""
    rows = Favourite.objects.filter(seeker__recommendations_on=True)
    return {(seeker, vacancy): at for seeker, vacancy, at in rows.values_list("seeker", "vacancy", "made_at")}


def _applications(at: datetime) -> Mapping[tuple[int, int], Grade]:
    rows = Application.objects.filter(submitted_at__gt=at - KEEP, seeker__recommendations_on=True)
    kept = _kept()
    found: dict[tuple[int, int], Grade] = {}
    for key, seeker, vacancy, state in rows.values_list("pk", "seeker", "vacancy", "state"):
        grade = kept.get(key, GRADE_OF[State(state)])
        found[seeker, vacancy] = max(grade, found.get((seeker, vacancy), Grade.SHOWN))
    return found


def _kept() -> Mapping[int, Grade]:
    """Application → 30 or 90 days kept, as the checks of the ledger found."""
    placed = {
        uid: (pk, day)
        for uid, pk, day in Placement.objects.values_list("application__uid", "application", "started_on")
    }
    checks = ServiceRecord.objects.standing().filter(
        kind=ServiceKind.RETENTION_CHECK, about_uid__in=[*placed], result=RetentionResult.STILL_THERE
    )
    found: dict[int, Grade] = {}
    for uid, when in checks.values_list("about_uid", "at"):
        pk, started = placed[uid]
        stayed = localdate(when) + ASKED_BEFORE - started
        grade = (
            Grade.KEPT_90
            if stayed >= timedelta(days=90)
            else Grade.KEPT_30
            if stayed >= timedelta(days=30)
            else None
        )
        if grade is not None:
            found[pk] = max(grade, found.get(pk, Grade.SHOWN))
    return found


def examples(rows: Iterable[Label], learned: Matcher) -> tuple[Examples, list[Label]]:
    """The labels as the engine learns from them, with the values of the records as they are today.

    Taste alone is that of the past: learned from what was chosen before the newer half of the labels, and
    silent in the older half. Otherwise each choice would foretell itself.
    """
    rows = list(rows)
    people, jobs = _records(rows)
    rows = [row for row in rows if row.seeker in people and row.vacancy in jobs]
    middle = rows[len(rows) // 2].at if rows else datetime.max.replace(tzinfo=UTC)
    matcher = _before(learned, people, jobs, middle)
    asked = [(people[r.seeker].id, jobs[r.vacancy].id, localdate(r.at).toordinal()) for r in rows]
    names = [feature.name for feature in matcher.recipe.features]
    about = np.array([[name in row.about for name in names] for row in rows], bool)
    seeker, vacancy, grade, place = np.array(
        [(row.seeker, row.vacancy, int(row.grade), row.place) for row in rows], np.int64
    ).reshape(-1, 4).T  # fmt: skip
    values = values_of(matcher, asked)
    values[[row.at <= middle for row in rows], names.index("taste")] = np.nan
    return Examples(values, seeker, vacancy, grade, place, about.reshape(values.shape)), rows


def _before(learned: Matcher, people: dict[int, Person], jobs: dict[int, Job], middle: datetime) -> Matcher:
    """A matcher of these records with everybody's taste as it was at a moment."""
    matcher = learned.emptied()
    if not people or matcher.liking_ is None:
        return matcher.fill(people.values(), jobs.values())
    chosen = choices.of_seekers(None, localdate(middle), before=middle)
    town = {job.id: job for job in (*jobs.values(), *filter(None, learned.town.jobs.records))}
    everybody = [chosen.on(person) for person in filter(None, learned.town.people.records)]
    matcher.liking_ = Liking.learned(everybody, [*town.values(), *chosen.past(town.values())])
    return matcher.fill([chosen.on(person) for person in people.values()], jobs.values())


def _records(rows: list[Label]) -> tuple[dict[int, Person], dict[int, Job]]:
    """The records that labels name, closed vacancies included."""
    at = max((row.at for row in rows), default=None)
    if at is None:
        return {}, {}
    seekers = Seeker.objects.filter(pk__in={row.seeker for row in rows}).select_related("person")
    vacancies = Vacancy.objects.filter(pk__in={row.vacancy for row in rows}).select_related(
        "organisation", "place"
    )
    people = {
        row.pk: records.person_of(row, localdate(at))
        for row in seekers.prefetch_related("hidden_organisations")
    }
    return people, {row.pk: records.job_of(row) for row in vacancies}
