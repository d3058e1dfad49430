"""Finding a person: by full phone or ID number (exact), or by name (masked)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yuanmeng.core.checks_cn import id_number_ok
from yuanmeng.core.fields import blind_index
from yuanmeng.core.text import normal
from yuanmeng.people.models import phone_index_of
from yuanmeng.people.phones import BadPhone, phone_of
from yuanmeng.seekers.models import Seeker
from yuanmeng.seekers.models import State as SeekerState
from yuanmeng.web.desk import seeing
from yuanmeng.web.shared import limits
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.seekers.models import SeekerQuerySet
    from yuanmeng.web.desk.seeing import File
    from yuanmeng.web.shared.door import MemberRequest

AT_MOST = 20
SHORTEST_NAME = 2


@dataclass(frozen=True)
class Found:
    """An answer. `exact`: the whole number was said, so the person is taken to be here."""

    files: list[File] = field(default_factory=list)
    exact: bool = False
    more: bool = False
    complaint: str = ""


@open_to("counsellor", "front_desk")
@never_cache
@require_http_methods(["GET", "POST"])
def people(request: MemberRequest) -> HttpResponse:
    """This will find people. What was typed comes by POST: a name or a number never stands in an address."""
    typed = request.POST.get("q", "").strip()
    found = _find(request, typed) if typed else Found()
    return render(request, "desk/people.html", {"typed": typed, "found": found})


def _find(request: MemberRequest, typed: str) -> Found:
    number = normal(typed).replace(" ", "").upper()
    if _is_id_number(number):
        return _exactly(request, {"person__id_digest": blind_index(number)}, "id_number")
    try:
        return _exactly(request, {"person__phone_index": phone_index_of(phone_of(typed))}, "phone")
    except BadPhone:
        return _by_name(request, typed)


def _is_id_number(number: str) -> bool:
    return id_number_ok(number, demo=settings.DEMO_MODE)


def _exactly(request: MemberRequest, wanted: dict[str, str], by: str) -> Found:
    limits.spend(limits.SEARCHES, request)
    seekers = list(_living().filter(**wanted)[:AT_MOST])
    seeing.note_look(request, "exact_search", fields=by, count=len(seekers))
    seeing.note_here(request, [seeker.person for seeker in seekers])
    return Found(seeing.files(request, seekers), exact=True)


def _by_name(request: MemberRequest, typed: str) -> Found:
    if len(typed) < SHORTEST_NAME or any(c.isdigit() for c in typed):
        return Found(complaint=_("Please type at least two characters of the name, or a whole phone number."))
    seekers = list(
        _living().filter(person__name__icontains=typed).order_by("person__name", "id")[: AT_MOST + 1]
    )
    seeing.note_look(request, "name_search", fields="name", count=len(seekers[:AT_MOST]))
    return Found(seeing.files(request, seekers[:AT_MOST]), more=len(seekers) > AT_MOST)


def _living() -> SeekerQuerySet:
    people = Seeker.objects.exclude(state=SeekerState.ARCHIVED).filter(person__erased_at=None)
    return people.select_related("person", "owner")
