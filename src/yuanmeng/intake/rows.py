"""A line of vacancies understood: a frozen row in our units, or the reason why not.

The rules (ours): nothing is guessed and nothing is cut silently; 面议, 若干 and 长期有效 are honest gaps
that the posting gate will ask for; text stays as written beside its normalised form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from typing import Any

from yuanmeng.core.text import normal
from yuanmeng.intake.areas import DISTRICTS, Area, read_area
from yuanmeng.intake.cells import Cells
from yuanmeng.intake.digests import digest_of, fingerprint, normal_of
from yuanmeng.intake.pay import Pay, read_pay
from yuanmeng.intake.points import Point, read_point
from yuanmeng.intake.readers import Line
from yuanmeng.intake.reasons import CellRefused, Note, Reason, RowRefused
from yuanmeng.intake.records import refuse_no_record
from yuanmeng.intake.words import (
    company_facts,
    is_education,
    is_experience,
    read_education,
    read_employment,
    read_experience,
    read_openings,
    read_size,
)

_NAMES_OF_AREAS = {code: name for name, code in DISTRICTS.items()}
_PAGE_TEXT = re.compile(r"[?？!！。]|点击查看|加载中|综合竞争力")
_ADDRESS_LABEL = re.compile(r"^(?:上班|工作|公司|单位)?地[址点]\s*[::：]\s*")
# What is left of an education cell beside the degree itself is a demand of its own ("统招", "985").
_PLAIN_DEGREE = re.compile(
    r"大学|学历|学位|研究生|博士|硕士|本科|学士|大专|专科|高职|中专|中技|技校|职高|高中|初中|小学|职业高中|普通高中|技工学校|"
    r"及|以上|以下|不限|无要求|要求|含|或|同等|毕业|[\s/、,，()（）·\-]"
)


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """One vacancy in our units: fen, days, years, codes; None where the file left it open."""

    line: int
    sheet: str
    external_id: str
    organisation: str
    uscc: str
    title: str
    title_normal: str
    openings: int | None
    pay_min_fen: int | None
    pay_max_fen: int | None
    pay_unit: str
    pay_months: int | None
    pay_text: str
    education: int | None
    experience_min_years: int | None
    employment_type: str | None
    hours: str
    content: str
    requirements: str
    benefits: str
    skills: tuple[str, ...]
    tags: tuple[str, ...]
    address: str
    area_code: str | None
    lon: float | None
    lat: float | None
    source_crs: str
    place_contradiction: bool
    occupation_code: str
    industry: str
    size: str
    nature: str
    contact_name: str
    contact_phone: str
    publisher: str
    valid_from: date | None
    valid_until: date | None
    age_limited: bool
    organisation_normal: str
    text_digest: str
    notes: tuple[Note, ...]

    @classmethod
    def parse(cls, line: Line, *, demo: bool = False) -> VacancyRow:
        """This will understand one line. Raises RowSkipped for what is no record, RowRefused otherwise.

        `demo` lets identifiers of area 319999 count, which are nobody's.
        """
        refuse_no_record(line)
        cells = Cells(line, demo=demo)
        return cls(line=line.number, sheet=line.sheet, **_identity(cells), **_terms(cells), **_words(cells),
                   **_place(cells), **_firm(cells), **_span(cells), notes=tuple(cells.notes))  # fmt: skip

    def digest(self) -> str:
        """Return a fingerprint of everything the row says; the same words in full width give the same one."""
        return fingerprint(_SAID(self))

    def identity(self) -> str:
        """Return the key of a row in a file without keys: firm, title, district, text."""
        parts = (self.organisation_normal, self.title_normal, self.area_code or "", self.text_digest)
        return "auto:" + digest_of(*parts)

    def likeness(self) -> str:
        """Return what two rows share that may be one vacancy: firm, title, and the text or the district."""
        text = self.text_digest if self.external_id else ""
        return digest_of(self.organisation_normal, self.title_normal, text or self.area_code or "")


# What is not compared: where the row stood, and what stands there already in its normal form.
_BESIDE = {"line", "sheet", "external_id", "notes", "title", "organisation", "content", "requirements"}
_SAID = attrgetter(*(f.name for f in fields(VacancyRow) if f.name not in _BESIDE))


def _identity(cells: Cells) -> Mapping[str, Any]:
    """Who offers what, under which key. The formula check comes first: it says most about a bad cell."""
    title = cells.name("title", 100, required=True)
    organisation = cells.name("organisation", 120, required=True)
    if _PAGE_TEXT.search(organisation):
        raise cells.refuse("organisation", Reason.NOT_A_NAME)
    return {
        "external_id": normal(cells.word("external_id", 100)).upper(),
        "organisation": organisation,
        "organisation_normal": normal_of(organisation),
        "uscc": cells.code("uscc"),
        "title": title,
        "title_normal": normal_of(title)[:100],
    }


def _terms(cells: Cells) -> Mapping[str, Any]:
    _refuse_swapped(cells)
    pay = _pay(cells)
    return {
        "openings": _openings(cells),
        "pay_min_fen": pay.min_fen,
        "pay_max_fen": pay.max_fen,
        "pay_unit": pay.unit,
        "pay_months": pay.months,
        "pay_text": cells.raw("pay").strip().partition("\n")[0].strip()[:120],
        "education": cells.read("education", read_education),
        "experience_min_years": cells.read("experience", read_experience),
        "employment_type": _employment(cells),
        "hours": cells.word("hours", 120),
        "age_limited": _age_limited(cells),
    }


def _refuse_swapped(cells: Cells) -> None:
    """Years in the degree column, or a degree in the column of years: said, not put right."""
    education, experience = cells.word("education", 200), cells.word("experience", 200)
    if education and is_experience(education) and not is_education(education):
        raise cells.refuse("education", Reason.COLUMNS_SWAPPED)
    if experience and is_education(experience) and not is_experience(experience):
        raise cells.refuse("experience", Reason.COLUMNS_SWAPPED)


def _pay(cells: Cells) -> Pay:
    name = "pay" if "pay" in cells.line.header.columns else "pay_low"
    cells.refuse_formula(name)
    if name == "pay_low" and "pay_low" in cells.line.header.columns:
        return _pay_of_two(cells)
    header = cells.line.header
    hint = header.hints.get("pay", "") + _unit_in_title(header.title("pay"))
    cell = cells.line.cell("pay")
    try:
        pay = read_pay(cells.raw("pay") if isinstance(cell, str) else cell, hint=hint)
    except CellRefused as trouble:
        raise cells.refuse("pay", trouble.reason)
    if pay.tail_dropped:
        cells.note(Note.PAY_TAIL_DROPPED)
    return pay


def _pay_of_two(cells: Cells) -> Pay:
    """Two columns, one for each side; both in the same unit."""
    hint = cells.line.header.hints.get("pay_low", "")
    low = cells.read("pay_low", lambda text: read_pay(text, hint=hint))
    high = cells.read("pay_high", lambda text: read_pay(text, hint=hint))
    if low.min_fen is not None and high.min_fen is not None and low.min_fen > high.min_fen:
        raise cells.refuse("pay_high", Reason.PAY_REVERSED)
    return Pay(low.min_fen, high.min_fen, low.unit, low.months)


def _unit_in_title(title: str) -> str:
    return next((word for word in ("月", "年薪", "日薪", "时薪") if word in title), "")


def _openings(cells: Cells) -> int | None:
    """A headcount merged over several rows is their sum: it is counted in none of them."""
    openings = cells.read("openings", read_openings)
    if openings is not None and cells.is_merged("openings"):
        cells.note(Note.OPENINGS_SHARED)
        return None
    return openings


def _employment(cells: Cells) -> str | None:
    word = cells.word("employment_type", 60)
    code = read_employment(word) if word else None
    if word and code is None:
        cells.note(Note.TYPE_UNKNOWN)
    return code


def _age_limited(cells: Cells) -> bool:
    """人社 files carry age limits as columns; they become a finding and no field."""
    limited = any(re.sub(r"\D", "", cells.raw(name)).strip("0") for name in ("age_floor", "age_ceiling"))
    if limited:
        cells.note(Note.AGE_LIMIT)
    return limited


def _words(cells: Cells) -> Mapping[str, Any]:
    requirements = cells.text("requirements", 10_000)
    extra = _beside_the_degree(cells.word("education", 200))
    content = cells.text("content", 10_000)
    requirements = f"{requirements}\n{extra}".strip() if extra else requirements
    return {
        "content": content,
        "requirements": requirements,
        "text_digest": digest_of(normal(f"{content}\n{requirements}")) if content or requirements else "",
        "benefits": cells.word("benefits", 500),
        "skills": tuple(cells.words("skills")[:30]),
        "tags": tuple(cells.words("tags")[:30]),
        "occupation_code": cells.word("occupation", 12),
    }


def _beside_the_degree(education: str) -> str:
    """ "统招本科" asks for more than a degree: that goes to the requirements, where the screen reads it."""
    rest = _PLAIN_DEGREE.sub("", education)
    return f"学历要求：{education}" if rest and not rest.isdigit() and is_education(education) else ""


def _place(cells: Cells) -> Mapping[str, Any]:
    address = _ADDRESS_LABEL.sub("", cells.word("address", 300))
    area = _area(cells, address)
    if area.note:
        cells.note(area.note)
    point = _point(cells, area)
    return {
        "address": address or _address_of(area, cells),
        "area_code": area.code,
        "place_contradiction": area.contradiction,
        "lon": point.lon,
        "lat": point.lat,
        "source_crs": point.source_crs,
    }


def _area(cells: Cells, address: str) -> Area:
    code = cells.word("area_code", 12)[:6]
    if code in _NAMES_OF_AREAS:
        return Area(code, _NAMES_OF_AREAS[code])
    return read_area(cells.word("city", 60), cells.word("district", 60), address)


def _address_of(area: Area, cells: Cells) -> str:
    """No address but a district or a part of town: that much is said, and no more."""
    part = area.words or ",".join(cells.words("zones")[:1])
    return f"{area.name}{part}"


def _point(cells: Cells, area: Area) -> Point:
    point = read_point(cells.number("lon"), cells.number("lat"), cells.line.header.hints.get("lon", ""))
    if point.note:
        cells.note(point.note)
    return point


def _firm(cells: Cells) -> Mapping[str, Any]:
    facts = company_facts(cells.word("company", 200)) if "company" in cells.line.header.columns else {}
    written = cells.word("size", 200) or facts.get("size", "")
    size = read_size(written) if written else ""
    if size is None:
        cells.note(Note.SIZE_DROPPED)
    return {
        "industry": cells.word("industry", 200) or facts.get("industry", ""),
        "size": (size or "")[:30],
        "nature": (cells.word("nature", 60) or facts.get("nature", ""))[:40],
        "contact_name": cells.name("contact_name", 60),
        "contact_phone": cells.phone("contact_phone"),
        "publisher": cells.word("publisher", 120),
    }


def _span(cells: Cells) -> Mapping[str, Any]:
    start, end = cells.day("valid_from"), cells.day("valid_until")
    if start and end and end < start:
        raise cells.refuse("valid_until", Reason.DATE_REVERSED)
    return {"valid_from": start, "valid_until": end}


__all__ = ["RowRefused", "VacancyRow"]
