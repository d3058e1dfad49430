"""Fingerprints of rows: the same words in full width or with other spaces give the same one."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from yuanmeng.core.text import normal


def digest_of(*parts: str) -> str:
    """Return 32 hex characters for a list of words; their order counts."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def folded(value: Any) -> str:
    """Return a value as the fingerprint sees it."""
    return normal_of(value) if isinstance(value, str) else repr(value)


@lru_cache(maxsize=50_000)
def normal_of(text: str) -> str:
    """Return the normal form; remembered, because firms, titles and districts repeat."""
    return normal(text)
