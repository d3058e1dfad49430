"""Ranked pairs → rows of Suggestion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yuanmeng.matching import Pair
from yuanmeng.recommend.models import ModelVersion, Suggestion
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Vacancy

UPDATED = ["score", "reasons", "model_version", "made_at"]


@dataclass(frozen=True)
class Keys:
    """uid → primary key of the rows that pairs may name; a pair whose row went meanwhile is dropped."""

    seekers: Mapping[str, int]
    vacancies: Mapping[str, int]

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> Keys:
        """Look up the rows that these pairs name."""
        pairs = list(pairs)
        seekers = Seeker.objects.filter(uid__in={pair.person for pair in pairs})
        vacancies = Vacancy.objects.filter(uid__in={pair.job for pair in pairs})
        return cls(dict(seekers.values_list("uid", "pk")), dict(vacancies.values_list("uid", "pk")))


def keep(
    pairs: Iterable[Pair], version: ModelVersion, *, at: datetime, keys: Keys | None = None
) -> set[tuple[int, int]]:
    """Write pairs down, each once; a pair that stands is brought up to date and keeps its answer.

    Returns the (seeker, vacancy) keys written.
    """
    pairs = list(pairs)
    keys = keys or Keys.of(pairs)
    rows = [
        Suggestion(
            seeker_id=keys.seekers[pair.person], vacancy_id=keys.vacancies[pair.job],
            score=round(pair.score, 6), reasons=plain(pair), model_version=version, made_at=at,
        )
        for pair in {(pair.person, pair.job): pair for pair in pairs}.values()
        if pair.person in keys.seekers and pair.job in keys.vacancies
    ]  # fmt: skip
    Suggestion.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["seeker", "vacancy"],
        update_fields=UPDATED,
    )
    return {(row.seeker_id, row.vacancy_id) for row in rows}


def plain(pair: Pair) -> list[dict[str, Any]]:
    """The reasons of a pair as JSON."""
    return [
        {"kind": reason.kind, "facts": dict(reason.facts), "contribution": round(reason.contribution, 6)}
        for reason in pair.reasons
    ]
