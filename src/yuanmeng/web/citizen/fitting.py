"""What the house knows about one visitor and one vacancy: applied already, suits, or nothing at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yuanmeng.applications.models import Application
from yuanmeng.web.citizen.chips import wants_recommendations

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def scores(viewer: Viewer) -> Mapping[int, float] | None:
    """This will be how well vacancies fit, by key; None for whoever did not ask to be known."""
    if not wants_recommendations(viewer):
        return None
    return None


def of(viewer: Viewer, vacancy: Vacancy) -> Any:
    """This will be the stored suggestion with its reasons; None without one, or with recommendations off."""
    if not wants_recommendations(viewer):
        return None
    return None


def suggestions_for(seeker: Seeker, *, at: Any) -> list[Any]:
    """This will be the stored suggestions for a seeker, best first."""
    return []


def answer(seeker: Seeker, uid: str, answer: str, reason: str, *, at: Any) -> None:
    """This will keep an answer to a suggestion."""
