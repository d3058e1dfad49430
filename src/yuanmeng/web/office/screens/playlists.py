"""Playlists: approved content in an order. Every change is one form that works without script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from yuanmeng.core.errors import Refused
from yuanmeng.signage.models import Content, ContentState, Playlist
from yuanmeng.web.office.screens.forms import complain
from yuanmeng.web.office.who import CONTENT, PLACE
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest

Items = list[tuple[Content, int | None]]
MOST_OFFERED = 200


class NameForm(forms.Form):
    """The name of a playlist."""

    name = forms.CharField(
        label=_("Name of the playlist"), max_length=60, help_text=_("Like “Every day” or “After closing”")
    )


@dataclass(frozen=True)
class Line:
    """One place of the list; `shown` is False for what was taken down meanwhile."""

    content: Content
    seconds: int | None
    shown: bool


@open_to(*CONTENT)
@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: MemberRequest) -> HttpResponse:
    """This will list the playlists, and begin a new one."""
    may_place = request.viewer.has(*PLACE)
    form = NameForm(request.POST or None)
    if request.method == "POST":
        if not may_place:
            raise Http404
        if form.is_valid():
            try:
                row = Playlist.make(form.cleaned_data["name"], by=request.user, at=request.at)
                return redirect("office:playlist", row.uid)
            except Refused as refusal:
                complain(form, refusal)
    rows = Playlist.objects.annotate(count=Count("items")).order_by("-changed_at", "-id")
    facts = {"rows": rows[:100], "form": form if may_place else None}
    return render(request, "office/screens/playlists.html", facts, status=422 if form.errors else 200)


@open_to(*CONTENT)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show one playlist and take its new order."""
    row, may_place = playlist_of(uid), request.viewer.has(*PLACE)
    if request.method == "POST":
        if not may_place:
            raise Http404
        return redirect(reverse("office:playlist", args=[uid]) + _arranged(request, row))
    items = list(row.items.select_related("content__file"))
    lines = [Line(item.content, item.seconds, item.content.state == ContentState.APPROVED) for item in items]
    facts = {
        "row": row, "lines": lines, "may_place": may_place, "offered": _offered() if may_place else [],
        "round_s": sum(line.seconds or line.content.seconds for line in lines if line.shown),
        "placements": row.placements.filter(withdrawn_at=None), "mark": row.changed_at.isoformat(),
    }  # fmt: skip
    return render(request, "office/screens/playlist.html", facts)


def _offered() -> list[Content]:
    return list(Content.objects.placeable().order_by("kind", "-approved_at")[:MOST_OFFERED])


def _arranged(request: MemberRequest, row: Playlist) -> str:
    """Put the list in the order that was sent, one step moved; returns where on the page to go on."""
    if request.POST.get("mark") != row.changed_at.isoformat():
        raise Refused(_now("Somebody else has changed this list meanwhile. Please load it again."))
    items = _sent(request)
    act, _dash, number = request.POST.get("act", "keep").partition("-")
    place = int(number) if number.isdecimal() else 0
    items, there = _moved(items, act, place)
    if act == "add":
        items += [(content, None) for content in _placeable({request.POST.get("content", "")}).values()]
    row.arrange(items, by=request.user, at=request.at)
    if act == "keep":
        messages.success(request, _now("Kept. Screens follow within a minute."))
    return f"#{act}-{there}" if act in {"up", "down"} else "#items"


def _moved(items: Items, act: str, place: int) -> tuple[Items, int]:
    there = place + {"up": -1, "down": 1}.get(act, 0)
    if not (0 <= place < len(items) and 0 <= there < len(items)):
        return items, place
    item = items.pop(place)
    if act != "drop":
        items.insert(there, item)
    return items, there


def _sent(request: MemberRequest) -> Items:
    """The order on the page; what was taken down meanwhile is left out."""
    uids, seconds = request.POST.getlist("item"), request.POST.getlist("seconds")
    good = _placeable(set(uids))
    pairs = zip(uids, seconds, strict=False)
    return [(good[uid], _seconds(said)) for uid, said in pairs if uid in good]


def _placeable(uids: set[str]) -> dict[str, Content]:
    return {row.uid: row for row in Content.objects.placeable().filter(uid__in=uids)}


def _seconds(said: str) -> int | None:
    """Empty means: as long as the content itself says."""
    said = said.strip()
    if not said:
        return None
    if not said.isascii() or not said.isdigit() or len(said) > 6:
        raise Refused(_now("Seconds are written as a whole number."))
    return int(said)


@open_to(*PLACE)
@require_POST
def rename(request: MemberRequest, uid: str) -> HttpResponse:
    """This will give a playlist another name."""
    form = NameForm(request.POST)
    if not form.is_valid():
        raise Refused(_now("Please give the playlist a name."))
    playlist_of(uid).rename(form.cleaned_data["name"], by=request.user, at=request.at)
    return redirect("office:playlist", uid)


def playlist_of(uid: str) -> Playlist:
    """This will be a playlist by its uid, or the 404 of a wrong address."""
    row = Playlist.objects.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row
