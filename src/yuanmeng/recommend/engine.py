"""The engine in this process's memory: which model serves, filled with today's rows.

The worker holds a full one. A web process reads stored suggestions and needs the engine only to explain a
pair that was not stored: for that it holds what was learned, without anybody's record.
"""

from __future__ import annotations

import logging
import shutil
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from yuanmeng.core.models import Bookmark
from yuanmeng.matching import Job, Matcher, ModelRefused, Person
from yuanmeng.recommend import choices, leaning, records
from yuanmeng.recommend.models import ModelVersion

log = logging.getLogger(__name__)
READER = "recommend.refresh"
KEPT_MODELS = 5
Rows = tuple[list[Person], list[Job]]


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
    version, position = ModelVersion.objects.serving(), read_so_far()
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
    """A matcher without records that learned what `version` did.

    Where that cannot be read, the last good one before it serves; where none can, the unlearned order.
    """
    global _learned
    if version is None:
        return Matcher()
    if _learned is None or _learned[0] != version.uid:
        found = condition(version)
        if found.fault:
            log.error("model %s cannot be read (%s); serving %s", version, found.fault, found.instead)
        if found.matcher is None:
            return Matcher()
        _learned = version.uid, found.matcher
    return _learned[1].emptied()


@dataclass(frozen=True)
class Condition:
    """How it stands with a model: whole, or replaced by an older one (None: by the unlearned order)."""

    matcher: Matcher | None
    fault: str = ""
    instead: ModelVersion | None = None


def condition(version: ModelVersion) -> Condition:
    """Read a model; when that fails, the newest one before it that can be read."""
    try:
        return Condition(Matcher.load(folder_of(version), records=False))
    except ModelRefused as refusal:
        fault = str(refusal)
    older = ModelVersion.objects.good().filter(made_at__lt=version.made_at).newest_first()
    for row in older[:KEPT_MODELS]:
        try:
            return Condition(Matcher.load(folder_of(row), records=False), fault, row)
        except ModelRefused:
            continue
    return Condition(None, fault)


def is_kept(version: ModelVersion) -> bool:
    """Whether its folder is still here, to serve again."""
    return (folder_of(version) / "manifest.json").is_file()


def forget_learned() -> None:
    """Read the serving model anew at the next question: another one serves now."""
    global _learned, _held
    with _lock:
        _learned = _held = None


def filled(matcher: Matcher, day: date) -> Matcher:
    """The matcher with everybody and everything that may be matched on this day."""
    return matcher.fill(*rows_of(day))


def rows_of(day: date) -> Rows:
    """Everybody, with what they chose and the limits their answers draw, and all to be matched today."""
    leanings, chosen = leaning.of_seekers(None, day), choices.of_seekers(None, day)
    seekers = (records.person_of(row, day) for row in records.seekers_to_match().iterator(500))
    people = [leanings.get(person.id, leaning.NONE).of(chosen.on(person)) for person in seekers]
    return people, [records.job_of(row) for row in records.vacancies_to_match(day).iterator(500)]


def read_so_far() -> int:
    """The event up to which the reader has read."""
    mark = Bookmark.objects.filter(reader=READER).first()
    return mark.row if mark else 0


def folder_of(version: ModelVersion) -> Path:
    """Where a model lies."""
    return Path(settings.DATA_DIR) / "models" / version.uid


def drop_old_models() -> None:
    """Keep the newest good folders and the serving one. Rows stay: they say which model made a suggestion."""
    serving = ModelVersion.objects.serving()
    for version in ModelVersion.objects.good().newest_first()[KEPT_MODELS:]:
        if version != serving:
            shutil.rmtree(folder_of(version), ignore_errors=True)
