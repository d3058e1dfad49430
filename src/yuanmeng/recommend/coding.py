"""Titles → medium groups of 职业分类大典, learned: the reader that stands beside the word table.

1. learned from the names in the code book, the project's word table, and the titles of vacancies to which
   somebody gave a code. The machine gives medium groups only, so a longer code was said by a person or by
   their system: nothing is learned from its own answers
2. learned anew only when one of these changed (their digest lies in the file)
3. a process loads the file at the first title it is asked, and again when another file lies there; without
   one, or with one of another version, the words answer alone
"""

from __future__ import annotations

import gzip
import hashlib
import json
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db.models.functions import Length

from yuanmeng.core.reference import data_folder, reference
from yuanmeng.matching.titles import CodeEntry, Coder
from yuanmeng.occupations import classify
from yuanmeng.occupations.classify import Guess
from yuanmeng.recommend import packed
from yuanmeng.recommend.packed import FileRefused
from yuanmeng.vacancies.models import Vacancy

log = logging.getLogger(__name__)
KIND, VERSION = "yuanmeng.titles.coder", 2
MOST_SAID = 4_000  # titles with a code that are learned, the newest: 7,200 rows in all, 0.9 GB for 20 s
MOST_READ = 20_000  # titles whose answer a process keeps
LONGEST = 80  # characters of a title that are read
MEDIUM = len("4-03")  # characters of a medium group's code
# "招聘" before a trade is the sheet it is pinned on; before 专员 and the like it is the trade.
_HIRING = re.compile(
    "(?:高薪|急|诚|现|直|大量)*(?:招聘|聘请|诚聘|急聘|急招|招募|直招)"
    "(?!专员|顾问|主管|经理|助理|总监|实习|岗|专家|负责|HR)"
)


@dataclass(frozen=True)
class Lesson:
    """What is learned from: the groups of the code book, and titles with their groups."""

    book: list[CodeEntry]
    titles: list[tuple[str, str]]

    @property
    def digest(self) -> str:
        """Equal for equal inputs."""
        parts = [[entry.code, entry.names, entry.text] for entry in self.book]
        return hashlib.sha256(json.dumps([VERSION, parts, self.titles]).encode()).hexdigest()


def learn() -> bool:
    """Learn the reader of titles and keep it; False when what it learns from is what it was. ~4 s, or 30."""
    lesson, path = told(said()), packed.path_of("coder")
    if packed.facts(path, KIND, VERSION).get("digest") == lesson.digest:
        return False
    arrays, facts = fitted(lesson).saved()
    packed.write(path, arrays, {**facts, "file": KIND, "version": VERSION, "digest": lesson.digest})
    return True


def told(codes_given: Sequence[tuple[str, str]] = ()) -> Lesson:
    """What the code book, the word table and titles with given codes teach."""
    return Lesson(_groups(), [*_named(), *codes_given])


def fitted(lesson: Lesson) -> Coder:
    """A coder that learned it."""
    titles, codes = zip(*lesson.titles, strict=True)
    # A word list is not what people write: products learned from it did worse on titles (bench/coding.py).
    return Coder(products=False).fit(lesson.book, [bare(title) for title in titles], codes)


def said() -> list[tuple[str, str]]:
    """Titles of vacancies that went out with a code somebody gave; of one title the newest counts."""
    rows = Vacancy.objects.exclude(published_at=None).annotate(digits=Length("occupation_code"))
    rows = rows.filter(digits__gt=MEDIUM).order_by("-published_at", "-id")
    found: dict[str, str] = {}
    for title, code in rows.values_list("title", "occupation_code").iterator(1_000):
        if len(found) < MOST_SAID and code[:MEDIUM] in _names():
            found.setdefault(title[:LONGEST], code[:MEDIUM])
    return sorted(found.items())


def read(titles: Sequence[str]) -> list[Guess | None]:
    """The likeliest group of each title and how likely; None without letters or before anything was learned.

    ~0.3 ms a title in heaps, ~2 ms alone; a title read before costs nothing.
    """
    reader = _current.now()
    return reader.read(titles) if reader is not None else [None] * len(titles)


def shares(title: str) -> dict[str, float]:
    """How likely each group is, half by the words where one names it; empty where nobody is fairly sure."""
    named, reader = classify.named_in(title), _current.now()
    if reader is None:
        return {named: 1.0} if named else {}
    share = reader.coder.answer([bare(title)])[0]
    if not named and share.max() < classify.BESIDE_WORDS:
        return {}
    found = {code: float(part) for code, part in zip(reader.coder.codes, share, strict=True)}
    if named:
        found = {code: part / 2 for code, part in found.items()}
        found[named] = found.get(named, 0.0) + 0.5
    return found


def bare(title: str) -> str:
    """The title without the words that only say somebody is looked for."""
    rest = _HIRING.sub(" ", title[:LONGEST]).strip()
    return rest if len(rest) > 1 else title[:LONGEST]


def book() -> list[tuple[str, str, str]]:
    """Code, names, definition and tasks of every occupation in the code book."""
    path = data_folder("reference") / "occupation_pages_zh.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return [(code, names, more) for code, _groups, names, more in rows]


class TitleReader:
    """A coder, and what it has read."""

    def __init__(self, coder: Coder) -> None:
        self.coder = coder
        self.known: OrderedDict[str, Guess | None] = OrderedDict()
        self.lock = threading.Lock()

    def read(self, titles: Sequence[str]) -> list[Guess | None]:
        """The likeliest group of each title; new titles are read together."""
        with self.lock:
            new = list(dict.fromkeys(title for title in titles if title not in self.known))
            found = dict(zip(new, self._likeliest([bare(title) for title in new]), strict=True))
            answers = [found[title] if title in found else self.known[title] for title in titles]
            self.known.update(found)
            while len(self.known) > MOST_READ:
                self.known.popitem(last=False)
        return answers

    def _likeliest(self, titles: list[str]) -> list[Guess | None]:
        share = self.coder.answer(titles)
        best = share.argmax(1)
        # Equal shares everywhere: no piece of the title is known.
        return [
            (self.coder.codes[at], round(float(row[at]), 4)) if row[at] > row.min() else None
            for row, at in zip(share, best, strict=True)
        ]


def _loaded(path: Path) -> TitleReader | None:
    try:
        return TitleReader(Coder.loaded(*packed.read(path, KIND, VERSION)))
    except FileRefused as refusal:
        log.error("%s The word table reads titles alone.", refusal)
        return None


_current = packed.Held("coder", _loaded)


def _groups() -> list[CodeEntry]:
    """The medium groups, each with all that the book says of the occupations in it."""
    texts: dict[str, list[str]] = {code: [] for code in _names()}
    for code, names, more in book():
        texts.get(code[:MEDIUM], []).append(f"{names}{more}")
    return [CodeEntry(code, name, " ".join(texts[code])) for code, name in sorted(_names().items())]


def _named() -> list[tuple[str, str]]:
    """What an occupation is called in the book and in the word table."""
    printed = [(names, code[:MEDIUM]) for code, names, _more in book() if code[:MEDIUM] in _names()]
    return [*printed, *((word, code) for word, code in classify.all_words().items() if code in _names())]


@cache
def _names() -> dict[str, str]:
    return {row["code"]: row["zh"] for major in reference("occupations")["items"] for row in major["medium"]}
