"""Small vocabularies of job rows: experience, openings, kinds of work, firm sizes, lists, broken text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from yuanmeng.intake.numerals import arabic
from yuanmeng.intake.reasons import CellRefused, Reason
from yuanmeng.occupations.education import Education, UnknownEducation, education_of, education_of_code

_NO_EXPERIENCE = re.compile(
    r"(?:工作)?(?:经验|年限)?(?:不限|无要求|不要求)(?:经验|年限)?|无(?:需)?(?:工作)?经验(?:要求)?|无|"
    r"(?:应往?届|应届)(?:毕业)?生?(?:可|均可)?|在校(?:生|/应届)?|实习(?:生)?|\d+年?(?:以下|以内)|0年?|-+"
)
_YEARS = re.compile(
    r"(?P<a>\d{1,2})(?:年)?(?:(?:-|至|~)(?P<b>\d{1,2})年?)?(?P<more>以上|及以上|\+)?(?:的)?(?:相关)?(?:工作)?(?:经验|经历)?(?:以上)?"
)
_SEVERAL = re.compile(r"若干|多|数|不限|不定|待定|-+|/")
_HEADS = re.compile(r"(?:招|共|约)?(\d{1,6})(?:\.0)?(?:人|名|位|个)?")
_HEADS_CHINESE = re.compile(r"(?:招|共)?([零〇一二两三四五六七八九十百千]{1,6})(?:人|名|位|个)?")
_MOST_OPENINGS = 10_000

_EMPLOYMENT_WORDS = {
    "FULL_TIME": "全职 全日制 正式 长期 fulltime",
    "PART_TIME": "兼职 非全日制 小时工 parttime",
    "INTERN": "实习 见习 intern internship",
    "TEMPORARY": "临时 零工 短期 季节工 temporary",
    "CONTRACTOR": "劳务 外包 劳务派遣 contractor",
    "PER_DIEM": "日结 perdiem",
    "PUBLIC_WELFARE": "公益性岗位 公益岗 publicwelfare",
}
EMPLOYMENT = {word: code for code, words in _EMPLOYMENT_WORDS.items() for word in words.split()}

_SIZE = re.compile(r"(?:少于)?\d+(?:\s*[-~至]\s*\d+)?\s*人(?:以上|以下|及以上)?|(?:微|小|中|大)型(?:企业)?")
_NATURE = re.compile(
    r"民营|国企|国有|外资|外企|合资|上市|事业单位|政府|机关|非营利|创业公司|股份|个体|集体|代表处|"
    r"社会组织|社会团体|民办非企业|有限责任"
)
_LIST = re.compile(r"^\[\s*(?:(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*(?:,\s*|(?=\])))*\]$", re.DOTALL)
_IN_LIST = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_DEGREES = re.compile(r"学历|博士|硕士|研究生|本科|学士|大专|专科|中专|中技|技校|高中|职高|初中|小学")
_SPLIT = re.compile(r"[,，、;；|/\s]+")

_MOJIBAKE_WORDS = ("锟斤拷", "烫烫烫", "屯屯屯", "锘挎", "ï»¿")
# UTF-8 read as Windows-1252: an accented capital followed by one of its signs, at least twice.
_UTF8_AS_LATIN = re.compile(
    "(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0178\u2018-\u203a\u20ac\u2122\u02c6\u02dc])+"
)
_GB_AS_LATIN = re.compile("[\u00a1-\u00ff]{6,}")
_HAN = re.compile("[\u4e00-\u9fff]")
_HANS = re.compile("[\u4e00-\u9fff]+")


@lru_cache(maxsize=4096)
def read_education(text: str) -> Education | None:
    """This will read a floor; None where none is asked. Raises CellRefused education_unreadable."""
    if text.isdigit() and len(text) == 2 and education_of_code(text):
        return education_of_code(text)
    try:
        return education_of(text)
    except UnknownEducation:
        raise CellRefused(Reason.EDUCATION_UNREADABLE)


@lru_cache(maxsize=4096)
def read_experience(text: str) -> int | None:
    """This will read the least years asked; 0 where none are asked, None for an empty cell."""
    words = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not words:
        return None
    if _NO_EXPERIENCE.fullmatch(words):
        return 0
    words = re.sub(r"[一二两三四五六七八九十]+(?=年)", lambda m: str(arabic(m.group())), words)
    found = _YEARS.fullmatch(words)
    if not found:
        raise CellRefused(Reason.EXPERIENCE_UNREADABLE)
    return int(found["a"])


def is_experience(text: str) -> bool:
    """Tell whether these words stand in the wrong column: they say years, not a degree."""
    return bool(re.search(r"\d+\s*[-至~]?\s*\d*\s*年|经验|应届", text))


def is_education(text: str) -> bool:
    """Tell whether these words name a degree."""
    return bool(_DEGREES.search(text))


@lru_cache(maxsize=4096)
def read_openings(text: str) -> int | None:
    """This will read a headcount; None for an honest gap (若干, empty), CellRefused for nonsense."""
    words = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if not words or _SEVERAL.fullmatch(words.rstrip("人名位个")):
        return None
    found = _HEADS.fullmatch(words)
    chinese = None if found else _HEADS_CHINESE.fullmatch(words)
    count = int(found[1]) if found else arabic(chinese[1]) if chinese else None
    if count is None or not 0 < count <= _MOST_OPENINGS:
        raise CellRefused(Reason.OPENINGS_INVALID)
    return count


def read_employment(text: str) -> str | None:
    """This will name the kind of work by our code; None where the word is not known."""
    words = re.sub(r"[\s_-]", "", unicodedata.normalize("NFKC", text)).casefold()
    return EMPLOYMENT.get(words) or first_of(
        code for word, code in EMPLOYMENT.items() if words.startswith(word)
    )


def read_size(text: str) -> str | None:
    """This will keep a firm's size as written, None where the cell holds something else."""
    words = unicodedata.normalize("NFKC", text).strip()
    return words if _SIZE.fullmatch(words) else None


def company_facts(text: str) -> dict[str, str]:
    """This will take "民营公司| 150-500人| 计算机软件" apart into nature, size and industry."""
    facts: dict[str, str] = {}
    for part in (piece.strip() for piece in text.split("|")):
        name = "size" if read_size(part) else "nature" if _NATURE.search(part) else "industry"
        if part:
            facts.setdefault(name, part)
    return facts


def unlisted(text: str) -> str:
    """This will open a list that a program printed: "['1-1.5万/月']" → "1-1.5万/月", "[]" → ""."""
    if not text.startswith("[") or not _LIST.match(text):
        return text
    return ",".join(re.sub(r"\\(.)", r"\1", a or b) for a, b in _IN_LIST.findall(text))


def many(text: str) -> list[str]:
    """This will cut a cell of several words into them, each once, in order."""
    return list(dict.fromkeys(word for word in _SPLIT.split(text) if word))


def is_mojibake(text: str) -> bool:
    """Tell whether letters were read in the wrong encoding, so that nobody can know what was meant."""
    if text.isascii():
        return False
    if any(word in text for word in _MOJIBAKE_WORDS) or _GB_AS_LATIN.search(text):
        return True
    runs = _UTF8_AS_LATIN.findall(text)
    return len("".join(runs)) >= 4 or _utf8_as_gb(text)


def _utf8_as_gb(text: str) -> bool:
    """鍜栧暋甯 and its like: the same bytes are good UTF-8 and mean other Chinese words."""
    longest = max(_HANS.findall(text), key=len, default="")
    if len(longest) < 3:
        return False
    raw = longest.encode("gb18030")
    # The last character is often cut: its first bytes were eaten by the wrong reading.
    return any(_HAN.search(_utf8_or_nothing(raw[: len(raw) - cut])) for cut in range(3))


def _utf8_or_nothing(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def runs_in_a_sheet(text: str) -> bool:
    """Tell whether a spreadsheet would take this text for a formula (full-width signs included)."""
    return text.startswith(_SIGNS) and bool(text.strip("-－ "))


def first_of(words: Iterable[str | None]) -> str | None:
    return next((word for word in words if word), None)
