"""Asking an employer whether a vacancy still stands, every fourteen days."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from yuanmeng.counsel.models import Channel, FollowUp, RecheckResult, ServiceRecord
from yuanmeng.people.models import User
from yuanmeng.vacancies.models import CloseReason, Vacancy
from yuanmeng.vacancies.models import State as VacancyState

AGAIN_IN = timedelta(days=1)
MINUTES = 3


def record(todo: FollowUp, result: str, *, by: User, at: datetime) -> ServiceRecord:
    """This will write down what the employer said and do what follows from it.

    Still open: the vacancy counts as checked from now. Filled: it is closed on every surface.
    Nobody answered: the question comes back tomorrow.
    """
    vacancy = todo.vacancy
    assert vacancy is not None  # a recheck is about a vacancy
    with transaction.atomic():
        todo.take(by=by)
        again = timezone.localdate(at) + AGAIN_IN if result == RecheckResult.NO_ANSWER else None
        row = ServiceRecord.write(
            kind="contact", by=by, at=at, organisation=vacancy.organisation, about=vacancy,
            channel=Channel.PHONE, result=result, minutes=MINUTES, next_due_on=again,
        )  # fmt: skip
        if again is not None:
            todo.postpone(to=again)
            return row
        todo.settle(by=by, at=at, note=result)
        _tell_the_vacancy(vacancy, result, by=by, at=at)
    return row


def _tell_the_vacancy(vacancy: Vacancy, result: str, *, by: User, at: datetime) -> None:
    if vacancy.state not in {VacancyState.PUBLISHED, VacancyState.PAUSED}:
        return
    if result == RecheckResult.STILL_OPEN:
        vacancy.confirm(by=by, at=at)
    else:
        vacancy.close(CloseReason.FILLED, by=by, at=at)
