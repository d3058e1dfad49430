"""One device: how it was, what it shows when, what went wrong, and what may be done with it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuanmeng.core.errors import Refused
from yuanmeng.core.models import FieldEvent
from yuanmeng.signage import hearing, issuing
from yuanmeng.signage.manifest import midnight, planned_by_item
from yuanmeng.signage.models import Command, CommandKind, Device, DeviceKind, UpSpan
from yuanmeng.web.office.screens.board import device_of, line_of, titles_of
from yuanmeng.web.office.screens.forms import DeviceForm, complain, written
from yuanmeng.web.office.screens.timeline import day_of
from yuanmeng.web.office.who import DEVICES, LOOK, NUDGE, PAIR, SCREENS
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from yuanmeng.web.shared.door import MemberRequest

DAYS_BACK, FAULTS_SHOWN = 7, 20


@open_to(*SCREENS)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: MemberRequest, uid: str) -> HttpResponse:
    """This will show one device, and take new settings from whoever may set them."""
    device, may_set = device_of(uid), request.viewer.has(*DEVICES)
    if request.method == "POST" and not may_set:
        raise Http404
    form = DeviceForm(request.POST or None, initial=written(device))
    if request.method == "POST" and form.is_valid() and _set_up(request, device, form):
        messages.success(request, _("Kept. The device follows within half a minute."))
        return redirect("office:device", uid)
    device = device_of(uid) if form.errors else device
    facts = {
        "form": form if may_set else None, "device": device, **_state(device, request.at),
        **{name: request.viewer.has(*who) for name, who in RIGHTS.items()},
    }  # fmt: skip
    return render(request, "office/screens/device.html", facts, status=422 if form.errors else 200)


RIGHTS = {"may_nudge": NUDGE, "may_look": LOOK, "may_pair": PAIR, "may_set": DEVICES}


def _set_up(request: MemberRequest, device: Device, form: DeviceForm) -> bool:
    try:
        if form.cleaned_data["name"] != device.name:
            device.rename(form.cleaned_data["name"], by=request.user, at=request.at)
        device.set_up(by=request.user, at=request.at, **form.facts())
    except Refused as refusal:
        complain(form, refusal)
    return not form.errors


def _state(device: Device, at: datetime) -> dict[str, Any]:
    titles = titles_of([str(device.beat.get("item") or "")])
    today = timezone.localdate(at)
    shows = device.kind in {DeviceKind.WINDOW, DeviceKind.WALL}
    waiting = Command.objects.waiting(device, at=at)
    return {
        "line": line_of(device, titles, at=at), "week": up_days(device, at=at), "shows": shows,
        "faults": device.faults.order_by("-id")[:FAULTS_SHOWN],
        "plays": plays_of(device, at=at) if shows else [],
        "days": [day_of(device, today + timedelta(days=n)) for n in (0, 1)] if shows else [],
        "waiting": [CommandKind(row.kind).label for row in waiting],
        "is_paired": bool(device.token_hash) and device.revoked_at is None,
    }  # fmt: skip


@dataclass(frozen=True)
class UpDay:
    """One day: pieces of being there in percent of the day, and the share of the time so far."""

    on: date
    pieces: list[tuple[float, float]]
    share: float
    until: float


def up_days(device: Device, *, at: datetime) -> list[UpDay]:
    """This will be the last seven local days, today first."""
    zone, today = timezone.get_default_timezone(), timezone.localdate(at)
    first = midnight(today - timedelta(days=DAYS_BACK - 1), zone)
    spans = list(UpSpan.objects.filter(device=device, to_at__gte=first).order_by("from_at"))
    return [_up_day(today - timedelta(days=n), spans, at) for n in range(DAYS_BACK)]


def _up_day(on: date, spans: list[UpSpan], at: datetime) -> UpDay:
    zone = timezone.get_default_timezone()
    start, end = midnight(on, zone), midnight(on + timedelta(days=1), zone)
    cut = [(max(span.from_at, start), min(span.to_at, end)) for span in spans]
    held = [(a, b) for a, b in cut if a < b]
    whole, so_far = (end - start).total_seconds(), (min(end, at) - start).total_seconds()
    pieces = [
        (round(100 * (a - start).total_seconds() / whole, 2),
         round(max(100 * (b - a).total_seconds() / whole, 0.2), 2))
        for a, b in held
    ]  # fmt: skip
    up = sum((b - a).total_seconds() for a, b in held)
    return UpDay(on, pieces, up / so_far if so_far > 0 else 0.0, round(100 * so_far / whole, 2))


@dataclass(frozen=True)
class Played:
    """One content today: shown, failed, and planned until now."""

    title: str
    shown: int
    failed: int
    planned: int


def plays_of(device: Device, *, at: datetime) -> list[Played]:
    """This will count today's proofs of play for each content, beside what was planned until now."""
    start = midnight(timezone.localdate(at), timezone.get_default_timezone())
    rows = FieldEvent.objects.filter(kind=hearing.PLAY, device=device.uid, counted_at__gte=start)
    failed = Count("id", filter=Q(payload__result="failed"))
    kinds = rows.values("subject").annotate(n=Count("id"), failed=failed)
    counted: dict[str, dict[str, Any]] = {row["subject"]: dict(row) for row in kinds}
    planned = planned_by_item(issuing.made_for(device, at=at).as_dict(), until=at)
    titles = titles_of({*counted, *planned})
    found = [
        _played(titles.get(uid, uid[:8]), counted.get(uid, {}), planned.get(uid, 0.0))
        for uid in {**planned, **counted}
    ]
    return sorted(found, key=lambda one: -max(one.planned, one.shown))


def _played(title: str, counted: dict[str, Any], planned: float) -> Played:
    failed = counted.get("failed", 0)
    return Played(title, counted.get("n", 0) - failed, failed, round(planned))


@open_to(*SCREENS)
@require_safe
def picture(request: MemberRequest, uid: str) -> HttpResponse:
    """This will send the last picture a device has sent of itself."""
    kept = Device.objects.filter(uid=uid).values_list("picture", flat=True).first()
    if not kept:
        raise Http404
    response = HttpResponse(base64.b64decode(kept.partition(",")[2]), content_type="image/png")
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@open_to(*DEVICES)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: MemberRequest, uid: str) -> HttpResponse:
    """This will take a device's token away, after a page that says what follows."""
    device = device_of(uid)
    if request.method != "POST":
        return render(request, "office/screens/revoke.html", {"device": device})
    device.revoke(by=request.user, at=request.at, reason=request.POST.get("reason", "").strip()[:200])
    messages.success(request, _("“%(name)s” has no access any more.") % {"name": device})
    return redirect("office:device", uid)


@open_to(*DEVICES)
@require_POST
def rotate(request: MemberRequest, uid: str) -> HttpResponse:
    """This will let a device fetch a new token."""
    device_of(uid).rotate_token(by=request.user, at=request.at)
    messages.success(
        request, _("The device fetches a new token with its next word; the old one ends in a day.")
    )
    return redirect("office:device", uid)
