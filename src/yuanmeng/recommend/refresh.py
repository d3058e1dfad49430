"""News → suggestions: a published vacancy meets people, a changed seeker meets vacancies.

A reader of event rows: at least once, in order, idempotent. It asks the rows how they stand now, so an event
that comes twice or late does no harm. Measured from event to suggestion: bench/event_to_suggestion.py.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.utils.timezone import localdate

from yuanmeng.applications.models import Application
from yuanmeng.core import events
from yuanmeng.core.models import EventRow
from yuanmeng.matching import Pair
from yuanmeng.recommend import build, choices, engine, impressions, records, tilt
from yuanmeng.recommend.engine import READER, Engine
from yuanmeng.recommend.keep import keep
from yuanmeng.recommend.models import Likeness, ModelVersion, Suggestion, SuggestionQuerySet
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy, VacancyQuerySet

KINDS = ("vacancy.", "seeker.", "organisation.", "suggestion.", "application.submitted", "passedover.",
         "sharing.", "modelversion.")  # fmt: skip
# Wider than what is kept: a vacancy may be somebody's best without having them among its own best.
PEOPLE_PER_NEWS, VACANCIES_PER_NEWS = 100, 60
EVERYBODY = ("sharing.", "modelversion.")  # news that makes all lists anew


def catch_up(*, at: datetime, limit: int = 500) -> int:
    """Handle news since the bookmark and return how many; does nothing before the engine was trained.

    All lists are made anew before the news that asks for it counts as read, and outside its transaction: it
    takes a minute in a town, and nobody else could write meanwhile.
    """
    serving = engine.full(localdate(at))
    if serving is None:
        return 0
    if any(row.kind.startswith(EVERYBODY) for row in events.unread(READER, kinds=KINDS, limit=limit)):
        build.rank_all(serving, at=at)
    done = events.drain(READER, partial(_handle, serving, at=at), kinds=KINDS, limit=limit)
    serving.position = engine.read_so_far()
    return done


def _handle(serving: Engine, row: EventRow, *, at: datetime) -> None:
    if row.noun == "vacancy":
        refresh_vacancies(serving, Vacancy.objects.filter(uid=row.object_uid), at=at)
    elif row.noun == "seeker":
        refresh_seeker(serving, row.object_uid, at=at)
    elif row.noun == "suggestion":
        _answered(serving, row, at=at)
    elif row.noun == "application":
        _applied(serving, row, at=at)
    elif row.noun == "passedover":
        refresh_vacancies(serving, Vacancy.objects.filter(uid=row.payload["vacancy"]), at=at)
    elif row.noun == "organisation":
        refresh_vacancies(serving, Vacancy.objects.filter(organisation__uid=row.object_uid), at=at)


def _answered(serving: Engine, row: EventRow, *, at: datetime) -> None:
    """A refusal, or one taken back, moves the whole list; a yes changes nothing in it."""
    said = Suggestion.objects.filter(uid=row.object_uid).values_list("seeker__uid", flat=True).first()
    if said is not None and not row.kind.endswith(".agreed"):
        refresh_seeker(serving, said, at=at)


def _applied(serving: Engine, row: EventRow, *, at: datetime) -> None:
    """What somebody applied for tells their taste, where taste was learned."""
    if serving.matcher.liking_ is not None:
        chose = Application.objects.filter(uid=row.object_uid).values_list("seeker__uid", flat=True).first()
        if chose is not None:
            refresh_seeker(serving, chose, at=at)


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
    off = Seeker.objects.filter(uid=uid, recommendations_on=False).first()
    if off is not None:
        impressions.forget(off)
    Suggestion.objects.filter(seeker__uid=uid).unanswered().delete()


def _meet_people(serving: Engine, vacancy: Vacancy, *, at: datetime) -> None:
    job = records.job_of(vacancy)
    serving.matcher.upsert_jobs([job])
    day = localdate(at)
    pairs = tilt.people_of(serving.matcher, job.id, day, k=PEOPLE_PER_NEWS)
    _replace(serving, Suggestion.objects.filter(vacancy=vacancy), pairs, at=at)
    remember_likeness(serving, vacancy, day, at=at)


def _meet_vacancies(serving: Engine, seeker: Seeker, *, at: datetime) -> None:
    day = localdate(at)
    moved = tilt.of_person(seeker.uid, day)
    person = choices.of_seekers([seeker.uid], day).on(records.person_of(seeker, day))
    serving.matcher.upsert_people([moved.of(seeker.uid).of(person)])
    pairs = moved.vacancies(serving.matcher, seeker.uid, day, k=VACANCIES_PER_NEWS)
    _replace(serving, Suggestion.objects.filter(seeker=seeker), pairs, at=at)


def among_kept(seeker: Seeker, *, at: datetime) -> None:
    """Order anew what is kept for a seeker, as their answers have it now: at once, before the worker comes.

    Looks at the kept vacancies alone, so it needs no full engine; what could come in besides follows with the
    news, within seconds.
    """
    version = ModelVersion.objects.serving()
    if version is None:
        return
    kept = Vacancy.objects.filter(suggestions__seeker=seeker).values("pk")
    jobs = [records.job_of(row) for row in records.vacancies_to_match(localdate(at)).filter(pk__in=kept)]
    small = Engine(engine.learned(version).fill([], jobs), version, 0)
    _meet_vacancies(small, seeker, at=at)


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
