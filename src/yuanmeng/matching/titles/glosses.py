"""A Chinese title → the words another language has for it, by a word list that the caller brings.

    Glosses({"兽医": "veterinarian", "助理": "assistant"}).read("兽医助理")     "veterinarian assistant"

The title is cut into the fewest words that the list knows; equal cuts: the longest words. A word with an
empty gloss is known and says nothing; Latin letters and figures stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..text import normal

LONGEST = 6  # characters of a word
_ALONE, _UNKNOWN = 0.5, 1.5  # what one character costs beyond a word's 1: known, not known
_RUN = re.compile("[\u2e80-\U0003ffff]+|[^\u2e80-\U0003ffff]+")


class Glosses:
    """Read titles in another language."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def read(self, title: str) -> str:
        """What the list has for the title's words, one space between; "" where it knows none."""
        found = []
        for run in _RUN.findall(normal(title)):
            wide = run[0] >= "\u2e80"
            found += [self.words.get(word, "") for word in self.cut(run)] if wide else [run.strip()]
        return " ".join(gloss for gloss in found if gloss)

    def cut(self, run: str) -> Sequence[str]:
        """The words of a run of characters, which together are the run."""
        best: list[tuple[float, int, list[str]]] = [(0, 0, [])]
        for end in range(1, len(run) + 1):
            ways = []
            for start in range(max(end - LONGEST, 0), end):
                word, (cost, squares, before) = run[start:end], best[start]
                if len(word) > 1 and word not in self.words:
                    continue
                extra = 0 if len(word) > 1 else _ALONE if word in self.words else _UNKNOWN
                ways.append((cost + 1 + extra, squares - len(word) ** 2, [*before, word]))
            best.append(min(ways))
        return best[-1][2]
