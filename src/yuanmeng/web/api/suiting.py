"""What fits the one who asks: only for oneself, only while one wants it."""

from collections.abc import Mapping
from typing import Any

from yuanmeng.recommend.models import Suggestion
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.search import Sort, VacancyQuery

MOST = 500


def scores_for(viewer: Any, query: VacancyQuery, *, at: Any) -> Mapping[int, float] | None:
    """This will score vacancies for the seeker who asks for what fits best; None for everybody else."""
    seeker = seeker_of(viewer) if query.sort == Sort.MATCH else None
    if seeker is None or not seeker.recommendations_on:
        return None
    rows = Suggestion.objects.filter(seeker=seeker).best_first()
    return dict(rows.values_list("vacancy_id", "score")[:MOST])


def seeker_of(viewer: Any) -> Seeker | None:
    """This will be the registration of the one who asks, or None."""
    if viewer.person is None:
        return None
    return Seeker.objects.select_related("person").filter(person=viewer.person).first()
