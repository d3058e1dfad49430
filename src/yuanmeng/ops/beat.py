"""The worker's heartbeat: a file it touches. A row each second would be a synced write each second."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings


def touch() -> None:
    """This will note that the worker is alive."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def age_s() -> float | None:
    """This will tell how many seconds ago the worker was alive; None when it never was."""
    try:
        return max(0.0, time.time() - _path().stat().st_mtime)
    except FileNotFoundError:
        return None


def _path() -> Path:
    return Path(settings.DATA_DIR) / "tmp" / "worker.beat"
