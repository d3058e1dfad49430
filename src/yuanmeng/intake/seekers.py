"""Rows of job seekers become persons with a registration; whoever has an account keeps their own words.

A person exists without a login; later they may claim the file with their phone. The key of a row is the
person's: `object_uid` is the Person's uid.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.utils import timezone

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.intake.models import Batch, BatchRow
from yuanmeng.intake.seeker_rows import SeekerRow
from yuanmeng.people.models import Person
from yuanmeng.places.gazetteer import AreaName, find_area
from yuanmeng.seekers.models import Resume, Seeker, register

Pair = tuple[BatchRow, SeekerRow]

# A district's middle says nothing about a way to work.
_NEAR_ENOUGH = frozenset({"committee", "subdistrict"})


def admit(batch: Batch, pairs: Sequence[Pair], *, by: Actor, at: datetime) -> None:
    """This will register many persons in a handful of statements; names and numbers are sealed on the way."""
    people = [_person(batch, kept, row, at) for kept, row in pairs]
    Person.objects.bulk_create(people)
    seekers = [_seeker(person, row, at) for person, (_, row) in zip(people, pairs, strict=True)]
    Seeker.objects.bulk_create(seekers)
    resumes = [
        Resume(seeker=seeker, version=1, text=row.text, made_at=at)
        for seeker, (_, row) in zip(seekers, pairs, strict=True)
        if row.text
    ]
    Resume.objects.bulk_create(resumes)
    facts = {"channel": "import", "batch": batch.uid}
    events.tell_many((("seeker.registered", seeker, facts) for seeker in seekers), by=by, at=at)


def _person(batch: Batch, kept: BatchRow, row: SeekerRow, at: datetime) -> Person:
    area = _area(row)
    person = Person(
        uid=kept.object_uid,
        name=row.name,
        birth_on=row.birth_on,
        birth_year=row.birth_year,
        sex=row.sex,
        committee_code=area.code if area and area.level == "committee" else "",
        committee_name=row.committee,
        source=batch.source,
        external_id=row.external_id,
        made_at=at,
    )
    person.set_phone(row.phone)
    person.address = row.residence
    if row.id_number:
        person.set_id_number(row.id_number)
    return person


def _area(row: SeekerRow) -> AreaName | None:
    area = find_area(row.committee) if row.committee else None
    return area or (find_area(row.residence) if row.residence else None)


def _seeker(person: Person, row: SeekerRow, at: datetime) -> Seeker:
    since = _since(row, at)
    seeker = Seeker(
        person=person, channel=row.channel, made_at=since, changed_at=at, active_at=since, **_home(row)
    )
    for name, value in _facts(row).items():
        setattr(seeker, name, value)
    return seeker


def _since(row: SeekerRow, at: datetime) -> datetime:
    """The registration's own day where the file says one; never a day that has not come."""
    if row.registered_on is None:
        return at
    noon = timezone.make_aware(datetime.combine(row.registered_on, time(12)))
    return min(noon, at)


def _home(row: SeekerRow) -> dict[str, Any]:
    """The residents' committee, not the door: enough for a commute."""
    area = _area(row)
    if area is None:
        return {}
    near = area.level in _NEAR_ENOUGH
    return {
        "home_area_code": area.code,
        "home_lon": area.lon if near else None,
        "home_lat": area.lat if near else None,
    }


def _facts(row: SeekerRow) -> dict[str, Any]:
    return {
        "education": row.education,
        "school": row.school,
        "major": row.major,
        "graduates_on": row.graduates_on,
        "skills": list(row.skills),
        "certificates": list(row.certificates),
        "last_occupation_code": row.last_occupation_code,
        "last_job": row.last_job,
        "years_experience": row.years_experience,
        "intention": row.intention,
        "wanted_occupation_codes": list(row.wanted_occupation_codes),
        "wanted_text": row.wanted_text,
        "pay_floor_fen": row.pay_floor_fen,
        "employment_types": list(row.employment_types),
        "shifts": list(row.shifts),
        "commute_max_minutes": row.commute_max_minutes,
    }


def update(batch: Batch, pair: Pair, *, by: Actor, at: datetime) -> None:
    """This will bring one registration up to date; empty cells change nothing.

    Somebody who has claimed the file, or came by another way, keeps what they said: only gaps are filled.
    """
    kept, row = pair
    person = Person.objects.select_for_update().get(uid=kept.object_uid)
    seeker = register(person, by=by, at=at, channel=row.channel, **_home(row))
    own_words = hasattr(person, "user") or person.source != batch.source
    facts = {
        name: value
        for name, value in _facts(row).items()
        if value and not (own_words and getattr(seeker, name))
    }
    before = {name: getattr(seeker, name) for name in facts}
    changed = seeker.change(by=by, at=at, **facts)
    if row.text and not (own_words and seeker.resume):
        seeker.write_resume(row.text, by=by, at=at)
    image = {"facts": before, "changed": changed}
    kept.before = json.dumps(image, ensure_ascii=False, default=str)
