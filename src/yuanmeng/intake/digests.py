"""Fingerprints of rows: the same words in full width or with other spaces give the same one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from yuanmeng.core.text import normal


def digest_of(*parts: str) -> str:
    """Return 32 hex characters for a list of words; their order counts."""
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()


def fingerprint(values: Iterable[Any]) -> str:
    """Return the fingerprint of what a row says, folded in one go: a row has thirty fields."""
    said = "\0".join([value if type(value) is str else repr(value) for value in values])
    return digest_of(normal(said))


@lru_cache(maxsize=50_000)
def normal_of(text: str) -> str:
    """Return the normal form; remembered, because firms, titles and districts repeat."""
    return normal(text)
