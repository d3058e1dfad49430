"""What is done once a day, and when; after a gap only today's run matters, so nothing is made up for."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from yuanmeng.core import audit, limits, topics
from yuanmeng.core.models import IdempotencyKey
from yuanmeng.intake.models import BatchRow
from yuanmeng.ops import anchors, logs
from yuanmeng.ops.models import DutyRun
from yuanmeng.people import codes, throttle
from yuanmeng.people.sessions import SessionStore
from yuanmeng.recommend import batching, impressions
from yuanmeng.signage import forgetting

log = logging.getLogger(__name__)
# A second tap gets the first one's answer for a day; a file can be taken back with its words for 90 days.
KEEP_KEYS, KEEP_IMPORTED_WORDS = timedelta(days=1), timedelta(days=90)


@dataclass(frozen=True)
class Duty:
    """A name, the local time from which it is due, and what is done (its answer is kept as JSON)."""

    name: str
    due_from: time
    do: Callable[[datetime], object]


def run_due(at: datetime) -> list[str]:
    """This will do what is due today and not yet done, and name it. Two workers never do one duty twice."""
    local = timezone.localtime(at)
    return [duty.name for duty in DUTIES if local.time() >= duty.due_from and _run_once(duty, at)]


def count_as_done(name: str, at: datetime) -> None:
    """This will note that a duty was done by hand today, so that the clock leaves it."""
    DutyRun.objects.get_or_create(
        duty=name,
        local_date=timezone.localdate(at),
        defaults={"began_at": at, "ended_at": at, "result": "by hand"},
    )


def _run_once(duty: Duty, at: datetime) -> bool:
    day = timezone.localdate(at)
    if DutyRun.objects.filter(duty=duty.name, local_date=day).exists():
        return False
    try:
        with transaction.atomic():
            run = DutyRun.objects.create(duty=duty.name, local_date=day, began_at=at)
    except IntegrityError:
        return False
    run.result = _result(duty, at)
    run.ended_at = timezone.now()
    run.save(update_fields=["result", "ended_at"])
    return True


def _result(duty: Duty, at: datetime) -> str:
    try:
        return json.dumps(duty.do(at), default=str, ensure_ascii=False)[:300]
    except Exception as failure:
        log.exception("duty %s failed", duty.name)
        return f"failed: {type(failure).__name__}"


def _train(at: datetime) -> object:
    """Learn from yesterday's answers and rank everybody anew, beside the worker: news does not wait."""
    _children[:] = [child for child in _children if child.poll() is None]
    _children.append(subprocess.Popen([sys.executable, "-m", "yuanmeng.ops.cli", "train"]))
    return "started"


_children: list[subprocess.Popen[bytes]] = []


def _optimise(at: datetime) -> object:
    """Let SQLite refresh the figures its planner goes by."""
    if connection.vendor != "sqlite":
        return "not needed"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA optimize")
    return "done"


def _forget_traces(at: datetime) -> object:
    """Let go of what only the last hours needed: tries, codes, counts, form keys, sessions that are over."""
    SessionStore.clear_expired()
    keys, _rows = IdempotencyKey.objects.filter(at__lte=at - KEEP_KEYS).delete()
    return {
        "failures": throttle.forget_old(at=at),
        "codes": codes.forget_old(at=at),
        "counts": limits.forget_old(at=at),
        "keys": keys,
        "shards": batching.forget_left_over(at=at),
    }


def _forget_imported_words(at: datetime) -> object:
    """Let go of what the rows of old files said; line, reason and outcome stay."""
    return {"rows": BatchRow.objects.forget_words(made_before=at - KEEP_IMPORTED_WORDS)}


def _forget_hints(at: datetime) -> object:
    """Let go of hints to browsers that no browser will ask for any more."""
    return {"rows": topics.forget_old(at=at)}


def _forget_impressions(at: datetime) -> object:
    """Let go of who was shown what more than half a year ago."""
    return {"rows": impressions.forget_old(at=at)}


def _forget_screens(at: datetime) -> object:
    """Let go of what screens were given and said more than 90 days ago; proofs of play stay."""
    return forgetting.forget_old(at=at)


def _anchor(at: datetime) -> object:
    """Walk the audit chain and write its end down outside the database; a broken chain gets no new anchor."""
    flaw = audit.verify(anchors.read(anchors.folder()))
    if flaw is not None:
        log.error("the audit chain is broken at %s: %s", flaw.seq, flaw.kind)
        return {"broken": flaw.seq, "kind": flaw.kind}
    seq, _hash = anchors.write(at)
    return {"anchored": seq}


def _sort_logs(at: datetime) -> object:
    """Press the log files of the past days together and let go of those older than half a year."""
    return logs.sort(timezone.localdate(at))


DUTIES = (
    Duty("audit.anchor", time(0, 10), _anchor),
    Duty("logs.sort", time(0, 20), _sort_logs),
    Duty("recommend.train", time(3, 30), _train),
    Duty("database.optimise", time(4, 10), _optimise),
    Duty("traces.forget", time(4, 20), _forget_traces),
    Duty("imports.forget", time(4, 30), _forget_imported_words),
    Duty("impressions.forget", time(4, 40), _forget_impressions),
    Duty("screens.forget", time(4, 50), _forget_screens),
    Duty("topics.forget", time(5, 0), _forget_hints),
)
