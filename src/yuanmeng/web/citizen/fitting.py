"""What the house knows about one visitor and one vacancy: applied already, suits, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from yuanmeng.applications.models import Application
from yuanmeng.recommend import words
from yuanmeng.web.citizen.chips import wants_recommendations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from yuanmeng.organisations.viewer import Viewer
    from yuanmeng.seekers.models import Seeker
    from yuanmeng.vacancies.models import Vacancy


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
