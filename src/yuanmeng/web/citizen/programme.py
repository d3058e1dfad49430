"""What is on: the month by days, one session with its calendar file, and the poster to print."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yuanmeng.places.models import Site
from yuanmeng.programme.days import days_of, month_of
from yuanmeng.programme.models import Kind, Session, SessionState
from yuanmeng.web.shared import ical, poster_files, qr
from yuanmeng.web.shared import programme as shared
from yuanmeng.web.shared.rights import for_everybody

if TYPE_CHECKING:
    from yuanmeng.programme.models.session import SessionQuerySet
    from yuanmeng.web.shared.door import HouseRequest

ON_HOME, MORE_DATES = 3, 6


@for_everybody
@require_safe
def month(request: HouseRequest) -> HttpResponse:
    """This will be a month by days; of the running month what is still to come."""
    today = timezone.localdate(request.at)
    asked = shared.month_asked(request.GET.get("month", ""), today)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    rows = _of_month(asked)
    whole = "past" in request.GET or asked != month_of(today)
    shown = rows.of_kind(kind) if whole else rows.of_kind(kind).not_over_at(request.at)
    facts = {
        "month": asked, "month_code": f"{asked:%Y-%m}", "near": shared.neighbours(asked), "today": today,
        "days": shared.days_with_something(asked, shown, today), "kind": kind, "has_any": rows.exists(),
        "kinds": _kinds_of(rows), "whole": whole, "is_current": asked == month_of(today),
    }  # fmt: skip
    return render(request, "citizen/programme.html", facts)


def _of_month(asked: date) -> SessionQuerySet:
    return Session.objects.public().on_days(asked, len(days_of(asked)))


def _kinds_of(rows: SessionQuerySet) -> list[tuple[str, str]]:
    there = set(rows.order_by().values_list("event__kind", flat=True))
    return [pair for pair in shared.kinds() if pair[0] in there]


def coming(*, at: datetime) -> list[Session]:
    """This will be the next sessions, for the first page; cancelled ones leave their place to others."""
    rows = Session.objects.public().not_over_at(at).exclude(state=SessionState.CANCELLED)
    return list(rows[:ON_HOME])


@for_everybody
@require_safe
def session(request: HouseRequest, uid: str) -> HttpResponse:
    """This will be the page of one session, the same whichever screen its code was on."""
    row = _shown(uid)
    others = Session.objects.public().filter(event=row.event).not_over_at(request.at).exclude(pk=row.pk)
    facts = {
        "session": row, "others": others.exclude(state=SessionState.CANCELLED)[:MORE_DATES],
        "is_over": row.ends_at <= request.at, "words": row.shown_words,
    }  # fmt: skip
    return render(request, "citizen/session.html", facts)


@for_everybody
@require_safe
def calendar(request: HouseRequest, uid: str) -> HttpResponse:
    """This will be the session as a file for one's own calendar."""
    response = HttpResponse(ical.of_session(_shown(uid)), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="session-{uid[:8]}.ics"'
    return response


@for_everybody
@require_safe
@cache_control(max_age=3600, public=True)
def session_qr(request: HouseRequest, uid: str) -> HttpResponse:
    """This will be the code that opens the session on a phone."""
    address = f"{settings.BASE_URL}{_shown(uid).path}"
    return HttpResponse(qr.svg(address), content_type="image/svg+xml")


@for_everybody
@require_safe
def poster(request: HouseRequest) -> HttpResponse:
    """This will be the month of all spaces as PDF; only months that are public are set."""
    asked = shared.month_asked(request.GET.get("month", ""), timezone.localdate(request.at))
    rows = list(_of_month(asked))
    if not rows:
        raise Http404
    sites = Site.objects.filter(line_ups__month=asked).select_related("place").order_by("id").distinct()
    return poster_files.answer(request, asked, rows, sites=sites)


def _shown(uid: str) -> Session:
    """This will be a session that is, or was, public. Drafts and unknown ones are the same 404."""
    row = Session.objects.public().filter(uid=uid).first()
    if row is None:
        raise Http404
    return row
