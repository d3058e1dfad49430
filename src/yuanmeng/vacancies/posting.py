"""Writing a vacancy down: a draft, its corrections, and the same vacancy once more."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import Step
from yuanmeng.occupations.classify import occupation_of
from yuanmeng.organisations.models import Organisation
from yuanmeng.places.gazetteer import find_place
from yuanmeng.places.models import Place, Precision
from yuanmeng.vacancies.models import State, Vacancy

# What has gone out is not rewritten: citizens applied for what they read. It is posted anew instead.
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
# What a new posting takes over from an old one; dates, state and review are its own.
COPIED = (
    "title", "occupation_code", "industry_code", "openings", "content", "requirements", "skills", "place",
    "employment_type", "pay_min_fen", "pay_max_fen", "pay_unit", "pay_months", "education",
    "experience_min_years", "hours", "shift", "benefits", "tags", "contact_name", "contact_phone", "source",
    "source_publisher", "agency",
)  # fmt: skip
_UNSTORED_PLACE = 0


class ChangedMeanwhile(Refused):
    """Somebody saved the vacancy after this form was opened."""

    code = "stale"


def draft(organisation: Organisation, *, address: str, by: Actor, at: datetime, **facts: Any) -> Vacancy:
    """This will write a new draft down; nothing in it has to be complete yet."""
    vacancy = sketch(Vacancy(organisation=organisation, made_at=at), facts)
    vacancy.changed_at = at
    with transaction.atomic():
        vacancy.place = place_of(address)
        vacancy.save()
        Step.write(vacancy, old="", new=State.DRAFT, by=by, at=at)
        events.tell("vacancy.drafted", vacancy, by=by, at=at)
    return vacancy


def revise(vacancy: Vacancy, *, address: str, version: int, by: Actor, at: datetime, **facts: Any) -> bool:
    """This will change a draft or a returned vacancy and say whether anything was different.

    Raises ChangedMeanwhile when `version` is not the one that stands, Refused when it has gone out.
    """
    if vacancy.state not in EDITABLE:
        raise Refused(_("What has gone out is not rewritten. Please post it anew from this one."))
    with transaction.atomic():
        standing = Vacancy.objects.select_for_update().filter(pk=vacancy.pk, version=version).exists()
        if not standing:
            raise ChangedMeanwhile(_("Somebody has saved this vacancy meanwhile. Please compare both texts."))
        if address != address_of(vacancy):
            facts["place"] = place_of(address)
        return vacancy.change(by=by, at=at, **facts, **_sorted_in(vacancy, facts))


def copy(vacancy: Vacancy, *, by: Actor, at: datetime) -> Vacancy:
    """This will post a vacancy anew: a draft with the same words, without dates."""
    facts = {name: getattr(vacancy, name) for name in COPIED}
    place = facts.pop("place")
    with transaction.atomic():
        made = draft(vacancy.organisation, address="", by=by, at=at, **facts)
        Vacancy.objects.filter(pk=made.pk).update(place=place)
    made.place = place
    return made


def sketch(vacancy: Vacancy, facts: dict[str, Any], *, address: str = "") -> Vacancy:
    """This will put facts on a vacancy without saving it, so that the gate can be asked beforehand."""
    for name, value in {**facts, **_sorted_in(vacancy, facts)}.items():
        setattr(vacancy, name, value)
    if address and vacancy.place_id is None:
        # The gate asks whether a place is named; it becomes a row when the vacancy is saved.
        vacancy.place_id = _UNSTORED_PLACE
    elif not address and vacancy.pk is None:
        vacancy.place_id = None
    return vacancy


def _sorted_in(vacancy: Vacancy, facts: dict[str, Any]) -> dict[str, str]:
    """Occupation and industry follow from the words; a person need not know the codes."""
    title, text = facts.get("title", vacancy.title), facts.get("content", vacancy.content)
    return {
        "occupation_code": occupation_of(title, text[:400]) or "",
        "industry_code": vacancy.organisation.industry_code,
    }


def address_of(vacancy: Vacancy) -> str:
    """This will be the address as it was written."""
    return vacancy.place.address if vacancy.place is not None else ""


def place_of(address: str) -> Place | None:
    """This will make a place of an address, on the map as exactly as its words allow."""
    if not address.strip():
        return None
    found = find_place(address)
    if found is None:
        return Place.objects.create(address=address.strip(), precision=Precision.NONE)
    # The middle of an area is no workplace: it stays off the map and is counted openly there.
    lon, lat = (None, None) if found.precision == Precision.AREA else (found.lon, found.lat)
    return Place.objects.create(
        address=address.strip(), lon=lon, lat=lat, area_code=found.area_code, precision=found.precision
    )


def hand_in(rows: Iterable[Vacancy], *, by: Actor, at: datetime) -> tuple[int, int]:
    """This will hand in the drafts that pass the gate, on the employer's behalf: (handed in, held back)."""
    return _each(rows, lambda vacancy: vacancy.submit(by=by, at=at))


def publish(rows: Iterable[Vacancy], *, by: Actor, at: datetime) -> tuple[int, int]:
    """This will publish those of many that pass the gate and were handed in by somebody else."""
    return _each(rows, lambda vacancy: vacancy.publish(by=by, at=at))


def _each(rows: Iterable[Vacancy], act: Callable[[Vacancy], None]) -> tuple[int, int]:
    done = held = 0
    for vacancy in rows:
        try:
            act(vacancy)
            done += 1
        except Refused:  # its own page says why
            held += 1
    return done, held
