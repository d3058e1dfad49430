"""A line of organisations understood."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter

from yuanmeng.core.text import normal
from yuanmeng.intake.cells import Cells
from yuanmeng.intake.digests import digest_of, fingerprint, normal_of
from yuanmeng.intake.points import read_point
from yuanmeng.intake.readers import Line
from yuanmeng.intake.reasons import Note, Reason
from yuanmeng.intake.records import refuse_no_record
from yuanmeng.intake.words import read_size

_KIND_WORDS = {
    "employer": "用人单位 企业 单位 招聘单位 employer",
    "hr_agency": "人力资源服务机构 人力资源 中介 派遣 hragency",
    "university": "高校 大学 学院 院校 university",
    "training_provider": "培训机构 培训 trainingprovider",
    "department": "政府部门 部门 街道 委办局 机关 department",
    "operator": "运营方 运营 operator",
}
KINDS = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation as the file says it."""

    line: int
    sheet: str
    external_id: str
    name: str
    name_normal: str
    uscc: str
    kind: str
    industry: str
    size: str
    nature: str
    address: str
    lon: float | None
    lat: float | None
    source_crs: str
    contact_name: str
    contact_phone: str
    about: str
    licence_no: str
    licence_until: date | None
    notes: tuple[Note, ...]

    @classmethod
    def parse(cls, line: Line, *, demo: bool = False) -> OrganisationRow:
        """This will understand one line; raises RowSkipped or RowRefused as vacancies do."""
        refuse_no_record(line)
        cells = Cells(line, demo=demo)
        name = cells.name("name", 120, required=True)
        point = read_point(cells.number("lon"), cells.number("lat"), line.header.hints.get("lon", ""))
        if point.note:
            cells.note(point.note)
        return cls(
            line=line.number,
            sheet=line.sheet,
            external_id=normal(cells.word("external_id", 70)).upper(),
            name=name,
            name_normal=normal_of(name),
            uscc=cells.code("uscc"),
            kind=_kind(cells),
            industry=cells.word("industry", 200),
            size=_size(cells),
            nature=cells.word("nature", 40),
            address=cells.word("address", 300),
            lon=point.lon,
            lat=point.lat,
            source_crs=point.source_crs,
            contact_name=cells.name("contact_name", 60),
            contact_phone=cells.phone("contact_phone"),
            about=cells.text("about", 4000),
            licence_no=cells.word("licence_no", 60),
            licence_until=cells.day("licence_until"),
            notes=tuple(cells.notes),
        )

    def digest(self) -> str:
        """Return a fingerprint of everything the row says."""
        return fingerprint(_SAID(self))

    def identity(self) -> str:
        """Return the key of a row without one: the credit code, else the name."""
        return f"auto:{self.uscc or digest_of(self.name_normal)}"

    def likeness(self) -> str:
        """Return what two rows share that may be one organisation."""
        return digest_of(self.name_normal)


_BESIDE = {"line", "sheet", "external_id", "notes", "name"}
_SAID = attrgetter(*(f.name for f in fields(OrganisationRow) if f.name not in _BESIDE))


def _kind(cells: Cells) -> str:
    words = normal(cells.word("kind", 40)).replace("_", "")
    if words and words not in KINDS:
        raise cells.refuse("kind", Reason.KIND_UNKNOWN)
    return KINDS.get(words, "employer")


def _size(cells: Cells) -> str:
    written = cells.word("size", 60)
    size = read_size(written) if written else ""
    if size is None:
        cells.note(Note.SIZE_DROPPED)
    return (size or "")[:30]
