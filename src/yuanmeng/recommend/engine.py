"""The engine in this process's memory: which model serves, filled with today's rows.

The worker holds a full one. A web process reads stored suggestions and needs the engine only to explain a
pair that was not stored: for that it holds what was learned, without anybody's record.
"""

from __future__ import annotations

import logging
import shutil
import threading
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from yuanmeng.core.models import Bookmark
from yuanmeng.matching import Matcher, ModelRefused
from yuanmeng.recommend import records
from yuanmeng.recommend.models import ModelVersion

log = logging.getLogger(__name__)
READER = "recommend.refresh"
KEPT_MODELS = 3


@dataclass
class Engine:
    """A matcher with the rows read up to the event `position`."""

    matcher: Matcher
    version: ModelVersion
    position: int


_lock = threading.Lock()
_held: Engine | None = None
_learned: tuple[str, Matcher] | None = None


def full(day: date) -> Engine | None:
    """This process's engine with the rows of now; None before anything was trained.

    Cheap when nothing happened: two look-ups. Filled anew when a newer model serves, or when another process
    has handled events meanwhile.
    """
    global _held
    version, position = ModelVersion.objects.order_by("made_at", "id").last(), read_so_far()
    with _lock:
        if version is None:
            _held = None
        elif _held is None or (_held.version.pk, _held.position) != (version.pk, position):
            _held = Engine(filled(learned(version), day), version, position)
        return _held


def hold(engine: Engine) -> None:
    """Take a freshly trained engine as this process's own."""
    global _held
    with _lock:
        _held = engine


def learned(version: ModelVersion | None) -> Matcher:
    """A matcher without records that learned what `version` did; unlearned when that cannot be read."""
    global _learned
    if version is None:
        return Matcher()
    if _learned is None or _learned[0] != version.uid:
        try:
            _learned = version.uid, Matcher.load(folder_of(version), records=False)
        except ModelRefused:
            log.exception("model %s cannot be read; serving the unlearned order", version)
            return Matcher()
    return _learned[1].emptied()


def filled(matcher: Matcher, day: date) -> Matcher:
    """The matcher with everybody and everything that may be matched on this day."""
    people = [records.person_of(row, day) for row in records.seekers_to_match().iterator(500)]
    jobs = [records.job_of(row) for row in records.vacancies_to_match(day).iterator(500)]
    return matcher.fill(people, jobs)


def read_so_far() -> int:
    """The event up to which the reader has read."""
    mark = Bookmark.objects.filter(reader=READER).first()
    return mark.row if mark else 0


def folder_of(version: ModelVersion) -> Path:
    """Where a model lies."""
    return Path(settings.DATA_DIR) / "models" / version.uid


def drop_old_models() -> None:
    """Keep the newest folders; rows stay, for they say which model made a suggestion."""
    for version in ModelVersion.objects.order_by("-made_at", "-id")[KEPT_MODELS:]:
        shutil.rmtree(folder_of(version), ignore_errors=True)


def serving(at: datetime) -> ModelVersion | None:
    """The model that served at this moment."""
    return ModelVersion.objects.filter(made_at__lte=at).order_by("made_at", "id").last()
