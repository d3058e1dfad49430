"""Skills spotted in a text, from a curated list (data/reference/skills.json)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from yuanmeng.core.reference import reference


def skills_in(text: str, limit: int = 20) -> list[str]:
    """This will list the skills a text names, each once, in the order they stand there, at most `limit`.

    Case and width do not matter; a Latin word must stand alone (Java is not in JavaScript); of two words at
    one place the longer counts.
    """
    words = unicodedata.normalize("NFKC", text or "").upper()
    found = dict.fromkeys(_names()[match[0]] for match in _pattern().finditer(words))
    return list(found)[:limit]


def all_skills() -> list[str]:
    """This will list every skill we can spot, as shown."""
    return [skill for group in reference("skills")["groups"].values() for skill in group]


def never_learned() -> list[str]:
    """This will list what no course teaches: patience, diligence and their kin."""
    return list(reference("skills")["groups"]["soft"])


@cache
def _names() -> dict[str, str]:
    aliases: dict[str, str] = reference("skills")["aliases"]
    names = {skill.upper(): skill for skill in all_skills()}
    return names | {word.upper(): skill for word, skill in aliases.items()}


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(_names(), key=len, reverse=True)
    return re.compile("|".join(_alone(word) for word in words))


def _alone(word: str) -> str:
    """A word that begins or ends with a Latin letter may not continue there."""
    before = r"(?<![A-Z])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![A-Z+#])" if word[-1].isascii() and word[-1].isalnum() else ""
    return f"{before}{re.escape(word)}{after}"
