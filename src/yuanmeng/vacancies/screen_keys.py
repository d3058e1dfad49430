"""Which rules a posting can touch at all: the cheap look that lets thousands of postings a second through.

Nine postings in ten announce no rule. Their letters are looked at once, in pairs; only the sentences that
hold the key of a rule are read with its patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .screen_patterns import PATTERNS, Patterns


def announced(text: str) -> list[str]:
    """This will return the rules of which a key may stand in the folded text, in the order of the rules."""
    pairs = set(pairwise(text))
    has = text.__contains__
    return [
        rule
        for rule, ends in _ENDS.items()
        if not ends.isdisjoint(pairs) or any(map(has, _SINGLES[rule])) or _probed(PATTERNS[rule], text)
    ]


def sentences_with(patterns: Patterns, text: str) -> Iterator[tuple[int, int]]:
    """This will yield the spans of the sentences in which a key of the rule stands."""
    for sentence in _SENTENCE.finditer(text):
        words = sentence.group()
        has = words.__contains__
        if (
            any(map(has, patterns.keys))
            or any(has(one) and has(other) for one, other in patterns.pairs)
            or _probed(patterns, words)
        ):
            yield sentence.span()


def _probed(patterns: Patterns, text: str) -> bool:
    return patterns.probe is not None and patterns.probe.search(text) is not None


# No pattern reaches across these marks.
_SENTENCE = re.compile(r"[^。;!?\n]+")


def _keys(patterns: Patterns) -> list[str]:
    return [*patterns.keys, *(rarer for rarer, _word in patterns.pairs)]


def _is_single(key: str) -> bool:
    """Looked for as it is: one letter, or a Latin end, whose pair of letters would be in every posting."""
    return len(key) == 1 or key[-2:].isascii()


def _pair(key: str) -> tuple[str, str]:
    ends = key[-2], key[-1]
    return ends if ends not in _EVERYDAY else (key[0], key[1])


# Pairs of letters that nearly every posting has.
_EVERYDAY = frozenset(
    {("学", "历"), ("要", "求"), ("优", "先"), ("就", "业"), ("基", "础"), ("保", "证"), ("关", "系")}
)

# Two letters, mostly the last, of each key; a posting without them does not hold the key.
_ENDS = {
    rule: frozenset(_pair(key) for key in _keys(patterns) if not _is_single(key))
    for rule, patterns in PATTERNS.items()
}
_SINGLES = {rule: tuple(filter(_is_single, _keys(patterns))) for rule, patterns in PATTERNS.items()}
