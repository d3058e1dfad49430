"""The deep lists of a build made in shards, here or on many machines; lists are exchanged in the house.

    night = Night(folder, workers="ray", address="10.0.0.5:6379")
    match(night, at=now)                 # the serving model, everybody, all lists
    train(at=now, deep=night)            # the same at the end of a build

What lies in the folder meanwhile are the records of `records` (the allow-list), the model without anybody in
it, and shards of (person, vacancy, place, score). Reasons, prices, what a no says of single vacancies, and
the people of a vacancy are made where the database is. Whoever weighs features their own way, because of a
no, is not given out at all: their lists are made here.
"""

from __future__ import annotations

import errno
import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Bookmark, EventRow
from yuanmeng.matching import Matcher, batch
from yuanmeng.matching.batch import SHARD_ROWS, BatchRefused, Progress, Result, Workers
from yuanmeng.matching.kernel import BackendMissing
from yuanmeng.matching.kernels.compiled import need
from yuanmeng.recommend import build, engine
from yuanmeng.recommend.engine import READER, Engine
from yuanmeng.recommend.models import KEPT_PER_SEEKER, ModelVersion
from yuanmeng.recommend.tilt import DEPTH, Deep, Tilt

FOLDER = "yuanmeng-match"  # made inside the folder named, so that only what is ours is ever deleted
RECORDS = ("people.parquet", "jobs.parquet")
LEFT_OVER = timedelta(days=1)
BYTES_PERSON, BYTES_JOB, BYTES_PAIR, BYTES_MODEL = 2_000, 6_000, 80, 64 * 2**20  # on the disk, at most


class Busy(Refused):
    """Another build or match is under way."""

    code = "busy"


@dataclass
class Night:
    """A source of deep lists for `build.rank_all`. ``result`` says afterwards how many shards were made."""

    base: Path
    workers: Workers = "local"
    address: str = ""  # of a Ray that runs already; empty: one is started on this machine
    shard_rows: int = SHARD_ROWS
    k: int = DEPTH
    fresh: bool = False  # make all shards, those too that an earlier run left
    keep: bool = False  # leave the folder as it is at the end
    progress: Progress | None = None
    result: Result | None = None

    @property
    def folder(self) -> Path:
        """Where records, model and shards lie meanwhile."""
        return self.base / FOLDER

    def prepare(self) -> None:
        """Refuse now what would fail later: numbers, packages, the folder. Raises Refused."""
        if not KEPT_PER_SEEKER <= self.k <= DEPTH:
            least_most = {"least": KEPT_PER_SEEKER, "most": DEPTH}
            raise Refused(_("A list may be %(least)d to %(most)d deep.") % least_most)
        if self.shard_rows < 1:
            raise Refused(_("A shard holds at least one person."))
        with _in_words(self.folder):
            need("pyarrow", "batch")
            if self.workers == "ray":
                need("ray", "batch")
            if self.fresh and not self.folder.is_symlink():
                self._clear()
            _private(self.folder)

    def __call__(self, matcher: Matcher, moved: Tilt, people: list[str], day: date) -> list[Deep]:
        """1. records and model go into the folder  2. shards are made  3. lists are read, moved by answers.

        Afterwards the folder is gone; when something fails the shards stay, for the next run to go on from,
        and the records do not. Raises Refused.
        """
        self.prepare()
        given = [person for person in people if not moved.of(person).weights]
        found: dict[str, Deep] = {}
        try:
            if given and len(matcher.town.jobs):
                with _in_words(self.folder):
                    self._write(matcher, given)
                    found = self._matched(day)
        finally:
            if not self.keep:
                self._forget_records()
        if not self.keep:
            self._clear()
        ours = set(people) - set(given)
        return [
            moved.deep(matcher, person, day, k=self.k)
            if person in ours
            else moved.lowered(matcher, person, found.get(person, []))
            for person in people
        ]

    def _write(self, matcher: Matcher, people: list[str]) -> None:
        """In the order of their ids, so that the same rows make the same shards."""
        town = matcher.town
        _need_room(self.folder, len(people), len(town.jobs), self.k)
        crowd = [town.people.record(town.people.slot[uid]) for uid in people]
        offers = [town.jobs.record(town.jobs.slot[uid]) for uid in sorted(town.jobs.slot)]
        batch.write_records(self.folder / RECORDS[0], crowd)
        batch.write_records(self.folder / RECORDS[1], offers)
        matcher.emptied().fill([], []).save(self.folder / "model")

    def _matched(self, day: date) -> dict[str, Deep]:
        people, jobs = (self.folder / name for name in RECORDS)
        self.result = batch.match_everybody(
            people, jobs, self.folder / "model", self.folder, self.k, day=day, workers=self.workers,
            shard_rows=self.shard_rows, address=self.address, progress=self.progress,
        )  # fmt: skip
        return dict(batch.lists(self.result.paths))

    def _forget_records(self) -> None:
        for name in RECORDS:
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / "model", ignore_errors=True)

    def _clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def match(night: Night, *, at: datetime, progress: build.Progress | None = None) -> dict[str, Any]:
    """Make all lists anew with the model that serves, the deep ones by `night`.

    Returns how evenly they show vacancies. News told while this runs is handled again by the next
    `refresh.catch_up`: this may take hours, and the day goes on. Raises Refused.
    """
    version = ModelVersion.objects.serving()
    if version is None:
        raise Refused(_("There is no model yet. `yuanmeng train` makes the first one."))
    night.prepare()
    newest, day = EventRow.objects.order_by("xid", "id").last(), localdate(at)
    serving = Engine(engine.filled(engine.learned(version), day), version, 0)
    figures = build.rank_all(serving, at=at, progress=progress, deep=_while_it_serves(version, night))
    _read_again_after(newest)
    return figures


def _read_again_after(newest: EventRow | None) -> None:
    """Set the bookmark back to what the rows we matched were read after; None: there was no news yet."""
    if newest is None:
        Bookmark.objects.filter(reader=READER).delete()
    else:
        events.mark_read(READER, newest)


def _while_it_serves(version: ModelVersion, night: Night) -> build.Source:
    """The lists of a model that was replaced meanwhile must not take the place of newer ones."""

    def deep(matcher: Matcher, moved: Tilt, people: list[str], day: date) -> list[Deep]:
        found = night(matcher, moved, people, day)
        if ModelVersion.objects.serving() != version:
            raise Refused(_("Another model serves since. Nothing was exchanged; please match again."))
        return found

    return deep


@contextmanager
def alone() -> Iterator[None]:
    """Hold the one place of whoever makes all lists anew. Raises Busy; a process that dies gives it back."""
    path = default_base() / "match.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as why:
            raise Busy(_("All lists are being made anew already. Please wait until that is done.")) from why
        yield


def default_base() -> Path:
    """Where the folder is made when no other place is named."""
    return Path(settings.DATA_DIR) / "tmp"


def forget_left_over(*, at: datetime) -> bool:
    """Let go of what a run that was killed left in the data folder a day ago; whether there was something."""
    folder = default_base() / FOLDER
    if not folder.is_dir() or folder.stat().st_mtime > (at - LEFT_OVER).timestamp():
        return False
    try:
        with alone():
            shutil.rmtree(folder, ignore_errors=True)
    except Busy:
        return False
    return True


def _private(folder: Path) -> None:
    """A folder for its owner alone, not a link to another place."""
    if folder.is_symlink():
        raise Refused(_("%(folder)s is a link to another place.") % {"folder": folder})
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def _need_room(folder: Path, people: int, jobs: int, k: int) -> None:
    wanted = BYTES_MODEL + people * (BYTES_PERSON + k * BYTES_PAIR) + jobs * BYTES_JOB
    free = shutil.disk_usage(folder).free
    if free < wanted:
        sizes = {"folder": folder, "wanted": -(-wanted // 2**20), "free": free // 2**20}
        raise Refused(
            _("%(folder)s needs room for %(wanted)d MB, and there are %(free)d MB. Name another with --out.")
            % sizes
        )


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    """What goes wrong with packages, files and machines, as a sentence for whoever runs the install."""

    def words(why: BaseException) -> dict[str, object]:
        return {"folder": folder, "why": (str(why).strip() or type(why).__name__).splitlines()[-1]}

    try:
        yield
    except BackendMissing as why:
        raise Refused(
            _("This needs a package that is not installed: %(why)s") % words(why), code="missing"
        ) from why
    except BatchRefused as why:
        raise Refused(_("It could not be matched: %(why)s") % words(why)) from why
    except OSError as why:
        if why.errno == errno.ENOSPC:
            raise Refused(_("The disk of %(folder)s is full. Name another with --out.") % words(why)) from why
        raise Refused(
            _("%(folder)s cannot be read and written by everyone who takes part: %(why)s") % words(why)
        ) from why
