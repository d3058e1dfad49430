"""The posting screen: what in an advertisement breaks which clause, where it stands, and how to say it
better.

Pure: text in, findings out. `find` reads words, `facts_missing` reads facts, `apply_suggestions` writes the
better words. It never decides: a block is held by the posting gate and lifted by a reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from .screen_fold import fold, quick, squeezed
from .screen_keys import announced, sentences_with
from .screen_patterns import PATTERNS, Hit, Patterns
from .screen_rules import RULES, Act, Rule, Words

__all__ = ["FIELDS", "RULES", "Finding", "apply_suggestions", "blocks", "facts_missing", "find", "made"]

FIELDS = ("title", "content", "requirements", "benefits", "hours", "education", "place")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a posting must not say, or fails to say.

    `start` and `end` count characters of the field as written (0, 0 for a gap). `wording` may replace the
    words found;
    "" means: simply leave them out; None: only the employer knows.
    """

    rule: str
    field: str
    start: int
    end: int
    text: str
    act: Act
    wording: str | None

    @property
    def label(self) -> Words:
        return RULES[self.rule].label

    @property
    def clause(self) -> Words:
        return RULES[self.rule].clause

    @property
    def suggestion(self) -> Words:
        return RULES[self.rule].advice

    @property
    def blocks(self) -> bool:
        return self.act == "block"


def find(
    *,
    title: str,
    content: str = "",
    requirements: str = "",
    benefits: str = "",
    hours: str = "",
    education: str = "",
    place: str = "",
) -> list[Finding]:
    """This will read the words of a posting and return what they break, in reading order.

    Matching folds width, case, blanks and common dodges; the spans point at the text as given. Cost: about
    40 µs for an innocent posting of 400 characters.
    """
    texts = zip(FIELDS, (title, content, requirements, benefits, hours, education, place), strict=True)
    return [finding for field, text in texts if text for finding in _read(field, text)]


def facts_missing(
    *,
    pay: bool,
    openings: bool,
    place: bool,
    content: bool,
    requirements: bool,
    valid_until: date | None,
    on: date,
    credential: bool = True,
    source: bool = True,
    agency: bool = True,
    mandate: bool = True,
) -> list[Finding]:
    """This will name the elements that are missing or have passed, in the order of the form.

    Each truth says "it is given". `credential`: the employer's verification holds on that day. `source`: a
    re-posted vacancy names its first publisher. `agency`, `mandate`: who posts for somebody else has valid
    papers and a mandate for that day.
    """
    missing = (
        ("openings_missing", "openings", not openings),
        ("content_missing", "content", not content),
        ("requirements_missing", "requirements", not requirements),
        ("place_missing", "place", not place),
        ("pay_missing", "pay", not pay),
        ("validity_missing", "valid_until", valid_until is None),
        ("expired", "valid_until", valid_until is not None and valid_until < on),
        ("source_missing", "source_publisher", not source),
        ("credential", "organisation", not credential),
        ("agency_licence", "organisation", not agency),
        ("mandate", "organisation", not mandate),
    )
    return [made(rule, field) for rule, field, is_missing in missing if is_missing]


def made(rule: str, field: str, text: str = "") -> Finding:
    """This will make a finding that no pattern found: a gap, or a contradiction that the import saw."""
    return Finding(rule, field, 0, len(text), text, RULES[rule].act, RULES[rule].wording)


def blocks(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.blocks]


def apply_suggestions(text: str, findings: Iterable[Finding]) -> str:
    """This will return `text` with the better words in place of what was found.

    `findings` must be those of this very text (one field). The same better words are written once; findings
    without wording, or whose text no longer stands where it stood, are left alone.
    """
    said: set[str] = set()
    pieces: list[str] = []
    last = 0
    for finding in sorted(findings, key=lambda f: f.start):
        if (
            finding.wording is None
            or finding.start < last
            or text[finding.start : finding.end] != finding.text
        ):
            continue
        words = "" if finding.wording in said else finding.wording
        said.add(words)
        last = _join(pieces, text, last, finding, words)
    return "".join([*pieces, text[last:]])


def _join(pieces: list[str], text: str, last: int, finding: Finding, words: str) -> int:
    """Write the words and, where nothing is left between two marks, drop one of them."""
    before, end = text[last : finding.start], finding.end
    pieces.append(before)
    pieces.append(words)
    so_far = "".join(pieces).rstrip()
    if not words and (not so_far or so_far[-1] in _MARKS) and text[end : end + 1] in _WEAK_MARKS:
        end += 1
    return end


_MARKS = "，,；;、。：:（(\n"
_WEAK_MARKS = tuple("，,；;、")


def _read(field: str, text: str) -> Iterator[Finding]:
    light = quick(text)
    tight = squeezed(light)
    guilty = [rule for rule in announced(tight) if any(_spans(PATTERNS[rule], light, tight))]
    if guilty:
        yield from _located(field, text, guilty)


def _located(field: str, text: str, rules: list[str]) -> Iterator[Finding]:
    """Only now, for the few texts with something in them, the slow folding that remembers positions."""
    spaced, tight = fold(text)
    found: list[Finding] = []
    for rule in rules:
        stretches = []
        for hit, start, end in _spans(PATTERNS[rule], spaced.text, tight.text):
            begin, stop = (spaced if hit.spaced else tight).span(start, end)
            stretches.append((begin, stop, hit.wording))
        found += [_finding(RULES[rule], field, text, *stretch) for stretch in _longest(stretches)]
    yield from sorted(found, key=lambda f: (f.start, -f.end))


def _spans(patterns: Patterns, spaced: str, tight: str) -> Iterator[tuple[Hit, int, int]]:
    """Where the hits of a rule stand, in the sentences that hold one of its keys, innocent neighbours left
    out."""
    for hits, text in ((patterns.tight_hits, tight), (patterns.spaced_hits, spaced)):
        for begin, stop in sentences_with(patterns, text) if hits else ():
            innocent = _innocent(patterns.innocent, text, begin, stop)
            for hit in hits:
                for match in hit.pattern.finditer(text, begin, stop):
                    start, end = _trimmed(match)
                    if start < end and (hit.sure or not any(a < end and start < b for a, b in innocent)):
                        yield hit, start, end


def _innocent(pattern: re.Pattern[str] | None, text: str, begin: int, stop: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.finditer(text, begin, stop)] if pattern else []


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    words = match.group()
    lead = len(words) - len(words.lstrip(_EDGE))
    tail = len(words) - len(words.rstrip(_EDGE))
    return match.start() + lead, match.end() - tail


_EDGE = " \n,;。、:()[]【】|/!."


def _longest(stretches: list[tuple[int, int, str | None]]) -> list[tuple[int, int, str | None]]:
    """Of overlapping stretches of one rule, the one that starts first, then the longest; touching ones
    become one."""
    kept: list[tuple[int, int, str | None]] = []
    for start, end, wording in sorted(stretches, key=lambda s: (s[0], -s[1])):
        if kept and start < kept[-1][1]:
            first, stop, words = kept[-1]
            kept[-1] = (first, max(stop, end), words if stop >= end else None)
        elif start < end:
            kept.append((start, end, wording))
    return kept


def _finding(rule: Rule, field: str, text: str, start: int, end: int, wording: str | None) -> Finding:
    better = rule.wording if wording is None else wording
    return Finding(rule.id, field, start, end, text[start:end], rule.act, better)
