"""What people ask, answered: approved notices and policies in plain words, for the wall."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router

from yuanmeng.core.errors import Refused
from yuanmeng.signage.models import Content, ContentKind
from yuanmeng.web.api.answers import written
from yuanmeng.web.api.operations import EVERYBODY, operation
from yuanmeng.web.api.schemas import NoticesOut

router = Router(tags=["notices"])
KNOWN = {"lang", "elder"}
MOST = 50


@operation(router, "GET", "/notices", access=EVERYBODY, scope="public", response=NoticesOut)
def notices(request: Any) -> HttpResponse:
    """Approved notices and policies that hold now, the newest first; at most 50."""
    for name in request.GET:
        if name not in KNOWN:
            words = _("There is no parameter “%(name)s”.") % {"name": name[:40]}
            raise Refused(words, code="bad_query", field=name[:40])
    at = request.at
    holds = (Q(valid_from=None) | Q(valid_from__lte=at)) & (Q(valid_until=None) | Q(valid_until__gt=at))
    rows = Content.objects.placeable().filter(holds, kind__in=[ContentKind.NOTICE, ContentKind.POLICY])
    items = [_item(row) for row in rows.order_by("-approved_at", "-id")[:MOST]]
    return HttpResponse(written({"as_of": at, "items": items}), content_type="application/json")


def _item(row: Content) -> dict[str, Any]:
    """In the reader's language where somebody has written it in that."""
    english = (get_language() or "").startswith("en")
    until = timezone.localtime(row.valid_until) if row.valid_until else None
    return {
        "uid": row.uid, "kind": row.kind, "title": (row.title_en if english else "") or row.title,
        "body": (row.body_en if english else "") or row.body, "valid_until": until,
    }  # fmt: skip
