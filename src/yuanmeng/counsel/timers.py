"""What the calendar asks of the desk. `keep_time` may be called as often as one likes.

Silence has an end (applications.models): 7 days remind the employer, 14 days put it on a
counsellor's list, 30 days end it with a courteous message. So has silence about a vacancy: a
counsellor asks every 14 days, the employer is asked after 30, after 90 it is paused. The limits
are (ours).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from yuanmeng.applications.messages import REMINDED
from yuanmeng.applications.models import (
    EXPIRE_AFTER,
    LIST_AFTER,
    REMIND_AFTER,
    Application,
    Referral,
)
from yuanmeng.core import events
from yuanmeng.core.actors import CLOCK
from yuanmeng.core.errors import MoveRefused
from yuanmeng.core.models import EventRow
from yuanmeng.counsel.models import FollowUp, FollowUpKind
from yuanmeng.organisations.models import RENEWAL_NOTICE, Mandate, Organisation
from yuanmeng.organisations.models import State as Standing
from yuanmeng.vacancies.entrusted import pause_unmandated
from yuanmeng.vacancies.models import (
    ASK_AFTER,
    ASKED,
    PAUSE_AFTER,
    RECHECK_EVERY,
    PauseReason,
    Vacancy,
)
from yuanmeng.vacancies.models import State as VacancyState

REFERRAL_LAPSES_AFTER = timedelta(days=7)


def keep_time(at: datetime) -> dict[str, int]:
    """This will do what is due and count it; a second call on the same day finds nothing left."""
    done = {
        "organisations": _note_organisations(at),
        "mandates": _note_mandates(at),
        "paused": _pause_the_untrusted(at) + pause_unmandated(at),
        "vacancies": _note_vacancies(at),
        "stale": _pause_the_unconfirmed(at),
        "asked": _ask_to_confirm(at),
        "expired": _expire(at),
        "listed": _list(at),
        "reminded": _remind(at),
        "lapsed": _lapse(at),
        "answered": _drop_what_is_answered(at),
        "rechecks": _recheck(at),
    }
    return {what: count for what, count in done.items() if count}


def _note_organisations(at: datetime) -> int:
    """Renewal is due 30 days before a verification ends; after its last day it has lapsed."""
    today = timezone.localdate(at)
    over = Q(state__in=[Standing.VERIFIED, Standing.REVERIFY_DUE], valid_until__lt=today)
    soon = Q(state=Standing.VERIFIED, valid_until__lte=today + RENEWAL_NOTICE)
    return _each(Organisation.objects.filter(over | soon), lambda row: row.note_time(at=at))


def _note_mandates(at: datetime) -> int:
    """A mandate ends with its last day, confirmed or not."""
    rows = Mandate.objects.overdue_on(timezone.localdate(at)).select_related("agency", "client")
    return _each(rows, lambda row: row.note_time(at=at))


def _pause_the_untrusted(at: datetime) -> int:
    """At lapse all published vacancies pause at once (人社厅发〔2025〕60号)."""
    today = timezone.localdate(at)
    rows = Vacancy.objects.filter(state=VacancyState.PUBLISHED, organisation__valid_until__lt=today)
    return _each(rows, lambda row: row.pause(by=None, at=at, reason=PauseReason.ORGANISATION_LAPSED))


def _note_vacancies(at: datetime) -> int:
    living = [VacancyState.PUBLISHED, VacancyState.PAUSED]
    rows = Vacancy.objects.filter(state__in=living, valid_until__lt=timezone.localdate(at))
    return _each(rows, lambda row: row.note_time(at=at))


def _pause_the_unconfirmed(at: datetime) -> int:
    """Nobody said for 90 days that it still stands: citizens do not see it until somebody does."""
    rows = Vacancy.objects.filter(state=VacancyState.PUBLISHED).unconfirmed_since(at - PAUSE_AFTER)
    return _each(rows, lambda row: row.pause(by=None, at=at, reason=PauseReason.NOT_CONFIRMED))


def _ask_to_confirm(at: datetime) -> int:
    """Ask the employer after 30 days, once until they confirm; applications.messages says it in one go."""
    heard = Coalesce(OuterRef("verified_at"), OuterRef("published_at"))
    asked = EventRow.objects.filter(object_uid=OuterRef("uid"), kind=ASKED, at__gt=heard)
    rows = Vacancy.objects.open_on(timezone.localdate(at)).unconfirmed_since(at - ASK_AFTER)
    news = [
        (ASKED, row, {"organisation": row.handler_on(timezone.localdate(at)).uid})
        for row in rows.exclude(Exists(asked)).select_related("organisation", "agency")
    ]
    return _tell(news, at)


def _expire(at: datetime) -> int:
    """Thirty days of silence end an application; applications.messages tells the seeker, courteously."""
    rows = Application.objects.silent_since(at - EXPIRE_AFTER).select_related("seeker", "vacancy")
    return _each(rows, lambda row: row.expire(at=at))


def _list(at: datetime) -> int:
    """Put an application nobody answers on its counsellor's list, once."""
    listed = FollowUp.objects.filter(kind=FollowUpKind.SILENT_APPLICATION, application=OuterRef("pk"))
    rows = (
        Application.objects.silent_since(at - LIST_AFTER)
        .exclude(Exists(listed))
        .select_related("seeker__person", "seeker__owner", "on_behalf_by", "vacancy__organisation")
    )
    return sum(_list_one(row, at) for row in rows)


def _list_one(row: Application, at: datetime) -> bool:
    todo = FollowUp.open_once(
        f"silent:{row.uid}", FollowUpKind.SILENT_APPLICATION, due_on=timezone.localdate(at), at=at,
        person=row.seeker.person, vacancy=row.vacancy, organisation=row.vacancy.organisation, application=row,
        assigned_to=row.on_behalf_by or row.seeker.owner,
    )  # fmt: skip
    # Two weeks on it is not new any more: one to-do about it is enough.
    for new in FollowUp.objects.about(row).filter(kind=FollowUpKind.NEW_APPLICATION):
        new.drop(by=CLOCK, at=at, reason="silent")
    return todo is not None


def _remind(at: datetime) -> int:
    """Remind an employer, or its agency, once of each application; applications.messages gathers them."""
    told = EventRow.objects.filter(object_uid=OuterRef("uid"), kind=REMINDED)
    rows = Application.objects.silent_since(at - REMIND_AFTER).exclude(Exists(told))
    today = timezone.localdate(at)
    news = [
        (REMINDED, row, {"vacancy": row.vacancy.uid, "organisation": row.vacancy.handler_on(today).uid})
        for row in rows.select_related("vacancy__organisation", "vacancy__agency")
    ]
    return _tell(news, at)


def _tell(news: list[tuple[str, Any, dict[str, Any]]], at: datetime) -> int:
    if news:
        with transaction.atomic():
            events.tell_many(news, by=CLOCK, at=at)
    return len(news)


def _lapse(at: datetime) -> int:
    rows = Referral.objects.waiting().filter(proposed_at__lte=at - REFERRAL_LAPSES_AFTER)
    return _each(rows, lambda row: row.lapse(at=at))


def _drop_what_is_answered(at: datetime) -> int:
    """Nobody calls about a vacancy that the employer has confirmed, paused or closed meanwhile."""
    asked = FollowUp.objects.open().filter(kind=FollowUpKind.VACANCY_RECHECK)
    answered = Q(vacancy__verified_at__gt=F("made_at")) | ~Q(vacancy__state=VacancyState.PUBLISHED)
    return _each(asked.filter(answered), lambda row: row.drop(by=CLOCK, at=at, reason="answered"))


def _recheck(at: datetime) -> int:
    """Ask every 14 days whether a published vacancy still stands; one question at a time for each."""
    today, last = timezone.localdate(at), at - RECHECK_EVERY
    stale = Vacancy.objects.open_on(today).unconfirmed_since(last)
    asked = FollowUp.objects.filter(Q(state="open") | Q(made_at__gt=last), kind=FollowUpKind.VACANCY_RECHECK)
    rows = stale.exclude(Exists(asked.filter(vacancy=OuterRef("pk"))))
    return sum(_recheck_one(row, at) for row in rows.select_related("organisation__service_officer"))


def _recheck_one(row: Vacancy, at: datetime) -> bool:
    today = timezone.localdate(at)
    todo = FollowUp.open_once(
        f"recheck:{row.uid}:{today}", FollowUpKind.VACANCY_RECHECK, due_on=today, at=at, vacancy=row,
        organisation=row.organisation, assigned_to=row.organisation.service_officer,
    )  # fmt: skip
    return todo is not None


def _each(rows: Iterable[Any], act: Callable[[Any], None]) -> int:
    """Count the acts that went through; what somebody moved meanwhile is not ours any more."""
    count = 0
    for row in list(rows):
        try:
            act(row)
            count += 1
        except MoveRefused:
            continue
    return count
