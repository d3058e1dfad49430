"""One timeline of a person: services, steps, consents, to-dos and resume versions, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yuanmeng.applications.models import Application, Referral, ReferralState
from yuanmeng.applications.models import State as ApplicationState
from yuanmeng.core.models import Step
from yuanmeng.counsel.models import (
    Channel,
    ContactResult,
    FollowUpState,
    RetentionResult,
    ServiceKind,
    ServiceRecord,
)
from yuanmeng.counsel.names import names_of
from yuanmeng.people.models import Consent, Person
from yuanmeng.seekers.models import Seeker
from yuanmeng.seekers.models import State as SeekerState

PAGE = 20
RESULTS = {**dict(ContactResult.choices), **dict(RetentionResult.choices)}


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `by` is an actor key until the page is cut, then a name."""

    at: datetime
    kind: str
    title: str
    by: str = ""
    words: str = ""
    # A record that may be corrected, by its uid; "" for what is no record.
    record: str = ""
    struck: bool = False
    due: bool = False


@dataclass(frozen=True)
class Page:
    entries: list[Entry]
    page: int
    has_more: bool


def of(seeker: Seeker, *, page: int = 1, size: int = PAGE) -> Page:
    """This will cut one page out of all that happened to a seeker; a dozen queries on any page."""
    start, stop = (page - 1) * size, page * size + 1
    sources = [source(seeker, stop) for source in SOURCES]
    newest = list(islice(merge(*sources, key=lambda entry: entry.at, reverse=True), start, stop))
    return Page(_named(newest[:size], seeker.person), page, len(newest) > size)


def _named(entries: list[Entry], person: Person) -> list[Entry]:
    names = names_of({entry.by for entry in entries if entry.by}, person=person)
    return [replace(entry, by=names.get(entry.by, "")) for entry in entries]


def _services(seeker: Seeker, stop: int) -> Iterator[Entry]:
    """Records written by people. Those made of events would say what the steps say already."""
    by_hand = Q(event=None) | Q(kind=ServiceKind.REGISTRATION)
    rows = ServiceRecord.objects.filter(by_hand, person=seeker.person).select_related("corrected_by")
    for row in rows.order_by("-at", "-seq")[:stop]:
        struck = hasattr(row, "corrected_by")
        correctable = row.uid if row.event_id is None and not struck else ""
        yield Entry(row.at, "service", _service(row), row.by, row.words, correctable, struck)


def _service(row: ServiceRecord) -> str:
    """Say a service in one line: "联系跟踪 · 电话 · 已联系上"."""
    said = [str(ServiceKind(row.kind).label)]
    if row.channel in Channel.values:
        said.append(str(Channel(row.channel).label))
    if row.result in RESULTS:
        said.append(str(RESULTS[row.result]))
    line = " · ".join(said)
    return _("%(service)s (correction)") % {"service": line} if row.corrects_id else line


def _applications(seeker: Seeker, stop: int) -> Iterator[Entry]:
    rows = seeker.applications.select_related("vacancy__organisation")
    for step, row in _steps_of(rows, stop):
        state = ApplicationState(step.new).label
        title = _("Application for “%(title)s”, %(organisation)s: %(state)s") % {**_job(row), "state": state}
        yield Entry(step.at, "application", title, step.by)


def _referrals(seeker: Seeker, stop: int) -> Iterator[Entry]:
    rows = seeker.referrals.select_related("vacancy__organisation")
    for step, row in _steps_of(rows, stop):
        state = ReferralState(step.new).label
        title = _("Referral to “%(title)s”, %(organisation)s: %(state)s") % {**_job(row), "state": state}
        yield Entry(step.at, "referral", title, step.by)


def _job(row: Application | Referral) -> dict[str, str]:
    return {"title": row.vacancy.title, "organisation": row.vacancy.organisation.name}


def _steps_of(rows: QuerySet[Any], stop: int) -> Iterator[tuple[Step, Any]]:
    """Give the newest steps of these rows, each with its row."""
    by_uid = {row.uid: row for row in rows}
    for step in Step.objects.filter(object_uid__in=by_uid).order_by("-at", "-id")[:stop]:
        yield step, by_uid[step.object_uid]


def _registrations(seeker: Seeker, stop: int) -> Iterator[Entry]:
    """Moves of the registration itself: back to looking, in work, withdrawn."""
    for step in Step.of(seeker).order_by("-at", "-id")[:stop]:
        title = _("Registration: %(state)s") % {"state": SeekerState(step.new).label}
        yield Entry(step.at, "registration", title, step.by)


def _consents_given(seeker: Seeker, stop: int) -> Iterator[Entry]:
    for row in seeker.person.consents.order_by("-given_at", "-id")[:stop]:
        title = _("Agreed: %(purpose)s") % {"purpose": _purpose(row)}
        yield Entry(row.given_at, "consent", title, words=row.evidence)


def _consents_withdrawn(seeker: Seeker, stop: int) -> Iterator[Entry]:
    withdrawn = seeker.person.consents.exclude(withdrawn_at=None)
    for row in withdrawn.order_by("-withdrawn_at", "-id")[:stop]:
        title = _("Took back the consent: %(purpose)s") % {"purpose": _purpose(row)}
        yield Entry(cast(datetime, row.withdrawn_at), "consent", title)


def _purpose(row: Consent) -> str:
    purpose = str(row.get_purpose_display())
    return (
        _("%(purpose)s, to %(receiver)s") % {"purpose": purpose, "receiver": row.receiver}
        if row.receiver
        else purpose
    )


def _to_dos(seeker: Seeker, stop: int) -> Iterator[Entry]:
    """To-dos that wait or were put away. Those that were done stand there as the service that did them."""
    rows = seeker.person.follow_ups.exclude(state=FollowUpState.DONE)
    for row in rows.order_by("-made_at", "-id")[:stop]:
        waiting = row.state == FollowUpState.OPEN
        words = _("%(what)s, by %(day)s") if waiting else _("%(what)s, no longer needed")
        title = words % {"what": row.get_kind_display(), "day": date_format(row.due_on, "MONTH_DAY_FORMAT")}
        yield Entry(row.made_at, "to_do", title, words=row.words, due=waiting)


def _resumes(seeker: Seeker, stop: int) -> Iterator[Entry]:
    for row in seeker.resumes.order_by("-made_at", "-id")[:stop]:
        yield Entry(row.made_at, "resume", _("Resume, version %(version)d") % {"version": row.version})


SOURCES: tuple[Callable[[Seeker, int], Iterator[Entry]], ...] = (
    _services, _applications, _referrals, _registrations, _consents_given, _consents_withdrawn, _to_dos,
    _resumes,
)  # fmt: skip
