"""The one door to the engine for every surface.

door.suggest_vacancies(seeker, at=now)     what suits them, with reasons; newest first when they switched it
off door.suggest_people(vacancy, at=now)       people without a name who agreed to it
door.explain(seeker, vacancy, at=now)      why this pair, or why not
door.similar(vacancy, at=now)              vacancies like it
door.close_to(found, at=now)               after a short answer of the search: work close to what was typed
door.answer(suggestion, said, …)           yes, or "not for me, because …": changes the list at once
door.declined(seeker)                      what they said no to; door.bring_back takes it back
door.pass_over(seeker, vacancy, …)         an employer's "not for us, because …"; return_to_list undoes it
door.suggest_for(answers, at=now)          for a passer-by, from three answers; nothing of it is kept
door.why_few(seeker, at=now)               which of their limits empties a list, and what loosening would give
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate

from yuanmeng.applications.models import Application
from yuanmeng.core.actors import Actor
from yuanmeng.matching import Matcher, Telling
from yuanmeng.occupations.skills import never_learned
from yuanmeng.recommend import (
    choices,
    engine,
    impressions,
    leaning,
    limits,
    passerby,
    passing,
    records,
    words,
)
from yuanmeng.recommend.close import close_to, learn_titles
from yuanmeng.recommend.impressions import note_opened
from yuanmeng.recommend.keep import plain
from yuanmeng.recommend.leaning import Leaning
from yuanmeng.recommend.limits import Loosening
from yuanmeng.recommend.models import Answer, Likeness, ModelVersion, Suggestion, SuggestionQuerySet, Where
from yuanmeng.recommend.passerby import Answers
from yuanmeng.recommend.passing import pass_over, passed_over, return_to_list
from yuanmeng.recommend.refresh import among_kept, catch_up
from yuanmeng.recommend.train import train
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

__all__ = ["Answers", "Explained", "Learning", "Loosening", "Suggested", "answer", "bring_back",
           "catch_up", "close_to", "declined", "explain", "forget", "leaning_of", "learn_titles",
           "lessons", "missing_fields", "note_opened", "pass_over", "passed_over", "return_to_list",
           "similar", "steps", "suggest_for", "suggest_people", "suggest_vacancies", "tags", "train",
           "why_few"]  # fmt: skip

Reader = Literal["person", "employer", "officer"]


@dataclass(frozen=True)
class Suggested:
    """One line of a list. Without personal recommendation there is a vacancy and nothing else."""

    vacancy: Vacancy
    seeker: Seeker | None = None
    suggestion: Suggestion | None = None
    score: float | None = None
    reasons: list[str] = field(default_factory=list)

    @property
    def is_personal(self) -> bool:
        return self.suggestion is not None


@dataclass(frozen=True)
class Explained:
    """Why a pair fits, what keeps it apart (`obstacles`), what the person could add (`missing`)."""

    score: float | None
    reasons: list[str]
    obstacles: list[str]
    missing: list[str]
    facts: list[dict[str, object]]  # the reasons for keeping, e.g. in a referral


def suggest_vacancies(
    seeker: Seeker, *, at: datetime, limit: int = 10, reader: Reader = "person", where: str = Where.OWN
) -> list[Suggested]:
    """The open vacancies that suit a seeker best, without those declined or already applied for.

    With recommendations off, with a profile that says nothing, or before anything was matched, the newest
    open vacancies: the same for everybody.
    """
    rows = (
        []
        if says_nothing(seeker)
        else list(_worth_showing(seeker.suggestions.all(), at=at).select_related(*BESIDE_VACANCY)[:limit])
    )
    if not rows:
        return [Suggested(vacancy) for vacancy in newest(at=at, limit=limit)]
    if reader == "person":
        _note_shown(rows, where, at=at)
    return [_line(row, reader) for row in rows]


def suggest_for(answers: Answers, *, at: datetime, limit: int = 10) -> list[Suggested]:
    """The open vacancies that suit what a passer-by has just said. No person, no row, no showing is kept."""
    found = passerby.suggest_for(answers, at=at, limit=limit)
    return [
        Suggested(vacancy, score=pair.score, reasons=words.to_a_passer_by(plain(pair)))
        for vacancy, pair in found
    ]


def suggest_people(
    vacancy: Vacancy, *, at: datetime, limit: int = 10, reader: Reader = "employer"
) -> list[Suggested]:
    """The people who suit a vacancy best, best first, without those who declined it or already applied.

    To an employer only people who agreed to be suggested without a name, and none of those passed over, in
    the order that the employer's answers make; show `seeker.person.pseudonym` and what the visibility matrix
    grants with the relation "suggested". An officer sees all who want suggestions.
    """
    rows = _worth_showing(vacancy.suggestions.all(), at=at).select_related("seeker__person", *BESIDE_VACANCY)
    if reader != "employer":
        return [_line(row, reader) for row in rows[:limit]]
    own = rows.for_employers(at).not_passed_over()
    found = passing.in_order(vacancy, list(own[: max(limit, passing.DEPTH)]), at=at)
    return [_line(row, reader) for row in found[:limit]]


def explain(seeker: Seeker, vacancy: Vacancy, *, at: datetime, reader: Reader = "officer") -> Explained:
    """Why this pair, or why not, computed now; nothing when the seeker switched recommendation off."""
    if not seeker.recommendations_on:
        return Explained(None, [], [], [], [])
    matcher, day = _of_these(seeker, [vacancy], at=at), localdate(at)
    pair = matcher.explain(seeker.uid, vacancy.uid, day, tell=Telling(reader, words.REASONS))
    facts = plain(pair)
    return Explained(
        score=pair.score,
        reasons=words.sentences(facts, reader),
        obstacles=[words.gate(name) for name in matcher.why_not(seeker.uid, vacancy.uid, day)],
        missing=[words.missing(gap.field) for gap in matcher.missing(seeker.uid)],
        facts=facts,
    )


def steps(seeker: Seeker, vacancy: Vacancy, *, at: datetime, limit: int = 3) -> list[str]:
    """What would bring this vacancy nearer to the seeker, in sentences; nothing with recommendations off."""
    if not seeker.recommendations_on:
        return []
    matcher = _of_these(seeker, [vacancy], at=at)
    found = matcher.steps(seeker.uid, vacancy.uid, localdate(at), most=limit, never=never_learned())
    return [words.step(step) for step in found]


@dataclass(frozen=True)
class Learning:
    """A skill worth learning, and the vacancies of the seeker's list that it brings nearer."""

    skill: str
    vacancies: list[Vacancy]

    @property
    def titles(self) -> list[str]:
        """What these vacancies are called, each title once."""
        return list(dict.fromkeys(row.title for row in self.vacancies))


def lessons(seeker: Seeker, *, at: datetime, limit: int = 3) -> list[Learning]:
    """Skills worth learning for what is on the seeker's list or kept for later, what gives most first."""
    if not seeker.recommendations_on or says_nothing(seeker):
        return []
    listed = Q(suggestions__in=_worth_showing(seeker.suggestions.all(), at=at))
    kept = Q(pk__in=seeker.favourites.values("vacancy"))
    rows = Vacancy.objects.open_on(localdate(at)).filter(listed | kept).distinct()
    by_uid = {row.uid: row for row in rows.select_related(*BESIDE)}
    matcher = _of_these(seeker, by_uid.values(), at=at)
    found = matcher.lessons(seeker.uid, [*by_uid], localdate(at), most=limit, never=never_learned())
    return [Learning(one.skill, [by_uid[uid] for uid in one.jobs]) for one in found]


def missing_fields(seeker: Seeker, *, at: datetime, limit: int = 3) -> list[tuple[str, str]]:
    """(field, sentence) of what the seeker could add to be matched better, what matters most first."""
    matcher = engine.learned(ModelVersion.objects.serving()).fill(
        [records.person_of(seeker, localdate(at))], []
    )
    return [(gap.field, words.missing(gap.field)) for gap in matcher.missing(seeker.uid)[:limit]]


def similar(vacancy: Vacancy, *, at: datetime, limit: int = 4) -> list[Vacancy]:
    """Open vacancies like this one, best first."""
    kept = Likeness.objects.filter(vacancy=vacancy).first()
    order = {uid: n for n, uid in enumerate(kept.others if kept else [])}
    found = Vacancy.objects.open_on(localdate(at)).filter(uid__in=order).select_related(*BESIDE)
    return sorted(found, key=lambda row: order[row.uid])[:limit]


def answer(suggestion: Suggestion, said: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Take the seeker's answer: agreed, or declined with a reason.

    A declined one is not shown again, and its reason moves the list at once (see `leaning`).
    """
    if said == Answer.AGREED:
        suggestion.agree(by=by, at=at)
        return
    suggestion.decline(by=by, at=at, reason=reason)
    among_kept(suggestion.seeker, at=at)


def declined(seeker: Seeker) -> SuggestionQuerySet:
    """What the seeker said no to, newest first; empty with the switch off."""
    if not seeker.recommendations_on:
        return Suggestion.objects.none()
    rows = seeker.suggestions.filter(answer=Answer.DECLINED).select_related("vacancy__organisation")
    return rows.order_by("-answered_at", "-id")


def bring_back(suggestion: Suggestion, *, by: Actor, at: datetime) -> None:
    """Take a no back: the vacancy may be suggested again, and the list stands as if nothing had been said."""
    suggestion.take_back(by=by, at=at)
    among_kept(suggestion.seeker, at=at)


def leaning_of(seeker: Seeker, *, at: datetime) -> Leaning:
    """How the seeker's answers move their list."""
    return leaning.of_seeker(seeker.uid, localdate(at))


def why_few(seeker: Seeker, *, at: datetime) -> list[Loosening]:
    """Which of the seeker's own limits keeps vacancies away, and what loosening one would give."""
    return limits.loosenings(seeker, localdate(at)) if seeker.recommendations_on else []


def says_nothing(seeker: Seeker) -> bool:
    """A profile from which nothing can be told: no work wanted or done, no skills, no home, no pay."""
    said = (
        seeker.wanted_text, seeker.wanted_occupation_codes, seeker.skills, seeker.certificates,
        seeker.last_job,
        seeker.last_occupation_code, seeker.home_lon, seeker.pay_floor_fen, seeker.shifts, seeker.major,
    )  # fmt: skip
    return not any(said)


def forget(seeker: Seeker) -> None:
    """Delete all that was made of a seeker: lists, answers, what they were shown."""
    impressions.forget(seeker)


def newest(*, at: datetime, limit: int = 10) -> list[Vacancy]:
    """The newest open vacancies: the list that knows nobody."""
    rows = Vacancy.objects.open_on(localdate(at)).select_related(*BESIDE)
    return list(rows.order_by("-published_at", "-id")[:limit])


def tags(seeker: Seeker, *, at: datetime) -> dict[str, object]:
    """What the engine knows of a seeker, by the engine's field names; empty when recommendation is off.

    This is all there is: to show on "my data", and gone with the switch.
    """
    if not seeker.recommendations_on:
        return {}
    day = localdate(at)
    known = choices.of_seekers([seeker.uid], day).on(records.person_of(seeker, day))
    names = [name for name in known.__slots__ if name not in {"id", "chose"}]
    return {name: value for name in names if (value := getattr(known, name)) not in (None, "", ())}


BESIDE = ("organisation", "place")
BESIDE_VACANCY = ("vacancy", "vacancy__organisation", "vacancy__place")


def _worth_showing(rows: SuggestionQuerySet, *, at: datetime) -> SuggestionQuerySet:
    """Live, not declined, not applied for."""
    applied = Application.objects.filter(seeker=OuterRef("seeker"), vacancy=OuterRef("vacancy"))
    live = rows.live_on(localdate(at)).exclude(answer=Answer.DECLINED)
    return live.filter(~Exists(applied)).best_first()


def _line(row: Suggestion, reader: Reader) -> Suggested:
    return Suggested(row.vacancy, row.seeker, row, row.score, words.sentences(row.reasons, reader))


def _note_shown(rows: list[Suggestion], where: str, *, at: datetime) -> None:
    """Write down the first time the seeker saw them (K09), and at which place of which list."""
    new = [row.pk for row in rows if row.shown_at is None]
    if new:
        Suggestion.objects.filter(pk__in=new, shown_at=None).update(shown_at=at)
    if rows and rows[0].seeker.recommendations_on:
        impressions.note(rows, where, at=at)


def _of_these(seeker: Seeker, vacancies: Iterable[Vacancy], *, at: datetime) -> Matcher:
    """An engine that knows these and what was learned."""
    day = localdate(at)
    own = leaning.of_seeker(seeker.uid, day)
    matcher = engine.learned(ModelVersion.objects.serving())
    person = choices.of_seekers([seeker.uid], day).on(records.person_of(seeker, day))
    return own.on(matcher.fill([own.of(person)], [records.job_of(vacancy) for vacancy in vacancies]))
