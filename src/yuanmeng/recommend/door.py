"""The one door to the engine for every surface.

door.suggest_vacancies(seeker, at=now)     what suits them, with reasons; newest first when they switched it
off door.suggest_people(vacancy, at=now)       people without a name who agreed to it
door.explain(seeker, vacancy, at=now)      why this pair, or why not
door.similar(vacancy, at=now)              vacancies like it
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate

from yuanmeng.applications.models import Application
from yuanmeng.core.actors import Actor
from yuanmeng.matching import Matcher, Telling
from yuanmeng.recommend import engine, records, words
from yuanmeng.recommend.keep import plain
from yuanmeng.recommend.models import Answer, Likeness, Suggestion, SuggestionQuerySet
from yuanmeng.recommend.refresh import catch_up
from yuanmeng.recommend.train import train
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

__all__ = ["Explained", "Suggested", "answer", "catch_up", "explain", "missing_fields", "similar",
           "suggest_people", "suggest_vacancies", "tags", "train"]  # fmt: skip

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
    seeker: Seeker, *, at: datetime, limit: int = 10, reader: Reader = "person"
) -> list[Suggested]:
    """The open vacancies that suit a seeker best, without those declined or already applied for.

    With recommendations off, or before anything was matched, the newest open vacancies: the same for
    everybody.
    """
    rows = list(_worth_showing(seeker.suggestions.all(), at=at).select_related(*BESIDE_VACANCY)[:limit])
    if not rows:
        return [Suggested(vacancy) for vacancy in newest(at=at, limit=limit)]
    if reader == "person":
        _note_shown(rows, at=at)
    return [_line(row, reader) for row in rows]


def suggest_people(
    vacancy: Vacancy, *, at: datetime, limit: int = 10, reader: Reader = "employer"
) -> list[Suggested]:
    """The people who suit a vacancy best, best first, without those who declined it or already applied.

    To an employer only people who agreed to be suggested without a name; show `seeker.person.pseudonym` and
    what the visibility matrix grants with the relation "suggested". An officer sees all who want suggestions.
    """
    rows = _worth_showing(vacancy.suggestions.all(), at=at)
    if reader == "employer":
        rows = rows.for_employers(at)
    return [_line(row, reader) for row in rows.select_related("seeker__person", *BESIDE_VACANCY)[:limit]]


def explain(seeker: Seeker, vacancy: Vacancy, *, at: datetime, reader: Reader = "officer") -> Explained:
    """Why this pair, or why not, computed now; nothing when the seeker switched recommendation off."""
    if not seeker.recommendations_on:
        return Explained(None, [], [], [], [])
    matcher, day = _of_these(seeker, vacancy, at=at), localdate(at)
    pair = matcher.explain(seeker.uid, vacancy.uid, day, tell=Telling(reader, words.REASONS))
    facts = plain(pair)
    return Explained(
        score=pair.score,
        reasons=words.sentences(facts, reader),
        obstacles=[words.gate(name) for name in matcher.why_not(seeker.uid, vacancy.uid, day)],
        missing=[words.missing(gap.field) for gap in matcher.missing(seeker.uid)],
        facts=facts,
    )


def missing_fields(seeker: Seeker, *, at: datetime, limit: int = 3) -> list[tuple[str, str]]:
    """(field, sentence) of what the seeker could add to be matched better, what matters most first."""
    matcher = engine.learned(engine.serving(at)).fill([records.person_of(seeker, localdate(at))], [])
    return [(gap.field, words.missing(gap.field)) for gap in matcher.missing(seeker.uid)[:limit]]


def similar(vacancy: Vacancy, *, at: datetime, limit: int = 4) -> list[Vacancy]:
    """Open vacancies like this one, best first."""
    kept = Likeness.objects.filter(vacancy=vacancy).first()
    order = {uid: n for n, uid in enumerate(kept.others if kept else [])}
    found = Vacancy.objects.open_on(localdate(at)).filter(uid__in=order).select_related(*BESIDE)
    return sorted(found, key=lambda row: order[row.uid])[:limit]


def answer(suggestion: Suggestion, said: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Take the seeker's answer: agreed, or declined with a reason; a declined one is not shown again."""
    if said == Answer.AGREED:
        suggestion.agree(by=by, at=at)
    else:
        suggestion.decline(by=by, at=at, reason=reason)


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
    known = records.person_of(seeker, localdate(at))
    names = [name for name in known.__slots__ if name != "id"]
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


def _note_shown(rows: list[Suggestion], *, at: datetime) -> None:
    """Write down the first time the seeker saw them (K09)."""
    new = [row.pk for row in rows if row.shown_at is None]
    if new:
        Suggestion.objects.filter(pk__in=new, shown_at=None).update(shown_at=at)


def _of_these(seeker: Seeker, vacancy: Vacancy, *, at: datetime) -> Matcher:
    """An engine that knows these two and what was learned."""
    matcher = engine.learned(engine.serving(at))
    return matcher.fill([records.person_of(seeker, localdate(at))], [records.job_of(vacancy)])
