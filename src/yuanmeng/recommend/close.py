"""Vacancies whose work is close to what somebody typed, where few or none say it in those words.

1. at night the titles of the town's open vacancies are learned beside the pages of the code book
2. what is typed is also read as the titles that everyday and English words stand for (job_words.json)
3. a vacancy scores the likeness of its title times how likely what was typed is work of its occupation
   group: 养猪 is like 养老护理员 by its letters alone
4. the page's other filters hold, and nothing that the words found is shown again

Impersonal: the same question gives everybody the same answer, and nothing is kept of it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import numpy as np
from django.utils.timezone import localdate
from numpy.typing import NDArray

from yuanmeng.core.reference import reference
from yuanmeng.core.text import normal
from yuanmeng.matching.titles import Likeness, Page, Taste
from yuanmeng.occupations.classify import named_in
from yuanmeng.recommend import coding, packed
from yuanmeng.recommend.packed import FileRefused
from yuanmeng.vacancies import board
from yuanmeng.vacancies.models import Vacancy
from yuanmeng.vacancies.search import Found, laid_over

log = logging.getLogger(__name__)
F32 = NDArray[np.float32]
KIND, VERSION = "yuanmeng.titles.close", 2
MOST_TITLES = 20_000  # different ones, those on most vacancies first
FEW = 10  # so many found are enough
LEAST = 0.25  # looked at in the demonstration town: below it stand other trades more often than the same
MOST_READINGS = 6  # titles that are asked for one typed line
# Friends of friends cost the square of the titles and change little in a list of ten.
# LEAST was looked at with these weights; the space of trades wants English pages beside the code book's.
TASTE = Taste(meaning=0.8, groups=0.4, space=0, power=2, diffusion=0)
_WIDE = re.compile("[\u2e80-\U0003ffff]")

Rows = list[tuple[Vacancy, int | None]]


def learn_titles(*, at: datetime) -> list[str]:
    """Learn anew what titles mean, where what that is learned from has changed; names what was learned."""
    learned = {"coder": coding.learn(), "close": learn(at=at)}
    return [name for name, anew in learned.items() if anew]


def learn(*, at: datetime) -> bool:
    """Learn the titles of the vacancies open now; False when they are what they were. 20,000 titles: 2 s."""
    titles, path = _titles(at), packed.path_of("close")
    digest = hashlib.sha256(json.dumps([VERSION, titles]).encode()).hexdigest()
    if not titles or packed.facts(path, KIND, VERSION).get("digest") == digest:
        return False
    arrays, facts = Likeness(TASTE).fit(titles, _pages()).saved()
    kept = {**facts, "file": KIND, "version": VERSION, "digest": digest, "titles": titles}
    packed.write(path, arrays, kept)
    return True


def close_to(found: Found, *, at: datetime, limit: int = 10) -> Rows:
    """Open vacancies whose work is close to what was typed, for after the last line of a short answer.

    The closest first, each with the minutes to get there as in the answer itself, none that holds the words.
    Nothing after FEW found or more, when nothing is close enough, or before anything was learned.
    """
    town, query = _current.now(), found.query
    if town is None or not query.terms or found.total >= FEW or found.page < found.pages:
        return []
    sieve = laid_over(query, at=at)
    columns = sieve.columns
    score = _scores(town, query.q, columns.title, columns.occupation)
    rows = np.flatnonzero(sieve.without("q") & ~sieve.mask & (score >= LEAST))
    rows = rows[np.lexsort((-columns.key[rows], -columns.published_s[rows], -score[rows]))][:limit]
    minutes = sieve.minutes[rows] if query.here else np.full(len(rows), np.inf)
    ways = tuple(int(minute) if np.isfinite(minute) else None for minute in minutes)
    return replace(found, keys=tuple(columns.key[rows].tolist()), minutes=ways).rows()


def readings(typed: str) -> list[str]:
    """What was typed, or the titles that its everyday and English words stand for and a trade beside them.

    The letters of such words lead away (奶妈 is like 奶茶店店员), and so do those of other languages.
    """
    line, found = normal(typed), list[str]()
    for word, titles in _job_words():
        pattern = re.escape(word) if _WIDE.search(word) else rf"(?<![a-z]){re.escape(word)}s?(?![a-z])"
        line, times = re.subn(pattern, " ", line)
        found += titles if times else []
    own = [line] if _WIDE.search(line) and (not found or named_in(line)) else []
    return list(dict.fromkeys([*found, *own]))[:MOST_READINGS]


def _scores(town: TownTitles, typed: str, title: NDArray[np.int32], occupation: NDArray[np.int32]) -> F32:
    """How close each vacancy is, by its numbers of title and occupation; of the readings the best counts."""
    best = np.zeros(len(title), np.float32)
    asked = [(reading, coding.shares(reading)) for reading in readings(typed)]
    asked = [(reading, groups) for reading, groups in asked if groups]
    alike = town.alike([reading for reading, _groups in asked])
    for row, (_reading, groups) in zip(alike, asked, strict=True):
        codes = board.OCCUPATIONS.codes
        share = np.array([groups.get(code[: coding.MEDIUM], 0.0) for code in codes], np.float32)
        best = np.maximum(best, row[title] * share[occupation])
    return best


class TownTitles:
    """The titles learned, and their numbers on the board."""

    def __init__(self, likeness: Likeness, titles: Sequence[str]) -> None:
        self.likeness = likeness
        # A title's number holds as long as the process does.
        self.numbers = np.array([board.TITLES.number(title) for title in titles], np.intp)

    def alike(self, typed: Sequence[str]) -> F32:
        """How like each title of the board is, by its number: len(typed) × numbers; 0 for one not learned."""
        out = np.zeros((len(typed), len(board.TITLES.codes)), np.float32)
        if typed:
            out[:, self.numbers] = self.likeness.answer(typed)
        return out


def _loaded(path: Path) -> TownTitles | None:
    try:
        arrays, facts = packed.read(path, KIND, VERSION)
    except FileRefused as refusal:
        log.error("%s Nothing is shown as close to what somebody types.", refusal)
        return None
    return TownTitles(Likeness.loaded(arrays, facts), facts["titles"])


_current = packed.Held("close", _loaded)


def _titles(at: datetime) -> list[str]:
    """The different titles open now, in normal form; those on most vacancies when they are too many."""
    rows = Vacancy.objects.open_on(localdate(at)).values_list("title", flat=True)
    counted = Counter(normal(title)[: coding.LONGEST] for title in rows.iterator(2_000))
    return sorted(sorted(counted, key=lambda title: (-counted[title], title))[:MOST_TITLES])


def _pages() -> list[Page]:
    """The code book, each occupation under its groups."""
    found = []
    for code, names, more in coding.book():
        parts = code.split("-")
        found.append(
            Page(names, tuple("-".join(parts[: level + 1]) for level in range(len(parts) - 1)), more)
        )
    return found


@cache
def _job_words() -> list[tuple[str, list[str]]]:
    """Words and the titles they stand for, the longer ones first: they hide the shorter in them."""
    table = reference("job_words")
    words = {**table["everyday"], **table["english"]}
    return [(word, words[word].split()) for word in sorted(words, key=lambda word: (-len(word), word))]
