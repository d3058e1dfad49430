"""What people write about themselves in one line, taken apart: skills, papers, occupations wanted."""

from __future__ import annotations

import re

from yuanmeng.occupations import classify

MOST_OCCUPATIONS = 3
_BETWEEN = re.compile(r"[,，、;；\n]+")
_BETWEEN_WORDS = re.compile(r"[,，、;；\s]+")


def parts(text: str, *, by_space: bool = False) -> list[str]:
    """This will take "保洁、厨房帮工" apart, each part once, in the order written."""
    pieces = (_BETWEEN_WORDS if by_space else _BETWEEN).split(text)
    return list(dict.fromkeys(piece.strip() for piece in pieces if piece.strip()))


def occupations_in(wanted: str) -> list[str]:
    """This will name the occupations meant by the words of a wish: at most three, as codes."""
    codes = [classify.occupation_of(part) for part in parts(wanted, by_space=True)]
    return list(dict.fromkeys(code for code in codes if code))[:MOST_OCCUPATIONS]
