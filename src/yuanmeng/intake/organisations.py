"""Rows of organisations become organisations nobody has verified yet, or change the ones they mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.intake.models import Batch, BatchRow
from yuanmeng.intake.organisation_rows import OrganisationRow
from yuanmeng.intake.places import places_of
from yuanmeng.occupations.classify import industry_of
from yuanmeng.organisations.models import Organisation
from yuanmeng.places.models import Place

Pair = tuple[BatchRow, OrganisationRow]

# What an update writes, and the column of the file that must be there for it to be written.
_COLUMN_OF = {
    "name": "name", "uscc": "uscc", "industry_code": "industry", "size": "size", "nature": "nature",
    "about": "about", "contact_name": "contact_name", "contact_phone": "contact_phone",
    "licence_no": "licence_no", "licence_until": "licence_until", "kind": "kind",
}  # fmt: skip


def admit(batch: Batch, pairs: Sequence[Pair], *, by: Actor, at: datetime) -> None:
    """This will make many organisations in a handful of statements. They wait for verification."""
    places = places_of((row, "") for _, row in pairs)
    made = [_new(batch, kept, row, place, at) for (kept, row), place in zip(pairs, places, strict=True)]
    Organisation.objects.bulk_create(made)
    facts = {"source": batch.source, "batch": batch.uid}
    events.tell_many((("organisation.found", row, facts) for row in made), by=by, at=at)


def _new(
    batch: Batch, kept: BatchRow, row: OrganisationRow, place: Place | None, at: datetime
) -> Organisation:
    organisation = Organisation(
        uid=kept.object_uid,
        name_normal=row.name_normal,
        place=place,
        source=batch.source,
        external_id=row.external_id,
        made_at=at,
    )
    for name, value in _facts(row).items():
        setattr(organisation, name, value)
    return organisation


def _facts(row: OrganisationRow) -> dict[str, Any]:
    industry = industry_of(row.industry) or industry_of(row.name)
    return {
        "name": row.name,
        "uscc": row.uscc,
        "kind": row.kind,
        "industry_code": industry.code if industry else "",
        "size": row.size,
        "nature": row.nature,
        "about": row.about,
        "contact_name": row.contact_name,
        "contact_phone": row.contact_phone,
        "licence_no": row.licence_no,
        "licence_until": row.licence_until,
    }


def update(batch: Batch, pair: Pair, *, by: Actor, at: datetime) -> None:
    """This will change one organisation to what the file says now; an empty cell changes nothing.

    The name and the code of a verified organisation are what was verified: they stay.
    """
    kept, row = pair
    organisation = Organisation.objects.select_for_update().get(uid=kept.object_uid)
    kept_names = {"name", "uscc", "kind"} if organisation.verified_at else set()
    facts = {
        name: value
        for name, value in _facts(row).items()
        if value and name not in kept_names and _COLUMN_OF[name] in batch.report["fields"]
    }
    before = {name: getattr(organisation, name) for name in facts}
    image = {"facts": before, "changed": before != facts}
    kept.before = json.dumps(image, ensure_ascii=False, default=str)
    if before != facts:
        change(organisation, facts, by=by, at=at)


def change(organisation: Organisation, facts: dict[str, Any], *, by: Actor, at: datetime) -> None:
    """Write facts and tell it."""
    for name, value in facts.items():
        setattr(organisation, name, value)
    organisation.save()
    organisation.tell_changed(by=by, at=at)
