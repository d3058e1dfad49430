"""How often one may do a thing, counted for all workers together.

    SEARCHES = Limit("search", 30, timedelta(hours=1), _("You looked up many numbers …"))
    limits.spend(SEARCHES, user.actor_key, at=at)       # raises TooOften when the hour is used up
    Strides(PAGES).spend(address, at=at)                # the same for what happens at every request

A count begins with the first use and starts anew when its time is over. It stands in the database; while that
is away each process counts for itself: neither open nor shut.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Use

LONGEST = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many times in so long. `said` makes the sentence of the refusal from the minutes to wait."""

    name: str
    most: int
    per: timedelta
    said: Callable[[int], str]

    @property
    def allowed(self) -> int:
        """How many this install allows (YUANMENG_LIMITS); 0 lifts the limit."""
        return int(settings.LIMITS.get(self.name, self.most))


class TooOften(Refused):
    """This will be raised while somebody has to wait; `wait` is a timedelta."""

    code = "too_many"

    def __init__(self, limit: Limit, wait: timedelta) -> None:
        self.wait = min(max(wait, timedelta(seconds=1)), limit.per)
        super().__init__(limit.said(max(1, ceil(self.wait / timedelta(minutes=1)))))

    @property
    def seconds(self) -> int:
        """Return the wait as Retry-After says it."""
        return ceil(self.wait.total_seconds())


def spend(limit: Limit, who: str, *, at: datetime) -> None:
    """Count one use by `who`. Raises TooOften when no more are allowed; nothing is counted then.

    Inside a transaction the count lives and dies with it: what is refused later was no use.
    """
    if limit.allowed:
        _spend(_Uses(limit, who, 1, limit.allowed, at))


def forget_old(*, at: datetime) -> int:
    """Delete counts whose time is over and tell how many they were."""
    deleted, _rows = Use.objects.filter(since__lte=at - LONGEST).delete()
    return deleted


@dataclass(frozen=True)
class _Uses:
    """`many` uses at once, of `most` in the limit's time."""

    limit: Limit
    who: str
    many: int
    most: int
    at: datetime


def _spend(uses: _Uses) -> None:
    try:
        since = _count(uses)
    except OperationalError:
        since = _in_here.count(uses)
    if since is not None:
        raise TooOften(uses.limit, since + uses.limit.per - uses.at)


def _count(uses: _Uses) -> datetime | None:
    """None where it fitted, else since when the count runs. What is allowed stands in the WHERE."""
    rows, began = Use.objects.filter(limit=uses.limit.name, who=uses.who), uses.at - uses.limit.per
    running = rows.filter(since__gt=began, count__lte=uses.most - uses.many)
    # 1. Go on with a count that runs.
    if running.update(count=F("count") + uses.many):
        return None
    # 2. Begin the first, or start anew one that is over.
    since = rows.values_list("since", flat=True).first()
    if since is None and uses.many <= uses.most and _begin(uses):
        return None
    is_over = since is not None and since <= began
    if is_over and rows.filter(since__lte=began).update(since=uses.at, count=uses.many):
        return None
    # 3. Somebody else began at the same moment: theirs runs now.
    if (since is None or is_over) and running.update(count=F("count") + uses.many):
        return None
    return rows.values_list("since", flat=True).first() or uses.at


def _begin(uses: _Uses) -> bool:
    try:
        with transaction.atomic():
            Use.objects.create(limit=uses.limit.name, who=uses.who, since=uses.at, count=uses.many)
    except IntegrityError:
        return False
    return True


class _InHere:
    """The same counts in this process alone, for as long as the database is away."""

    def __init__(self, most_counts: int = 10_000) -> None:
        self.most_counts = most_counts
        self._counts: OrderedDict[tuple[str, str], tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def count(self, uses: _Uses) -> datetime | None:
        key, at = (uses.limit.name, uses.who), uses.at
        with self._lock:
            since, count = self._counts.pop(key, (at, 0))
            if since <= at - uses.limit.per:
                since, count = at, 0
            fits = count + uses.many <= uses.most
            self._counts[key] = (since, count + uses.many if fits else count)
            while len(self._counts) > self.most_counts:
                self._counts.popitem(last=False)
        return None if fits else since


_in_here = _InHere()


class Strides:
    """Counts what happens too often for a write each time: a process pays for a tenth at once, afterwards.

    So a reader of pages costs no write, a script is stopped by all processes together, and of W processes all
    but one may let a tenth more through.
    """

    def __init__(self, limit: Limit, most_names: int = 10_000) -> None:
        self.limit, self.most_names = limit, most_names
        # Name → (uses not yet paid for, shut until).
        self._steps: OrderedDict[str, tuple[int, datetime | None]] = OrderedDict()
        self._lock = Lock()

    def spend(self, who: str, *, at: datetime) -> None:
        """Count one use. Raises TooOften."""
        most = self.limit.allowed
        stride = max(1, most // 10)
        if not most or not self._is_due(who, stride, at):
            return
        try:
            _spend(_Uses(self.limit, who, stride, most - stride, at))
        except TooOften as refusal:
            self._note(who, 0, at + refusal.wait)
            raise

    def _is_due(self, who: str, stride: int, at: datetime) -> bool:
        unpaid, shut = self._steps.get(who, (0, None))
        if shut is not None and shut > at:
            raise TooOften(self.limit, shut - at)
        due = unpaid >= stride
        self._note(who, 1 if due else unpaid + 1, None)
        return due

    def _note(self, who: str, unpaid: int, shut: datetime | None) -> None:
        with self._lock:
            self._steps[who] = (unpaid, shut)
            self._steps.move_to_end(who)
            while len(self._steps) > self.most_names:
                self._steps.popitem(last=False)
