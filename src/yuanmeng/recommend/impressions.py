"""Who was shown what, at which place of which list: written once, kept half a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from yuanmeng.recommend.models import Impression, PassedOver, Suggestion
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

KEEP = timedelta(days=180)


def note(rows: Sequence[Suggestion], where: str, *, at: datetime) -> None:
    """Write down what somebody was shown for the first time in this list, with its place from 1.

    A list looked at again costs one look-up and writes nothing.
    """
    known = set(
        Impression.objects.filter(seeker=rows[0].seeker, where=where).values_list("vacancy", flat=True)
    )
    new = [
        Impression(
            seeker_id=row.seeker_id, vacancy_id=row.vacancy_id, where=where, position=place, at=at,
            model_version_id=row.model_version_id,
        )
        for place, row in enumerate(rows, 1)
        if row.vacancy_id not in known
    ]  # fmt: skip
    if new:
        Impression.objects.bulk_create(new, ignore_conflicts=True)


def note_opened(seeker: Seeker, vacancy: Vacancy, *, at: datetime) -> None:
    """Write down the first time somebody opened what they were shown; nothing where it was not shown."""
    if seeker.recommendations_on:
        Impression.objects.filter(seeker=seeker, vacancy=vacancy, opened_at=None).update(opened_at=at)


def forget_old(*, at: datetime) -> int:
    """Let go of what is older than half a year, employers' refusals included; return how many rows."""
    old = {"at__lte": at - KEEP}
    return sum(rows.filter(**old).delete()[0] for rows in (Impression.objects, PassedOver.objects))


def forget(seeker: Seeker) -> None:
    """Let go of all that was made of a person, answers included: lists, labels and leaning."""
    PassedOver.objects.filter(seeker=seeker).delete()
    Impression.objects.filter(seeker=seeker).delete()
    Suggestion.objects.filter(seeker=seeker).delete()


def of_seeker(seeker: Seeker) -> list[dict[str, Any]]:
    """What somebody was shown, for their own archive."""
    rows = Impression.objects.filter(seeker=seeker).order_by("at", "id")
    return [dict(row) for row in rows.values("vacancy__title", "where", "position", "at", "opened_at")]


def passed_over(seeker: Seeker) -> list[str]:
    """Why employers said "not for us" of somebody, for their own archive; not who, nor for which vacancy."""
    return sorted(PassedOver.objects.filter(seeker=seeker).values_list("reason", flat=True))
