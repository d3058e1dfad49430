"""What takes place: the published sessions by day, for walls, windows and pages alike."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Router

from yuanmeng.core.errors import Refused
from yuanmeng.programme.models import Kind, Session
from yuanmeng.web.api.answers import written
from yuanmeng.web.api.operations import EVERYBODY, operation
from yuanmeng.web.api.schemas import ProgrammeOut

router = Router(tags=["programme"])
USUAL_DAYS, MOST_DAYS = 31, 92
KNOWN = {"from", "days", "kind", "lang", "elder"}
PARAMETERS = [
    {"name": "from", "in": "query", "description": "first local day; today where nothing is said",
     "schema": {"type": "string", "format": "date"}},
    {"name": "days", "in": "query", "description": "how many days from there",
     "schema": {"type": "integer", "minimum": 1, "maximum": MOST_DAYS, "default": USUAL_DAYS}},
    {"name": "kind", "in": "query", "description": "one kind of event",
     "schema": {"type": "string", "enum": list(Kind.values)}},
]  # fmt: skip


@operation(
    router, "GET", "/programme", access=EVERYBODY, scope="public", response=ProgrammeOut,
    extra={"parameters": PARAMETERS},
)  # fmt: skip
def programme(request: Any) -> HttpResponse:
    """Published sessions by day; cancelled ones stay with their mark, drafts are nowhere."""
    for name in request.GET:
        if name not in KNOWN:
            raise _refused(_("There is no parameter “%(name)s”.") % {"name": name[:40]}, name[:40])
    first, days, kind = _first(request), _days(request), _kind(request)
    rows = Session.objects.public().on_days(first, days).of_kind(kind)
    body = {
        "as_of": request.at, "from": first, "to": first + timedelta(days=days - 1),
        "sessions": [session_of(row) for row in rows],
    }  # fmt: skip
    return HttpResponse(written(body), content_type="application/json")


def session_of(row: Session) -> dict[str, Any]:
    """This will be one session in the reader's language, with the words the second person has seen."""
    return {
        "uid": row.uid, "event_uid": row.event.uid, "kind": row.event.kind,
        "kind_label": row.event.get_kind_display(), "title": row.shown_title,
        "starts_at": _local(row.starts_at), "ends_at": _local(row.ends_at), "place": row.where,
        "room": str(row.room or ""), "summary": row.shown_summary, "seats": row.seats, "url": row.path,
        "state": row.state,
    }  # fmt: skip


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _first(request: Any) -> date:
    asked = request.GET.get("from", "")
    try:
        return date.fromisoformat(asked) if asked else timezone.localdate(request.at)
    except ValueError:
        raise _refused(_("“from” should be a day like 2026-12-01."), "from") from None


def _days(request: Any) -> int:
    asked = request.GET.get("days", str(USUAL_DAYS))
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:4]) <= MOST_DAYS):
        raise _refused(_("“days” should be a number from 1 to %(most)d.") % {"most": MOST_DAYS}, "days")
    return int(asked)


def _kind(request: Any) -> str:
    asked = str(request.GET.get("kind", ""))
    if asked and asked not in Kind.values:
        allowed = ", ".join(Kind.values)
        raise _refused(_("“kind” should be one of: %(allowed)s.") % {"allowed": allowed}, "kind")
    return asked


def _refused(sentence: str, field: str) -> Refused:
    return Refused(sentence, code="bad_query", field=field)
