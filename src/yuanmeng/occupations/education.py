"""Education as a ladder: what "本科及以上" asks and what somebody has.

Ranks 1..9 (小学 3, 初中 4, 高中 and its equals 5, 大专 6, 本科 7, 硕士 8, 博士 9): project, for floors in
matching. Codes are GB/T 4658-2006 (to be checked). Table: data/reference/education.json.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache

from django.utils.translation import gettext_lazy as _

from yuanmeng.core.reference import reference


class Education(IntEnum):
    """A rung of the ladder; comparing two of them is the whole rule."""

    OTHER = 1
    PRIMARY = 3
    JUNIOR = 4
    SENIOR = 5
    COLLEGE = 6
    BACHELOR = 7
    MASTER = 8
    DOCTOR = 9


LABELS = {
    Education.OTHER: _("Other education"),
    Education.PRIMARY: _("Primary school"),
    Education.JUNIOR: _("Junior secondary school"),
    Education.SENIOR: _("Senior secondary or vocational school"),
    Education.COLLEGE: _("Junior college"),
    Education.BACHELOR: _("Bachelor's degree"),
    Education.MASTER: _("Master's degree"),
    Education.DOCTOR: _("Doctorate"),
}

NO_FLOOR_LABEL = _("No degree needed")
CHOICES = [(rank.value, LABELS[rank]) for rank in sorted(Education, reverse=True)]


class UnknownEducation(ValueError):
    """This will be raised for words that name no education at all."""


def education_of(text: str) -> Education | None:
    """This will read an education from a cell: the lowest rung named, None where there is no floor.

    "本科及以上" → BACHELOR; "大专/本科" → COLLEGE (either will do); "学历不限" and an empty cell → None.
    Raises UnknownEducation for words of another column ("1年经验").
    """
    words = unicodedata.normalize("NFKC", text or "").strip().upper()
    if not words or words in _no_floor():
        return None
    found = _named(words)
    if found:
        return min(found)
    if any(word in words for word in _no_floor() if len(word) > 1):
        return None
    raise UnknownEducation(text)


def education_of_code(gb4658: str) -> Education | None:
    """This will turn a GB/T 4658 code into a rung; None for a code we do not hold."""
    return _codes().get(gb4658)


def code_of(rank: int) -> str:
    """This will give the first GB/T 4658 code of a rung, for exports."""
    return next(row["gb4658"][0] for row in reference("education")["items"] if row["rank"] == rank)


def label(rank: int | None) -> str:
    """This will name a rung in the reader's language; None reads as no degree needed."""
    return str(NO_FLOOR_LABEL if rank is None else LABELS[Education(rank)])


def _named(words: str) -> set[Education]:
    """Every rung named; a longer word hides the shorter one inside it (大学专科 is no 大学)."""
    found: set[Education] = set()
    for word, rank in _words():
        if word in words:
            found.add(rank)
            words = words.replace(word, "·")
    return found


@cache
def _words() -> list[tuple[str, Education]]:
    rows = reference("education")["items"]
    pairs = [(word.upper(), Education(row["rank"])) for row in rows for word in row["words"]]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@cache
def _codes() -> dict[str, Education]:
    return {c: Education(row["rank"]) for row in reference("education")["items"] for c in row["gb4658"]}


@cache
def _no_floor() -> frozenset[str]:
    return frozenset(reference("education")["no_floor_words"])
