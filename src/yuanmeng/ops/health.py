"""Whether the house stands: the process, and everything it needs. Names and true or false, nothing else."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yuanmeng.core import guards
from yuanmeng.core.models import Bookmark, EventRow
from yuanmeng.ops import beat
from yuanmeng.ops.readers import READERS

LEAST_FREE = 0.02
OLDEST_NEWS = timedelta(minutes=5)
BEAT_WITHIN_S = 30
# A missing worker or slow news is said, but pages can be served meanwhile.
SERVING_NEEDS = ("database", "writable", "migrated", "guards", "keys", "disk")


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """This will answer as long as the process does."""
    return JsonResponse({"alive": True})


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """This will say what is ready; 503 while something that serving needs is missing."""
    facts = readiness()
    whole = all(facts[name] for name in SERVING_NEEDS)
    return JsonResponse({"ready": whole, **facts}, status=200 if whole else 503)


def readiness() -> dict[str, bool]:
    """This will ask each thing; one that raises is not ready. Costs a few milliseconds."""
    return {name: _holds(ask) for name, ask in ASKED.items()}


def _holds(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except (DatabaseError, OSError, ValueError):
        return False


def _reads() -> bool:
    return Bookmark.objects.count() >= 0


def _writes() -> bool:
    """Write a row and take it back, so that a full disk or a read-only store shows."""
    with transaction.atomic():
        Bookmark.objects.update_or_create(reader="ops.readiness", defaults={"row": int(time.time())})
        transaction.set_rollback(True)
    return True


_MIGRATED: set[str] = set()


def _is_migrated() -> bool:
    """Asked until it is true once: a process never goes back to an older schema."""
    name = str(connection.settings_dict["NAME"])
    if name not in _MIGRATED:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _MIGRATED.add(name)
    return True


def _is_guarded() -> bool:
    """Every append-only table has its trigger."""
    query = (
        "SELECT count(DISTINCT tgrelid) FROM pg_trigger WHERE tgname LIKE '%_written_once'"
        if connection.vendor == "postgresql"
        else "SELECT count(DISTINCT tbl_name) FROM sqlite_master WHERE type = 'trigger'"
        " AND (name LIKE '%_no_update' OR name LIKE '%_no_delete')"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return bool(cursor.fetchone()[0] >= len(guards.tables()))


def _has_keys() -> bool:
    return settings.KEYS.open(settings.KEYS.seal("x", about="readiness"), about="readiness") == "x"


def _has_room() -> bool:
    space = shutil.disk_usage(Path(settings.DATA_DIR))
    return space.free / space.total >= LEAST_FREE


def _news_is_fresh() -> bool:
    """No reader leaves news lying for more than five minutes."""
    before = timezone.now() - OLDEST_NEWS
    return not any(EventRow.objects.filter(pk=row.pk, at__lt=before).exists() for row in _next_rows())


def _next_rows() -> list[EventRow]:
    return [row for reader in READERS for row in reader.unread(limit=1)]


def _beats() -> bool:
    age = beat.age_s()
    return age is not None and age < BEAT_WITHIN_S


ASKED: dict[str, Callable[[], bool]] = {
    "database": _reads,
    "writable": _writes,
    "migrated": _is_migrated,
    "guards": _is_guarded,
    "keys": _has_keys,
    "disk": _has_room,
    "news": _news_is_fresh,
    "worker": _beats,
}
