"""What the house knows about one visitor and one vacancy: applied already, suits, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yuanmeng.applications.models import Application
from yuanmeng.recommend import door, words
from yuanmeng.web.citizen.chips import wants_recommendations

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from yuanmeng.organisations.viewer import Viewer
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.vacancies.models import Vacancy
    from yuanmeng.web.shared.door import HouseRequest


def seeker_of(viewer: Viewer) -> Seeker | None:
    """This will be the visitor's registration, or None."""
    return getattr(viewer.person, "seeker", None)


def live_application(viewer: Viewer, vacancy: Vacancy) -> Application | None:
    """This will be the visitor's own open application for this vacancy."""
    seeker = seeker_of(viewer)
    if seeker is None:
        return None
    return Application.objects.still_open().filter(seeker=seeker, vacancy=vacancy).first()


def scores(viewer: Viewer, *, at: datetime) -> Mapping[int, float] | None:
    """This will be how well vacancies fit, by key; None for whoever did not ask to be known."""
    seeker = seeker_of(viewer)
    if seeker is None or not wants_recommendations(viewer):
        return None
    return dict(seeker.suggestions.live_on(timezone.localdate(at)).values_list("vacancy", "score"))


def reasons(viewer: Viewer, vacancy: Vacancy) -> list[str]:
    """This will say why the vacancy was suggested to the visitor; nothing with recommendations off."""
    seeker = seeker_of(viewer)
    if seeker is None or not wants_recommendations(viewer):
        return []
    kept = seeker.suggestions.filter(vacancy=vacancy).first()
    return words.sentences(kept.reasons, "person") if kept is not None else []


def steps(viewer: Viewer, vacancy: Vacancy, *, at: datetime) -> list[str]:
    """This will say what would bring the vacancy nearer to the visitor; nothing with recommendations off."""
    seeker = seeker_of(viewer)
    if seeker is None or not wants_recommendations(viewer):
        return []
    return door.steps(seeker, vacancy, at=at)


def kept_by(request: HouseRequest) -> Collection[int] | None:
    """This will be the keys of what the visitor keeps, asked for once a page; None without a registration."""
    if not hasattr(request, "kept"):
        seeker = seeker_of(request.viewer)
        keys = set(seeker.favourites.values_list("vacancy", flat=True)) if seeker is not None else None
        request.kept = keys  # type: ignore[attr-defined]
    kept: Collection[int] | None = request.kept  # type: ignore[attr-defined]
    return kept
