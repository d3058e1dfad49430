"""Words that stand on a public screen: plain, short, and nothing that turns or piles up letters."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from yuanmeng.core.errors import Refused
from yuanmeng.core.text import clean

MOST_MARKS = 2  # on one letter; piles of them cover the lines above
_TAG = re.compile(r"<\s*[/!?a-zA-Z][^<>]*>|<\s*(script|style|svg|img|iframe)\b", re.IGNORECASE)


def line(text: str, most: int, *, field: str) -> str:
    """This will be one line of plain text. Raises Refused: too long, or written for a browser."""
    return _fitting(_plain(text), most, field)


def paragraphs(text: str, most: int, *, field: str) -> str:
    """This will be plain text that keeps its line breaks, at most one empty line between two."""
    lines = [_plain(part) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _fitting(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), most, field)


def _fitting(text: str, most: int, field: str) -> str:
    if len(text) > most:
        words = _(
            "At most %(most)d characters fit on the screen; these are %(count)d. Please shorten the text."
        )
        raise Refused(words % {"most": most, "count": len(text)}, field=field, code="too_long")
    if _TAG.search(text):
        words = _("Screens show plain words only. Please leave out everything in angle brackets, like <b>.")
        raise Refused(words, field=field, code="not_plain")
    return text


def _plain(text: str) -> str:
    """Without direction and control characters, and no letter with more marks than a language needs."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", clean(text)):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if kind not in {"Cc", "Cs", "Co", "Cn"} and marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
