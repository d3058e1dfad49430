"""What somebody calls a job or a trade becomes a code of the national classifications.

Occupations: medium groups of 职业分类大典 2022 ("4-03"). Industries: GB/T 4754-2017, section and division
("H", "62"). Word tables: data/reference/{occupation,industry}_words.json.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from yuanmeng.core.reference import reference

# A short Latin word must stand alone: BA is a trade, BANK is not.
LATIN = re.compile(r"[A-Z0-9.+#]+")

# A second reader of titles: for each a group and how sure it is, 0 to 1; None where it cannot tell.
Guess = tuple[str, float]
Reader = Callable[[Sequence[str]], Sequence[Guess | None]]
# How sure it must be to be believed against an occupation word of the title, and where there is none.
# Measured by bench/coding.py: words alone .471 right, with a reader so believed .545, ever surer words .506.
AGAINST_WORDS, BESIDE_WORDS = 0.8, 0.5
_reader: Reader | None = None


@dataclass(frozen=True)
class IndustryCode:
    """A section letter, and the two-digit division where the words say that much ("" otherwise)."""

    section: str
    division: str

    @property
    def code(self) -> str:
        return self.division or self.section


def occupation_of(title: str, text: str = "") -> str | None:
    """This will tell the medium group of a job ("4-03"); None when the words name no occupation we know.

    1. Leave out what stands in brackets.  2. Of the occupation words in the title the one that ends last
    decides, then the longest: Chinese puts the trade at the end (医药销售 sells).  3. Then the bracket,
    weak words (工程师, 助理), and last the most frequent occupation word of the text.

    A second reader, where one was named (`ask_also`), is believed against 2 when it is quite sure, and before
    3 when it is fairly sure.
    """
    bare, brackets = _split(title)
    named, guess = _last_word("strong", bare), _guess(title)
    if guess and guess[1] >= (AGAINST_WORDS if named else BESIDE_WORDS):
        return guess[0]
    said = named or _last_word("strong", brackets) or _last_word("weak", bare)
    return said or _most_frequent(_tidy(text))


def named_in(title: str) -> str | None:
    """This will tell the group that an occupation word of the title names, by the words alone."""
    return _last_word("strong", _split(title)[0])


def ask_also(reader: Reader | None) -> None:
    """This will ask another reader of titles beside the words from now on; None: the words alone."""
    global _reader
    _reader = reader


def read_ahead(titles: Sequence[str]) -> None:
    """This will let the second reader read many titles at once, for an import that asks for each of them.

    It keeps what it read; without a second reader nothing happens.
    """
    if _reader is not None:
        _reader(titles)


def occupation_name(code: str, language: str = "zh") -> str:
    """This will give the name of a major or medium group in Chinese or English; empty for an unknown code."""
    return _occupation_names(language).get(code, "")


def industry_of(text: str) -> IndustryCode | None:
    """This will tell the industry from a cell or a firm's name: its code, its official name, or its words."""
    words = _tidy(text)
    if not words:
        return None
    code = _official(words) or _by_words(words)
    return _industry(code) if code else None


def industry_name(code: str) -> str:
    """This will give the Chinese name of a section or division; empty for an unknown code."""
    return _industry_names().get(code, "")


def section_of(division: str) -> str:
    """This will give the section letter of a division ("62" → "H"); a letter stays itself."""
    return division if division.isalpha() else _sections().get(division, "")


def _guess(title: str) -> Guess | None:
    return _reader([title])[0] if _reader is not None and title else None


def _split(title: str) -> tuple[str, str]:
    words = _tidy(title)
    inside = " ".join(re.findall(r"[(\[【〔]([^)\]】〕]*)[)\]】〕]?", words))
    return re.sub(r"[(\[【〔][^)\]】〕]*[)\]】〕]?", " ", words), inside


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFKC", text or "").upper()


def _last_word(table: str, text: str) -> str | None:
    hits = [(m.end(), len(m[0]), m[0]) for m in _pattern(table).finditer(text)]
    return _words(table)[max(hits)[2]] if hits else None


def _most_frequent(text: str) -> str | None:
    counted = Counter(_words("strong")[m[0]] for m in _pattern("strong").finditer(text))
    return min(counted, key=lambda code: (-counted[code], code), default=None)


@cache
def _pattern(table: str) -> re.Pattern[str]:
    """The words of a table, the longest first; a Latin word must stand alone."""
    parts = [(word, re.escape(word)) for word in sorted(_words(table), key=len, reverse=True)]
    alone = [rf"(?<![A-Z]){part}(?![A-Z])" if LATIN.match(word) else part for word, part in parts]
    return re.compile("|".join(alone))


def all_words() -> dict[str, str]:
    """This will give every word that names an occupation by itself, with its medium group."""
    return dict(_words("strong"))


@cache
def _words(table: str) -> dict[str, str]:
    return _upside_down(reference("occupation_words")[table])


def _upside_down(table: dict[str, list[str]]) -> dict[str, str]:
    return {word.upper(): code for code, words in table.items() for word in words}


def _official(words: str) -> str | None:
    """A code or an official name, alone in the cell or with 业 and signs around it."""
    match = re.match(r"^([A-T])?(\d{2})?(?!\d)", words)
    code = match and (match[2] or match[1])
    if code and code in _industry_names() and len(words) < 40:
        return code
    names = {name.upper(): code for code, name in _industry_names().items()}
    return names.get(words) or names.get(words + "业")


def _by_words(words: str) -> str | None:
    found = ((word, code, words.find(word)) for word, code in _industry_words().items())
    hits = [(len(word), -place, code) for word, code, place in found if place >= 0]
    return max(hits)[2] if hits else None


def _industry(code: str) -> IndustryCode:
    return IndustryCode(code, "") if code.isalpha() else IndustryCode(section_of(code), code)


@cache
def _industry_words() -> dict[str, str]:
    return _upside_down(reference("industry_words")["words"])


@cache
def _industry_names() -> dict[str, str]:
    rows: list[dict[str, Any]] = reference("industries")["items"]
    return {r["code"]: r["zh"] for section in rows for r in (section, *section["divisions"])}


@cache
def _sections() -> dict[str, str]:
    return {d["code"]: s["code"] for s in reference("industries")["items"] for d in s["divisions"]}


@cache
def _occupation_names(language: str) -> dict[str, str]:
    rows = reference("occupations")["items"]
    return {r["code"]: r[language] for major in rows for r in (major, *major["medium"])}
