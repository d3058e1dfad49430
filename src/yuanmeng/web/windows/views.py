"""The pages of a window: its player, and the code by which it is paired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuanmeng.organisations.models import Duty, Role
from yuanmeng.places.models import Site
from yuanmeng.signage.models import Device, DeviceKind
from yuanmeng.web.shared import door, offline
from yuanmeng.web.shared.attaching import site_facts
from yuanmeng.web.shared.rights import for_everybody
from yuanmeng.web.windows.offline import of_the_windows
from yuanmeng.web.windows.words import window_words

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from yuanmeng.web.shared.door import HouseRequest

# News comes at once; this is for the case that its line is down.
POLL_MS = 20_000
PREVIEWERS = (Role.MANAGER, Role.SYSADMIN, Duty.EDITOR)


@for_everybody
@require_safe
def home(request: HouseRequest) -> HttpResponseBase:
    """This will lead a paired window to its player, and give any other screen a code to be paired with."""
    window = own_window(request)
    if window:
        return redirect("windows:player", window.uid)
    # With a token that is none any more it wipes once again: its worker may have been at work in between.
    return _pairing(request, was_window=door.DEVICE_COOKIE in request.COOKIES and request.device is None)


@for_everybody
@require_safe
def player(request: HouseRequest, uid: str) -> HttpResponseBase:
    """This will be the player of the window that asks; `?preview=1` shows it to those who place."""
    if "preview" in request.GET:
        return _player(request, _previewed(request, uid), preview=True)
    window = own_window(request)
    if window is None:
        return _pairing(request, was_window=True)
    return _player(request, window) if window.uid == uid else redirect("windows:player", window.uid)


def own_window(request: HouseRequest) -> Device | None:
    """This will be the window that asks, by its token; None for anybody else."""
    device = request.device
    return device if device and device.kind == DeviceKind.WINDOW else None


def _previewed(request: HouseRequest, uid: str) -> Device:
    rows = Device.objects.select_related("site__place").filter(uid=uid, kind=DeviceKind.WINDOW)
    window = rows.first() if request.viewer.has(*PREVIEWERS) else None
    if window is None:
        raise Http404
    return window


def _player(request: HouseRequest, window: Device, *, preview: bool = False) -> HttpResponse:
    site = site_facts(window.site)
    facts = {"settings": window_settings(window, site, preview=preview), "words": window_words()}
    return render(request, "windows/player.html", facts | {"site": site, "preview": preview})


def _pairing(request: HouseRequest, *, was_window: bool = False) -> HttpResponse:
    site = site_facts(Site.objects.select_related("place").order_by("code").first())
    return render(request, "windows/pairing.html", {"site": site, "was_window": was_window})


def window_settings(window: Device, site: dict[str, str], *, preview: bool) -> dict[str, Any]:
    """This will be what the browser needs to know before it has a manifest."""
    longitude, latitude = settings.HERE
    return {
        "uid": window.uid,
        "name": window.name,
        "site": site,
        "settings": window.settings,
        "base": settings.BASE_URL,
        "here": f"{longitude},{latitude}",
        "build": offline.build(of_the_windows()),
        "home": reverse("windows:home"),
        "worker": reverse("windows:worker"),
        "preview": f"/api/v1/devices/{window.uid}/manifest" if preview else None,
        "poll_ms": POLL_MS,
    }
