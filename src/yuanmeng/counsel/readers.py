"""What the desk makes of the news: to-dos for people, rows in the ledger.

    read_news(limit=500)      # the worker calls it; rows are read once, in order

Every handler may meet a row a second time (at-least-once), so each opens to-dos by cause and
writes ledger rows by event.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from yuanmeng.applications.models import Application, Placement, Referral, State
from yuanmeng.core import events
from yuanmeng.core.actors import Told
from yuanmeng.core.models import EventRow
from yuanmeng.counsel import duty, registrations
from yuanmeng.counsel.models import FollowUp, FollowUpKind, ServiceKind, ServiceRecord
from yuanmeng.seekers.models import Seeker
from yuanmeng.vacancies.models import Report

NAME = "counsel"
ANSWER_IN, RESULT_IN, CONSOLE_IN = timedelta(days=3), timedelta(days=15), timedelta(days=1)
RETENTION_DAYS = (7, 30, 90)


def read_news(limit: int = 500) -> int:
    """This will read what has happened since last time and return how many rows it read."""
    together = registrations.read_together(NAME, [*HANDLERS])
    return together or events.drain(NAME, handle, kinds=[*HANDLERS], limit=limit)


def handle(event: EventRow) -> None:
    HANDLERS[event.kind](event)


# --- Applications ----------------------------------------------------------------------------


def _application_submitted(event: EventRow) -> None:
    row = _application(event)
    if row is None:
        return
    _write(event, ServiceKind.APPLICATION, _about(row), result=State.SUBMITTED, channel=row.via)
    # What an officer sent on somebody's behalf is not news to the desk.
    if row.on_behalf_by_id is None:
        who = duty.who_looks_after(row.seeker, at=event.at)
        _open(event, FollowUpKind.NEW_APPLICATION, row, in_=timedelta(), assigned_to=who)


def _application_answered(event: EventRow) -> None:
    """The employer is dealing with it: nobody at the desk has to look whether somebody does."""
    row = _application(event)
    if row is not None:
        _drop(event, row, [FollowUpKind.NEW_APPLICATION, FollowUpKind.SILENT_APPLICATION])


def _application_hired(event: EventRow) -> None:
    """Somebody starts work: place them, and ask after 7, 30 and 90 days how it goes."""
    row = _application(event)
    if row is None:
        return
    start = _place(row, event)
    _write(event, ServiceKind.APPLICATION, _about(row), result=State.HIRED)
    _settle_what_waited(event, row)
    for days in RETENTION_DAYS:
        FollowUp.open_for(
            event, FollowUpKind.RETENTION, part=str(days), due_on=start + timedelta(days=days), at=event.at,
            assigned_to=row.seeker.owner or row.on_behalf_by, **_subject(row),
        )  # fmt: skip


def _place(row: Application, event: EventRow) -> date:
    """Keep the start of work and take the seeker off the lists of people looking; return the first day."""
    placed, new = Placement.objects.get_or_create(
        application=row, defaults={"started_on": timezone.localdate(event.at), "by": event.by, "at": event.at}
    )
    if new and row.seeker.may_move("placed"):
        row.seeker.start_work(by=Told(event.by), at=event.at)
    return placed.started_on


def _application_ended(event: EventRow) -> None:
    """It came to nothing: nobody chases it any more, somebody tells the person what else there is."""
    row = _application(event)
    if row is None:
        return
    _write(event, ServiceKind.APPLICATION, _about(row), result=event.kind.removeprefix("application."))
    _settle_what_waited(event, row)
    officer = row.on_behalf_by or row.seeker.owner
    withdrawn = row.state in {State.WITHDRAWN, State.OBSOLETE}
    if officer is not None and not withdrawn:
        _open(event, FollowUpKind.CONTACT_DUE, row, in_=CONSOLE_IN, assigned_to=officer)


def _settle_what_waited(event: EventRow, row: Application) -> None:
    waiting = [FollowUpKind.NEW_APPLICATION, FollowUpKind.SILENT_APPLICATION, FollowUpKind.REFERRAL_RESULT]
    _drop(event, row, waiting)


def _drop(event: EventRow, row: Application, kinds: list[FollowUpKind]) -> None:
    for todo in FollowUp.objects.about(row).filter(kind__in=kinds):
        todo.drop(by=Told(event.by), at=event.at, reason=event.kind)


# --- Referrals -------------------------------------------------------------------------------


def _referral_proposed(event: EventRow) -> None:
    row = _referral(event)
    if row is not None and row.state == "proposed":
        FollowUp.open_for(
            event, FollowUpKind.REFERRAL_ANSWER, due_on=_day(event, ANSWER_IN), at=event.at,
            assigned_to=row.officer, **_subject(row),
        )  # fmt: skip


def _referral_consented(event: EventRow) -> None:
    row = _referral(event)
    if row is not None:
        _drop_the_question(event, row)


def _referral_sent(event: EventRow) -> None:
    """It went out: one referral in the ledger, and its result is to be asked for in 15 days."""
    row = _referral(event)
    if row is None:
        return
    _write(event, ServiceKind.REFERRAL, _about(row), result="sent", channel="desk")
    FollowUp.open_for(
        event, FollowUpKind.REFERRAL_RESULT, due_on=_day(event, RESULT_IN), at=event.at,
        assigned_to=row.officer, application=row.application, **_subject(row),
    )  # fmt: skip


def _referral_ended(event: EventRow) -> None:
    """Not wanted, or nobody answered: the ledger says so, the question is off the desk."""
    row = _referral(event)
    if row is not None:
        _write(event, ServiceKind.REFERRAL, _about(row), result=event.kind.removeprefix("referral."))
        _drop_the_question(event, row)


def _drop_the_question(event: EventRow, row: Referral) -> None:
    asked = FollowUp.objects.open().filter(
        kind=FollowUpKind.REFERRAL_ANSWER, person=row.seeker.person, vacancy=row.vacancy
    )
    for todo in asked:
        todo.drop(by=Told(event.by), at=event.at, reason=event.kind)


# --- Registrations, reports ------------------------------------------------------------------


def _seeker_registered(event: EventRow) -> None:
    seeker = Seeker.objects.select_related("person").filter(uid=event.object_uid).first()
    if seeker is not None:
        facts = {"person": seeker.person, "about": seeker}
        _write(event, ServiceKind.REGISTRATION, facts, result="registered", channel=seeker.channel)


def _report_made(event: EventRow) -> None:
    report = Report.objects.select_related("vacancy__organisation").filter(uid=event.object_uid).first()
    if report is not None:
        FollowUp.open_for(
            event, FollowUpKind.REPORT, due_on=_day(event), at=event.at, vacancy=report.vacancy,
            organisation=report.vacancy.organisation, words=report.words[:300],
        )  # fmt: skip


# --- Saying it -------------------------------------------------------------------------------


def _application(event: EventRow) -> Application | None:
    """The row an event is about; None when it was erased since."""
    rows = Application.objects.select_related(
        "seeker__person", "seeker__owner", "vacancy__organisation", "on_behalf_by"
    )
    return rows.filter(uid=event.object_uid).first()


def _referral(event: EventRow) -> Referral | None:
    rows = Referral.objects.select_related(
        "seeker__person", "officer", "vacancy__organisation", "application"
    )
    return rows.filter(uid=event.object_uid).first()


def _subject(row: Application | Referral) -> dict[str, Any]:
    """Whom and what a to-do is about."""
    facts = {"person": row.seeker.person, "vacancy": row.vacancy, "organisation": row.vacancy.organisation}
    return facts | ({"application": row} if isinstance(row, Application) else {})


def _about(row: Application | Referral) -> dict[str, Any]:
    """Whom and what a ledger row is about."""
    basis = f"consent:{row.consent.uid}" if isinstance(row, Application) else ""
    employer = row.vacancy.organisation
    return {"person": row.seeker.person, "organisation": employer, "about": row, "basis": basis}


def _write(event: EventRow, kind: str, about: dict[str, Any], **facts: Any) -> None:
    ServiceRecord.write_for(event, kind=kind, by=Told(event.by), at=event.at, **about, **facts)


def _open(event: EventRow, kind: str, row: Application, *, in_: timedelta, assigned_to: Any) -> None:
    FollowUp.open_for(
        event, kind, due_on=_day(event, in_), at=event.at, assigned_to=assigned_to, **_subject(row)
    )


def _day(event: EventRow, later: timedelta = timedelta()) -> date:
    return timezone.localdate(event.at) + later


HANDLERS: dict[str, Callable[[EventRow], None]] = {
    "application.submitted": _application_submitted,
    "application.shortlisted": _application_answered,
    "application.invited": _application_answered,
    "application.interviewed": _application_answered,
    "application.offered": _application_answered,
    "application.hired": _application_hired,
    "application.declined": _application_ended,
    "application.withdrawn": _application_ended,
    "application.missed": _application_ended,
    "application.turned_down": _application_ended,
    "application.obsolete": _application_ended,
    "application.expired": _application_ended,
    "referral.proposed": _referral_proposed,
    "referral.consented": _referral_consented,
    "referral.sent": _referral_sent,
    "referral.declined": _referral_ended,
    "referral.lapsed": _referral_ended,
    "seeker.registered": _seeker_registered,
    "report.made": _report_made,
}
