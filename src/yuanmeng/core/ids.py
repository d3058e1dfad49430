"""Random names of rows: they go into addresses and exports, counted keys never do."""

from __future__ import annotations

import uuid


def new_uid() -> str:
    """Return 32 hex characters nobody can guess."""
    return uuid.uuid4().hex
