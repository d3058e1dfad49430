"""Rows of vacancies become drafts, or change the vacancy they became before."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.intake.firms import firms_of
from yuanmeng.intake.models import Batch, BatchRow
from yuanmeng.intake.places import places_of
from yuanmeng.intake.rows import VacancyRow
from yuanmeng.intake.seeker_rows import shifts_of
from yuanmeng.occupations.classify import industry_of, occupation_of, read_ahead
from yuanmeng.organisations.models import Organisation
from yuanmeng.places.models import Place
from yuanmeng.vacancies.models import MOVES, Source, State, Vacancy

Pair = tuple[BatchRow, VacancyRow]

_MOST_SHIFTS = 3
_OCCUPATION_CODE = re.compile(r"\d-\d{2}(?:-\d{2}){0,2}")
_TERMINAL = {state for state, onward in MOVES.items() if not onward} | {State.CLOSED, State.REJECTED}
# What an update writes, and the column of the file that must be there for it to be written.
_COLUMN_OF = {
    "openings": "openings", "pay_min_fen": "pay", "pay_max_fen": "pay", "pay_unit": "pay",
    "pay_months": "pay", "pay_text": "pay", "education": "education",
    "experience_min_years": "experience", "hours": "hours",
    "shift": "hours", "employment_type": "employment_type", "content": "content",
    "requirements": "requirements", "benefits": "benefits", "skills": "skills", "tags": "tags",
    "contact_name": "contact_name", "contact_phone": "contact_phone", "valid_from": "valid_from",
    "valid_until": "valid_until", "title": "title", "occupation_code": "title",
}  # fmt: skip


class Closed(Refused):
    """The vacancy under this key is over: re-listing it is a new vacancy with a new key."""

    code = "closed"


def admit(batch: Batch, pairs: Sequence[Pair], *, by: Actor, at: datetime) -> None:
    """This will make drafts of many rows in a handful of statements."""
    rows = [row for _, row in pairs]
    firms = firms_of(rows, source=batch.source, by=by, at=at)
    places = _places(rows)
    read_ahead([row.title for row in rows])
    made = [
        _draft(batch, kept, row, firm, place, at)
        for (kept, row), firm, place in zip(pairs, firms, places, strict=True)
    ]
    Vacancy.objects.bulk_create(made)
    facts = {"source": batch.source, "batch": batch.uid}
    events.tell_many((("vacancy.drafted", vacancy, facts) for vacancy in made), by=by, at=at)


def _draft(
    batch: Batch, kept: BatchRow, row: VacancyRow, firm: Organisation, place: Place | None, at: datetime
) -> Vacancy:
    vacancy = Vacancy(
        uid=kept.object_uid,
        organisation=firm,
        title_normal=row.title_normal,
        place=place,
        industry_code=_industry(row, firm),
        made_at=at,
        changed_at=at,
        source_name=batch.source,
        external_id=_external_id(batch, kept),
        **_source(batch, row),
    )
    for name, value in _facts(row).items():
        setattr(vacancy, name, value)
    return vacancy


def _external_id(batch: Batch, kept: BatchRow) -> str:
    """Two rows of a file without keys may be two vacancies: a person said so, their words tell them apart."""
    if not kept.resolution:
        return kept.key
    taken = Vacancy.objects.filter(source_name=batch.source, external_id=kept.key).exists()
    return f"{kept.key}#{kept.digest[:6]}" if taken or kept.key.startswith("auto:") else kept.key


def _facts(row: VacancyRow) -> dict[str, Any]:
    """The columns of a vacancy that a row says by itself."""
    return {
        "title": row.title,
        "occupation_code": _occupation(row),
        "openings": row.openings,
        "content": row.content,
        "requirements": row.requirements,
        "skills": list(row.skills),
        "employment_type": row.employment_type or "FULL_TIME",
        "pay_min_fen": row.pay_min_fen,
        "pay_max_fen": row.pay_max_fen,
        "pay_unit": row.pay_unit,
        "pay_months": row.pay_months,
        "pay_text": row.pay_text,
        "education": row.education,
        "experience_min_years": row.experience_min_years,
        "hours": row.hours,
        "shift": ",".join(shifts_of(row.hours)[:_MOST_SHIFTS]),
        "benefits": row.benefits,
        "tags": list(row.tags),
        "contact_name": row.contact_name,
        "contact_phone": row.contact_phone,
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
    }


def _occupation(row: VacancyRow) -> str:
    if _OCCUPATION_CODE.match(row.occupation_code):
        return row.occupation_code
    return occupation_of(row.title, row.content[:400]) or ""


def _industry(row: VacancyRow, firm: Organisation) -> str:
    found = industry_of(row.industry) if row.industry else None
    return found.code if found else firm.industry_code


def _source(batch: Batch, row: VacancyRow) -> dict[str, str]:
    """How a vacancy comes to us. A row that names its publisher, in a file of no agency, is a re-post."""
    publisher = row.publisher or batch.source_publisher
    reposted = row.publisher and batch.vacancy_source == Source.OWN
    return {"source": Source.REPOSTED if reposted else batch.vacancy_source, "source_publisher": publisher}


def _places(rows: Sequence[VacancyRow]) -> list[Place | None]:
    """A contradiction leaves the place open, so that the gate asks for it."""
    said = [row for row in rows if not row.place_contradiction]
    made = iter(places_of((row, row.area_code or "") for row in said))
    return [None if row.place_contradiction else next(made) for row in rows]


def update(batch: Batch, pair: Pair, *, by: Actor, at: datetime) -> None:
    """This will change one vacancy to what the file says now, and keep what it said before.

    Only columns the file has are written. A published vacancy that breaks a clause by its new words is
    paused at once. Raises Closed for a vacancy that is over.
    """
    kept, row = pair
    vacancy = Vacancy.objects.select_for_update().get(uid=kept.object_uid)
    if vacancy.state in _TERMINAL:
        raise Closed("closed")
    facts = {name: value for name, value in _facts(row).items() if _COLUMN_OF[name] in batch.report["fields"]}
    before = {name: getattr(vacancy, name) for name in facts}
    if _moved(row, vacancy):
        before["place_id"], facts["place_id"] = vacancy.place_id, _place_id(row)
    changed = vacancy.change(by=by, at=at, **facts)
    image = {"facts": before, "version": vacancy.version, "changed": changed}
    kept.before = json.dumps(image, ensure_ascii=False, default=str)
    _pause_if_blocked(vacancy, by=by, at=at)


def _moved(row: VacancyRow, vacancy: Vacancy) -> bool:
    return bool(row.address) and (vacancy.place is None or vacancy.place.address != row.address)


def _place_id(row: VacancyRow) -> int | None:
    place = _places([row])[0]
    return place.pk if place else None


def _pause_if_blocked(vacancy: Vacancy, *, by: Actor, at: datetime) -> None:
    from yuanmeng.vacancies import gate

    if vacancy.state != State.PUBLISHED:
        return
    try:
        gate.refuse_blocked(vacancy, at=at)
    except gate.Blocked as blocked:
        rules = ", ".join(finding.rule for finding in gate.blocks(blocked.findings))
        vacancy.pause(by=by, at=at, reason=rules[:200])


def publish_drafts(batch: Batch, *, by: Actor, publish_by: Actor, at: datetime) -> tuple[int, int]:
    """This will hand in and publish the drafts of a trusted batch, through the gate; (published, held)."""
    uids = batch.rows.filter(action="admit").values_list("object_uid", flat=True)
    published = held = 0
    for start in range(0, len(uids), 500):
        drafts = Vacancy.objects.filter(uid__in=list(uids[start : start + 500]), state=State.DRAFT)
        for vacancy in drafts.select_related("organisation").order_by("id"):
            if _publish(vacancy, by=by, publish_by=publish_by, at=at):
                published += 1
            else:
                held += 1
    return published, held


def _publish(vacancy: Vacancy, *, by: Actor, publish_by: Actor, at: datetime) -> bool:
    try:
        vacancy.submit(by=by, at=at)
        vacancy.publish(by=publish_by, at=at)
    except Refused:  # it stays a draft; the gate's findings say why, on its own page
        return False
    return True
