"""Understood rows as JSON and back: what lies between preview and commit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

Row = TypeVar("Row")

_DAYS = frozenset({"valid_from", "valid_until", "birth_on", "graduates_on", "registered_on", "licence_until"})


def written(row: Any) -> str:
    """Return a row as JSON; days become ISO text, codes plain words."""
    facts = {f.name: getattr(row, f.name) for f in fields(row)}
    return json.dumps(facts, ensure_ascii=False, default=_plain, separators=(",", ":"))


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def read(kind: type[Row], facts: Mapping[str, Any]) -> Row:
    """Return the row again, equal to what was written."""
    return kind(**{name: _value(name, value) for name, value in facts.items()})


def _value(name: str, value: Any) -> Any:
    if name in _DAYS and value is not None:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value
