"""Pairing: the six digits of a screen are entered, and it becomes a device of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yuanmeng.core.errors import Refused
from yuanmeng.core.limits import TooOften
from yuanmeng.signage.models import Device
from yuanmeng.signage.models.pairing import pair
from yuanmeng.web.office.screens.board import device_of
from yuanmeng.web.office.screens.forms import CodeForm, PairingForm, complain
from yuanmeng.web.office.who import PAIR
from yuanmeng.web.shared.rights import open_to

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yuanmeng.web.shared.door import MemberRequest


@open_to(*PAIR)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: MemberRequest) -> HttpResponse:
    """This will pair a screen as a new device."""
    form = PairingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            device = pair(
                said["code"], by=request.user, at=request.at, kind=said["kind"], name=said["name"],
                **form.facts(),
            )  # fmt: skip
            return _paired(request, device)
        except TooOften:
            raise
        except Refused as refusal:
            complain(form, refusal)
    waiting = Device.objects.filter(Q(token_hash="") | Q(revoked_at__isnull=False)).for_board()
    facts = {"form": form, "known": waiting[:20]}
    return render(request, "office/screens/pairing.html", facts, status=422 if form.errors else 200)


@open_to(*PAIR)
@require_http_methods(["GET", "HEAD", "POST"])
def again(request: MemberRequest, uid: str) -> HttpResponse:
    """This will give a device that is known a new screen; its settings and its past stay."""
    device, form = device_of(uid), CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _paired(
                request, pair(form.cleaned_data["code"], by=request.user, at=request.at, device=device)
            )
        except TooOften:
            raise
        except Refused as refusal:
            complain(form, refusal)
    facts = {"form": form, "device": device}
    return render(request, "office/screens/pairing.html", facts, status=422 if form.errors else 200)


def _paired(request: MemberRequest, device: Device) -> HttpResponse:
    messages.success(request, _("“%(name)s” is paired. Its screen goes on by itself.") % {"name": device})
    return redirect("office:device", device.uid)
