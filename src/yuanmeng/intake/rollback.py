"""Taking a batch back: what it changed is as it was before, what it made is gone, unless touched since."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from yuanmeng.applications.models import Application
from yuanmeng.core import audit, events
from yuanmeng.core.actors import Actor
from yuanmeng.intake.models import Batch, BatchRow, Kind, RowAction, SourceKey, State
from yuanmeng.intake.organisations import change as change_organisation
from yuanmeng.organisations.models import Organisation
from yuanmeng.organisations.models import State as OrganisationState
from yuanmeng.people.models import Person
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import CloseReason, Vacancy
from yuanmeng.vacancies.models import State as VacancyState

CHUNK = 200

STAYED = {
    "touched": _("Somebody has worked on it since."),
    "in_use": _("Something else depends on it by now."),
    "gone": _("It is not there any more."),
    "forgotten": _("What it said before is not kept any longer."),
}


@dataclass
class RolledBack:
    """What a rollback did; `stayed` names each line that could not be taken back, and why."""

    undone: int = 0
    stayed: list[dict[str, Any]] = field(default_factory=list)
    firms: set[int] = field(default_factory=set)

    def keep(self, row: BatchRow, why: str) -> None:
        self.stayed.append({"sheet": row.sheet, "line": row.line, "uid": row.object_uid, "why": why})


def rollback(batch: Batch, *, by: Actor, at: datetime) -> RolledBack:
    """This will take a committed batch back, newest row first, and say which rows stayed and why.

    Interrupted, it can be called again: rows already taken back are passed over. Vacancies that were never
    published disappear, published ones are withdrawn; people and firms others depend on stay.
    """
    batch.refresh_from_db()
    if not batch.may_move(State.ROLLED_BACK):
        batch.move(State.ROLLED_BACK, by=by, at=at)  # raises MoveRefused
    told = RolledBack()
    done = batch.rows.exclude(done_at=None).order_by("-id")
    uids = list(done.values_list("pk", flat=True))
    for start in range(0, len(uids), CHUNK):
        with transaction.atomic():
            for row in done.filter(pk__in=uids[start : start + CHUNK]):
                _undo(batch, row, told, by=by, at=at)
    with transaction.atomic():
        _remove_empty_firms(batch, told)
        batch.report["stayed"] = told.stayed
        batch.save(update_fields=["report"])
        batch.move(State.ROLLED_BACK, by=by, at=at)
        audit.write("rollback", by=by, at=at, about=batch, count=max(1, told.undone))
    return told


def _undo(batch: Batch, row: BatchRow, told: RolledBack, *, by: Actor, at: datetime) -> None:
    undo = _UNDO[Kind(batch.kind), row.action == RowAction.ADMIT]
    if batch.kind == Kind.VACANCIES and row.action == RowAction.ADMIT:
        told.firms.update(
            Vacancy.objects.filter(uid=row.object_uid).values_list("organisation_id", flat=True)
        )
    # After 90 days the words of a file are forgotten, and with them what a row changed.
    forgotten = row.action == RowAction.UPDATE and not row.before
    why = "forgotten" if forgotten else undo(row, by, at)
    if why:
        told.keep(row, why)
        return
    told.undone += 1
    SourceKey.objects.filter(row_uid=row.uid).delete()
    BatchRow.objects.filter(pk=row.pk).update(done_at=None)


def _take_vacancy_away(row: BatchRow, by: Actor, at: datetime) -> str:
    vacancy = Vacancy.objects.select_for_update().filter(uid=row.object_uid).first()
    if vacancy is None:
        return "gone"
    if Application.objects.filter(vacancy=vacancy).exists():
        return "in_use"
    if vacancy.state == VacancyState.DRAFT and vacancy.published_at is None:
        return _delete_draft(vacancy, row, by, at)
    if vacancy.version != 1 or vacancy.state != VacancyState.PUBLISHED:
        return "touched"
    vacancy.close(CloseReason.WITHDRAWN, by=by, at=at)
    # The key is free again, so that the corrected file can bring the vacancy anew.
    Vacancy.objects.filter(pk=vacancy.pk).update(external_id="")
    return ""


def _delete_draft(vacancy: Vacancy, row: BatchRow, by: Actor, at: datetime) -> str:
    if vacancy.version != 1:
        return "touched"
    place = vacancy.place
    events.tell("vacancy.undone", vacancy, by=by, at=at, batch=row.batch.uid)
    try:
        with transaction.atomic():
            vacancy.delete()
    except ProtectedError:
        return "in_use"
    _delete_unused(place)
    return ""


def _delete_unused(place: Any) -> None:
    # Another row of the file may share it; the last one takes it away.
    with suppress(ProtectedError), transaction.atomic():
        if place is not None:
            place.delete()


def _restore_vacancy(row: BatchRow, by: Actor, at: datetime) -> str:
    image = row.before_image
    if not image.get("changed"):
        return ""
    vacancy = Vacancy.objects.select_for_update().filter(uid=row.object_uid).first()
    if vacancy is None:
        return "gone"
    if vacancy.version != image["version"]:
        return "touched"
    vacancy.change(by=by, at=at, **_typed(Vacancy, image["facts"]))
    # Going back one step makes the row before it the newest again: its own rollback may follow.
    Vacancy.objects.filter(pk=vacancy.pk).update(version=image["version"] - 1)
    return ""


def _typed(model: Any, facts: dict[str, Any]) -> dict[str, Any]:
    """JSON keeps days as text; the fields know better."""
    names = {f.attname: f for f in model._meta.concrete_fields}
    return {name: names[name].to_python(value) for name, value in facts.items()}


def _take_organisation_away(row: BatchRow, by: Actor, at: datetime) -> str:
    organisation = Organisation.objects.filter(uid=row.object_uid).first()
    if organisation is None:
        return "gone"
    if organisation.state != OrganisationState.UNVERIFIED or organisation.changed_at:
        return "touched"
    return _delete_unless_used(organisation, by, at)


def _delete_unless_used(organisation: Organisation, by: Actor, at: datetime) -> str:
    place = organisation.place
    try:
        with transaction.atomic():
            events.tell("organisation.undone", organisation, by=by, at=at)
            organisation.delete()
    except ProtectedError:
        return "in_use"
    _delete_unused(place)
    return ""


def _restore_organisation(row: BatchRow, by: Actor, at: datetime) -> str:
    image = row.before_image
    organisation = Organisation.objects.filter(uid=row.object_uid).first()
    if organisation is None:
        return "gone"
    if image.get("changed"):
        change_organisation(organisation, _typed(Organisation, image["facts"]), by=by, at=at)
    return ""


def _take_person_away(row: BatchRow, by: Actor, at: datetime) -> str:
    person = Person.objects.filter(uid=row.object_uid).select_related("seeker").first()
    if person is None:
        return "gone"
    seeker = getattr(person, "seeker", None)
    if hasattr(person, "user") or person.consents.exists():
        return "in_use"
    if seeker and (seeker.changed_at != row.done_at or Application.objects.filter(seeker=seeker).exists()):
        return "touched"
    try:
        with transaction.atomic():
            if seeker:
                events.tell("seeker.undone", seeker, by=by, at=at)
            person.delete()
    except ProtectedError:
        return "in_use"
    return ""


def _restore_seeker(row: BatchRow, by: Actor, at: datetime) -> str:
    image = row.before_image
    seeker = Seeker.objects.filter(person__uid=row.object_uid).first()
    if seeker is None:
        return "gone"
    if not image.get("changed"):
        return ""
    if seeker.changed_at != row.done_at:
        return "touched"
    seeker.change(by=by, at=at, **_typed(Seeker, image["facts"]))
    return ""


_UNDO: dict[tuple[Kind, bool], Callable[[BatchRow, Actor, datetime], str]] = {
    (Kind.VACANCIES, True): _take_vacancy_away,
    (Kind.VACANCIES, False): _restore_vacancy,
    (Kind.ORGANISATIONS, True): _take_organisation_away,
    (Kind.ORGANISATIONS, False): _restore_organisation,
    (Kind.SEEKERS, True): _take_person_away,
    (Kind.SEEKERS, False): _restore_seeker,
}


def _remove_empty_firms(batch: Batch, told: RolledBack) -> None:
    """Firms that only these vacancies brought, and that nobody has touched, go with them."""
    empty = Organisation.objects.filter(
        pk__in=told.firms,
        source=batch.source,
        external_id="",
        made_at__gte=batch.made_at,
        state=OrganisationState.UNVERIFIED,
        changed_at=None,
        vacancies=None,
        memberships=None,
    )
    for organisation in empty:
        with suppress(ProtectedError), transaction.atomic():
            organisation.delete()
