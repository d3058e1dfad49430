"""A line of job seekers understood. What we have no purpose for is not read at all.

Ethnicity, marriage, political status and hukou have no field here and no column that would be kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any

from yuanmeng.core.checks_cn import id_number_ok
from yuanmeng.core.text import normal
from yuanmeng.intake.cells import Cells
from yuanmeng.intake.dates import read_date
from yuanmeng.intake.digests import digest_of, fingerprint
from yuanmeng.intake.pay import Pay, read_pay
from yuanmeng.intake.readers import Line
from yuanmeng.intake.reasons import CellRefused, Note, Reason
from yuanmeng.intake.records import refuse_no_record
from yuanmeng.intake.words import many, read_education, read_employment, read_experience
from yuanmeng.occupations.classify import occupation_of

LOWEST_AGE = 16  # 劳动法 15: nobody younger works, the register takes nobody younger
_MOST_WANTED = 3
_PER_MONTH = {"month": 1.0, "day": 21.75, "hour": 174.0, "year": 1 / 12, "piece": 0.0}
_SEX = {"男": "1", "女": "2", "1": "1", "2": "2", "male": "1", "female": "2"}
_INTENTIONS = {"单位就业": "1", "灵活就业": "2", "创业": "3", "自主创业": "3", "职业培训": "4", "培训": "4"}
_SHIFTS = {"早": "early", "中班": "middle", "晚": "late", "夜": "night", "白": "day", "日班": "day"}
_CHANNEL_WORDS = {
    "desk": "服务台 现场 窗口",
    "phone_web": "手机 网页 网上",
    "kiosk": "自助",
    "wall_qr": "大屏",
    "window_qr": "展示窗",
    "booth": "摊位 夜市 招聘会",
    "call": "电话",
}
_CHANNELS = {word: code for code, words in _CHANNEL_WORDS.items() for word in words.split()}
_YEAR = re.compile(r"(\d{4})年?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


@dataclass(frozen=True, slots=True)
class SeekerRow:
    """One person who looks for work, in our units and codes."""

    line: int
    sheet: str
    external_id: str
    name: str
    phone: str
    id_number: str
    sex: str
    birth_on: date | None
    birth_year: int | None
    education: int | None
    school: str
    major: str
    graduates_on: date | None
    years_experience: int | None
    last_job: str
    last_occupation_code: str
    wanted_text: str
    wanted_occupation_codes: tuple[str, ...]
    pay_floor_fen: int | None
    skills: tuple[str, ...]
    certificates: tuple[str, ...]
    employment_types: tuple[str, ...]
    shifts: tuple[str, ...]
    intention: str
    commute_max_minutes: int | None
    residence: str
    committee: str
    text: str
    channel: str
    registered_on: date | None
    notes: tuple[Note, ...]

    @classmethod
    def parse(cls, line: Line, *, today: date, demo: bool = False) -> SeekerRow:
        """This will understand one line. Raises RowSkipped, or RowRefused (also for a person under 16)."""
        refuse_no_record(line)
        cells = Cells(line, demo=demo)
        return cls(line=line.number, sheet=line.sheet, **_person(cells, today), **_learning(cells),
                   **_work(cells), **_wishes(cells), **_home(cells), notes=tuple(cells.notes))  # fmt: skip

    def digest(self) -> str:
        """Return a fingerprint of everything the row says."""
        return fingerprint(_SAID(self))

    def identity(self) -> str:
        """Return the key of a row without one: who it is, not where the row stood."""
        return "auto:" + digest_of(self.id_number or f"{normal(self.name)}/{self.phone}")

    def likeness(self) -> str:
        """Return what two rows share that may be one person: a telephone."""
        return digest_of(self.phone)


_SAID = attrgetter(
    *(f.name for f in fields(SeekerRow) if f.name not in {"line", "sheet", "external_id", "notes"})
)


def _person(cells: Cells, today: date) -> Mapping[str, Any]:
    name = cells.name("name", 60, required=True)
    phone = cells.mobile("phone")
    if not phone:
        raise cells.refuse("phone", Reason.REQUIRED_MISSING)
    id_number = cells.code("id_number", id_number_ok)
    birth_on, birth_year = _birth(cells, id_number)
    _refuse_too_young(cells, birth_on, birth_year, today)
    return {
        "external_id": normal(cells.word("external_id", 70)).upper(),
        "name": name,
        "phone": phone,
        "id_number": id_number,
        "sex": _SEX.get(normal(cells.word("sex", 10)), _sex_of(id_number)),
        "birth_on": birth_on,
        "birth_year": birth_year,
    }


def _sex_of(id_number: str) -> str:
    return ("1" if int(id_number[16]) % 2 else "2") if id_number else "0"


def _birth(cells: Cells, id_number: str) -> tuple[date | None, int | None]:
    """A day, a year, or what the ID number says; two days that differ come back."""
    told = _told_birth(cells)
    if not id_number:
        return told
    known = date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    if (told[0] and told[0] != known) or (told[1] and told[1] != known.year):
        raise cells.refuse("birth", Reason.CONFLICT)
    return known, known.year


def _told_birth(cells: Cells) -> tuple[date | None, int | None]:
    text = normal(cells.raw("birth"))
    year = _YEAR.fullmatch(text) or _MONTH.fullmatch(text)
    if year:
        return None, int(year[1])
    day = cells.day("birth")
    return day, day.year if day else None


def _refuse_too_young(cells: Cells, birth_on: date | None, birth_year: int | None, today: date) -> None:
    if birth_on:
        age = today.year - birth_on.year - ((today.month, today.day) < (birth_on.month, birth_on.day))
    else:
        age = today.year - birth_year if birth_year else LOWEST_AGE
    if age < LOWEST_AGE:
        raise cells.refuse("birth" if cells.raw("birth") else "id_number", Reason.TOO_YOUNG)


def _learning(cells: Cells) -> Mapping[str, Any]:
    return {
        "education": cells.read("education", read_education),
        "school": cells.word("school", 80),
        "major": cells.word("major", 60),
        "graduates_on": cells.read("graduates_on", _month_or_day),
        "skills": tuple(cells.words("skills")[:30]),
        "certificates": tuple(cells.words("certificates")[:20]),
    }


def _month_or_day(text: str) -> date | None:
    """Schools end in a month: 2026-06 is its first day. A year alone says too little and stays open."""
    month = _MONTH.fullmatch(normal(text))
    if month and 1 <= int(month[2]) <= 12:
        return date(int(month[1]), int(month[2]), 1)
    return None if _YEAR.fullmatch(normal(text)) else read_date(text)


def _work(cells: Cells) -> Mapping[str, Any]:
    last = cells.word("last_occupation", 200)
    return {
        "years_experience": cells.read("experience", _years),
        "last_job": last,
        "last_occupation_code": (occupation_of(last) or "") if last else "",
        "text": cells.text("text", 20_000),
    }


def _years(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 2 else read_experience(text)


def _wishes(cells: Cells) -> Mapping[str, Any]:
    wanted = cells.word("wanted", 200)
    codes = dict.fromkeys(code for word in many(wanted) if (code := occupation_of(word)))
    return {
        "wanted_text": wanted,
        "wanted_occupation_codes": tuple(codes)[:_MOST_WANTED],
        "pay_floor_fen": _floor(cells.read("pay", read_pay)),
        "employment_types": _types(cells),
        "shifts": shifts_of(cells.word("shifts", 60)),
        "intention": _INTENTIONS.get(cells.word("intention", 20), ""),
        "commute_max_minutes": cells.read("commute", _minutes),
    }


def _floor(pay: Pay) -> int | None:
    """The least a person wants, as fen a month; a ceiling alone is no floor."""
    factor = _PER_MONTH[pay.unit]
    return round(pay.min_fen * factor) if pay.min_fen and factor else None


def _types(cells: Cells) -> tuple[str, ...]:
    words = [word for word in cells.words("employment_type") if "不限" not in word]
    codes = [read_employment(word) for word in words]
    if None in codes:
        cells.note(Note.TYPE_UNKNOWN)
    return tuple(dict.fromkeys(code for code in codes if code))


def shifts_of(text: str) -> tuple[str, ...]:
    """This will name the shifts said in words (早班, 仅白班 …); none where all will do."""
    return tuple(dict.fromkeys(code for word, code in _SHIFTS.items() if word in text))


def _minutes(text: str) -> int | None:
    words = normal(text).removesuffix("分钟").removesuffix("以内")
    if not words or words == "不限":
        return None
    if not words.isdecimal() or not 0 < int(words) <= 300:
        raise CellRefused(Reason.NUMBER_INVALID)
    return int(words)


def _home(cells: Cells) -> Mapping[str, Any]:
    channel = cells.word("channel", 40)
    return {
        "residence": cells.word("residence", 200),
        "committee": cells.word("committee", 40),
        "channel": next((code for word, code in _CHANNELS.items() if word in channel), "import"),
        "registered_on": cells.day("registered_on"),
    }
