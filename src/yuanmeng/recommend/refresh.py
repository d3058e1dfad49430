"""News → suggestions: a published vacancy meets people, a changed seeker meets vacancies.

A reader of event rows: at least once, in order, idempotent. It asks the rows how they stand now, so an event
that comes twice or late does no harm. Measured from event to suggestion: bench/event_to_suggestion.py.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.utils.timezone import localdate

from yuanmeng.core import events
from yuanmeng.core.models import EventRow
from yuanmeng.matching import Pair, Telling
from yuanmeng.recommend import engine, records
from yuanmeng.recommend.engine import READER, Engine
from yuanmeng.recommend.keep import keep
from yuanmeng.recommend.models import Likeness, Suggestion, SuggestionQuerySet
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy, VacancyQuerySet

KINDS = ("vacancy.", "seeker.", "organisation.")
# Wider than what is kept: a vacancy may be somebody's best without having them among its own best.
PEOPLE_PER_NEWS, VACANCIES_PER_NEWS = 100, 60
EVERY_REASON = Telling("officer", 6)  # kept; each reader is told those they may see


def catch_up(*, at: datetime, limit: int = 500) -> int:
    """Handle news since the bookmark and return how many; does nothing before the engine was trained."""
    serving = engine.full(localdate(at))
    if serving is None:
        return 0
    done = events.drain(READER, partial(_handle, serving, at=at), kinds=KINDS, limit=limit)
    serving.position = engine.read_so_far()
    return done


def _handle(serving: Engine, row: EventRow, *, at: datetime) -> None:
    if row.noun == "vacancy":
        refresh_vacancies(serving, Vacancy.objects.filter(uid=row.object_uid), at=at)
    elif row.noun == "seeker":
        refresh_seeker(serving, row.object_uid, at=at)
    else:
        refresh_vacancies(serving, Vacancy.objects.filter(organisation__uid=row.object_uid), at=at)


def refresh_vacancies(serving: Engine, rows: VacancyQuerySet, *, at: datetime) -> None:
    """Match these vacancies anew, or take them out where they are not open."""
    day = localdate(at)
    uids = set(rows.values_list("uid", flat=True))
    for vacancy in records.vacancies_to_match(day).filter(uid__in=uids):
        uids.discard(vacancy.uid)
        _meet_people(serving, vacancy, at=at)
    serving.matcher.remove(jobs=uids)
    Suggestion.objects.filter(vacancy__uid__in=uids).unanswered().delete()


def refresh_seeker(serving: Engine, uid: str, *, at: datetime) -> None:
    """Match this seeker anew; who does not look, or wants no suggestions, is forgotten with all tags."""
    seeker = records.seekers_to_match().filter(uid=uid).first()
    if seeker is not None:
        _meet_vacancies(serving, seeker, at=at)
        return
    serving.matcher.remove(people=[uid])
    mine = Suggestion.objects.filter(seeker__uid=uid)
    wants_none = Seeker.objects.filter(uid=uid, recommendations_on=False).exists()
    (mine if wants_none else mine.unanswered()).delete()


def _meet_people(serving: Engine, vacancy: Vacancy, *, at: datetime) -> None:
    job = records.job_of(vacancy)
    serving.matcher.upsert_jobs([job])
    day = localdate(at)
    [pairs] = serving.matcher.rank([job.id], day, side="jobs", k=PEOPLE_PER_NEWS, tell=EVERY_REASON)
    _replace(serving, Suggestion.objects.filter(vacancy=vacancy), pairs, at=at)
    remember_likeness(serving, vacancy, day, at=at)


def _meet_vacancies(serving: Engine, seeker: Seeker, *, at: datetime) -> None:
    person = records.person_of(seeker, localdate(at))
    serving.matcher.upsert_people([person])
    [pairs] = serving.matcher.rank([person.id], localdate(at), k=VACANCIES_PER_NEWS, tell=EVERY_REASON)
    _replace(serving, Suggestion.objects.filter(seeker=seeker), pairs, at=at)


def _replace(serving: Engine, old: SuggestionQuerySet, pairs: list[Pair], *, at: datetime) -> None:
    """Put these pairs in place of the unanswered old rows, then let go what is nobody's best."""
    kept = keep(pairs, serving.version, at=at)
    rows = old.unanswered().values_list("pk", "seeker_id", "vacancy_id")
    gone = [pk for pk, seeker, vacancy in rows if (seeker, vacancy) not in kept]
    Suggestion.objects.filter(pk__in=gone).delete()
    Suggestion.objects.drop_crowded_out(
        seekers={seeker for seeker, _ in kept}, vacancies={vacancy for _, vacancy in kept}
    )


def remember_likeness(serving: Engine, vacancy: Vacancy, day: date, *, at: datetime) -> None:
    """Keep which vacancies are like this one."""
    others = serving.matcher.similar(vacancy.uid, day, k=12)
    Likeness.objects.update_or_create(vacancy=vacancy, defaults={"others": others, "made_at": at})
