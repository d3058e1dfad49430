"""Somebody walks in and registers. A number that is known shows who that may be; it never stops anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yuanmeng.core.errors import Refused
from yuanmeng.people.models import Consent, Person, Purpose, phone_index_of
from yuanmeng.seekers import wishes
from yuanmeng.seekers.models import Seeker, register
from yuanmeng.web.desk import seeing
from yuanmeng.web.desk.forms import WalkInForm
from yuanmeng.web.shared import consenting, limits, once
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.web.desk.seeing import File
    from yuanmeng.web.shared.door import MemberRequest

AT_MOST = 10


@open_to("counsellor", "front_desk")
@never_cache
@require_http_methods(["GET", "POST"])
def walk_in(request: MemberRequest) -> HttpResponse:
    """This will register somebody at the counter, or show first whose file it may be already."""
    form = WalkInForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _show(request, form, status=200 if request.method == "GET" else 422)
    known = [] if form.cleaned_data["new_anyway"] else _known(request, form.cleaned_data["phone"])
    if known:
        return _show(request, form, known)
    try:
        path = once.per_form(request, lambda: _register(request, form))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, status=422)
    messages.success(request, _("Registered. Please go through the wishes together."))
    return HttpResponseRedirect(path)


def _show(
    request: MemberRequest, form: WalkInForm, known: list[File] | None = None, *, status: int = 200
) -> HttpResponse:
    return render(request, "desk/walk_in.html", {"form": form, "known": known or []}, status=status)


def _known(request: MemberRequest, phone: str) -> list[File]:
    """The living files with this number, masked: a family may share one phone."""
    limits.spend(limits.SEARCHES, request)
    people = Seeker.objects.filter(person__phone_index=phone_index_of(phone), person__erased_at=None)
    seekers = list(people.select_related("person", "owner").order_by("id")[:AT_MOST])
    if seekers:
        seeing.note_look(request, "exact_search", fields="phone", count=len(seekers))
        seeing.note_here(request, [seeker.person for seeker in seekers])
    return seeing.files(request, seekers)


def _register(request: MemberRequest, form: WalkInForm) -> str:
    said, by, at = form.cleaned_data, request.user, request.at
    with transaction.atomic():
        person = Person(name=said["name"].strip(), birth_year=said["birth_year"], source="desk", made_at=at)
        person.set_phone(said["phone"])
        person.save()
        register(
            person, by=by, at=at, channel="desk", education=said["education"],
            wanted_text=said["wanted_text"],
            wanted_occupation_codes=wishes.occupations_in(said["wanted_text"]),
            owner=by if request.viewer.has("counsellor") else None,
        )  # fmt: skip
        Consent.objects.create(
            person=person, purpose=Purpose.SERVICE, text_version=consenting.VERSION, channel="desk",
            evidence=_("Agreed at the counter, %(officer)s") % {"officer": str(by)}, given_at=at,
        )  # fmt: skip
    seeing.note_here(request, [person])
    return reverse("desk:person", args=[person.uid])
