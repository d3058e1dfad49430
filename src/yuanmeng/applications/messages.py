"""Words that reach people outside when an application moves: an invitation, an answer, a courteous end.

    read_news(limit=500)      # the worker calls it

The seeker hears of every answer, silence included; the employer is reminded of what waits for them, of
each thing once a day at most.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yuanmeng.applications.models import Application, State
from yuanmeng.core import events
from yuanmeng.core.models import EventRow
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.outbox import Message, send
from yuanmeng.vacancies.models import ASK_AFTER, ASKED, Vacancy

NAME = "messages"
# Older news is no news: a house that was switched off for a week sends no heap of old messages.
STALE_AFTER_DAYS = 3


def read_news(limit: int = 500) -> int:
    """This will send what is to be said about the news since last time and return how many rows it read."""
    with translation.override(settings.LANGUAGE_CODE):
        return events.drain(NAME, handle, kinds=KINDS, limit=limit)


def handle(event: EventRow) -> None:
    """Say one piece of news. Raises OSError when the carrier fails; the row is then tried again."""
    if not _is_stale(event):
        (_tell_seeker if event.kind in TO_SEEKERS else _remind_employer)(event)


def _is_stale(event: EventRow) -> bool:
    return (timezone.now() - event.at).days > STALE_AFTER_DAYS


# --- To the seeker ---------------------------------------------------------------------------


def _tell_seeker(event: EventRow) -> None:
    rows = Application.objects.select_related("seeker__person", "vacancy__organisation")
    row = rows.filter(uid=event.object_uid).first()
    if row is not None and row.seeker.person.phone:
        text = TO_SEEKERS[event.kind](row)
        send(Message("sms", row.seeker.person.phone, event.kind.replace(".", "_"), text, event.at))


def _invited(row: Application) -> str:
    return _(
        "Yuanmeng: %(organisation)s invites you to an interview for “%(title)s” on %(when)s, %(place)s. "
        "If the time does not suit, please tell us; we will ask for another."
    ) % {**_names(row), "when": _when(row), "place": row.meeting_place or _("place to be told")}


def _offered(row: Application) -> str:
    return _(
        "Yuanmeng: good news! %(organisation)s offers you the job “%(title)s”. You will find it under "
        "“My applications”."
    ) % _names(row)


def _declined(row: Application) -> str:
    return _(
        "Yuanmeng: “%(title)s” at %(organisation)s did not work out this time. Thank you for trying. "
        "Your counsellor is glad to look at other jobs with you."
    ) % _names(row)


def _expired(row: Application) -> str:
    return _(
        "Yuanmeng: %(organisation)s has not answered your application for “%(title)s” within 30 days, so we "
        "have closed it. We are sorry for the wait. Similar jobs are waiting on your page."
    ) % _names(row)


def _names(row: Application) -> dict[str, str]:
    return {"organisation": row.vacancy.receiver, "title": row.vacancy.title}


def _when(row: Application) -> str:
    if row.meeting_at is None:
        return _("a time to be told")
    local = timezone.localtime(row.meeting_at)
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {time_format(local, 'H:i')}"


TO_SEEKERS: dict[str, Callable[[Application], str]] = {
    "application.invited": _invited,
    "application.offered": _offered,
    "application.declined": _declined,
    "application.expired": _expired,
}


# --- To the employer -------------------------------------------------------------------------

REMINDED = "application.reminded"


def _remind_employer(event: EventRow) -> None:
    """One message a day however much waits; it names nobody. Who has answered meanwhile hears nothing."""
    organisation = Organisation.objects.filter(uid=event.payload.get("organisation")).first()
    if organisation is None or not organisation.contact_phone or _reminded_today(event):
        return
    if text := TO_EMPLOYERS[event.kind](organisation, event):
        send(Message("sms", organisation.contact_phone, "employer_reminder", text, event.at))


def _applications_wait(organisation: Organisation, event: EventRow) -> str:
    rows = Application.objects.handled_by(organisation, on=timezone.localdate(event.at))
    waiting = rows.filter(state__in=[State.SUBMITTED, State.SEEN]).count()
    text = ngettext(
        "Yuanmeng: %(n)d application to your vacancies waits for an answer. A short reply is a courtesy; "
        "after 30 days we close it and tell the applicant.",
        "Yuanmeng: %(n)d applications to your vacancies wait for an answer. A short reply is a courtesy; "
        "after 30 days we close them and tell the applicants.",
        waiting,
    )
    return text % {"n": waiting} if waiting else ""


def _vacancies_wait(organisation: Organisation, event: EventRow) -> str:
    open_ones = Vacancy.objects.handled_by(organisation).open_on(timezone.localdate(event.at))
    waiting = open_ones.unconfirmed_since(event.at - ASK_AFTER).count()
    text = ngettext(
        "Yuanmeng: %(n)d vacancy of yours has stood for 30 days. Do you still look for somebody? Please "
        "confirm it on the employers' page; after 90 days without a word we pause it.",
        "Yuanmeng: %(n)d vacancies of yours have stood for 30 days. Do you still look for somebody? Please "
        "confirm them on the employers' page; after 90 days without a word we pause them.",
        waiting,
    )
    return text % {"n": waiting} if waiting else ""


TO_EMPLOYERS: dict[str, Callable[[Organisation, EventRow], str]] = {
    REMINDED: _applications_wait,
    ASKED: _vacancies_wait,
}
KINDS = [*TO_SEEKERS, *TO_EMPLOYERS]


def _reminded_today(event: EventRow) -> bool:
    earlier = EventRow.objects.filter(
        kind=event.kind, payload__organisation=event.payload.get("organisation"), id__lt=event.pk
    )
    return any(
        timezone.localdate(at) == timezone.localdate(event.at)
        for at in earlier.order_by("-id").values_list("at", flat=True)[:1]
    )
