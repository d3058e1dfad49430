"""What devices ask and say: pairing, their manifest, heartbeats, proofs of play, faults."""

import logging
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from yuanmeng.core import limits as counting
from yuanmeng.core.errors import NotYours, Refused
from yuanmeng.core.field import Answered
from yuanmeng.organisations.models import Duty, Role
from yuanmeng.signage import hearing, issuing
from yuanmeng.signage.hearing import Play
from yuanmeng.signage.models import Command, Device, DeviceKind, Pairing
from yuanmeng.signage.models.pairing import of_secret
from yuanmeng.web.api.answers import written
from yuanmeng.web.api.device_schemas import (
    AckIn,
    AnswersOut,
    BeatIn,
    BeatOut,
    ClaimedOut,
    ClaimIn,
    DeviceOut,
    DoneIn,
    FaultsIn,
    HashOut,
    ManifestOut,
    PairingIn,
    PairingOut,
    PlaysIn,
    WaitingOut,
)
from yuanmeng.web.api.document import X_DEVICE
from yuanmeng.web.api.operations import DEVICES, EVERYBODY, operation
from yuanmeng.web.shared import door, limits

log = logging.getLogger(__name__)
router = Router(tags=["devices"])
PREVIEWERS = (Role.MANAGER, Role.SYSADMIN, Duty.EDITOR)
PAGES = {
    DeviceKind.WINDOW: "/windows/{uid}/", DeviceKind.WALL: "/wall/", DeviceKind.KIOSK: "/kiosk/",
}  # fmt: skip
# What a device sends again is the same once more.
SENT: dict[str, Any] = {"idempotent": True, "extra": {"parameters": [X_DEVICE]}}
# As long as browsers keep one: a screen that was off over the winter still is who it was.
COOKIE_S = 400 * 24 * 3600


@operation(router, "POST", "/pairings", access=EVERYBODY, scope="public", response={201: PairingOut})
def open_pairing(request: Any, given: PairingIn) -> HttpResponse:
    """Begin to pair this screen: show `code`, keep `secret` and claim with it. Both hold for ten minutes."""
    counting.spend(limits.PAIRINGS, f"address:{door.address_of(request)}", at=request.at)
    code, secret, row = Pairing.open(at=request.at)
    return _said({"code": code, "secret": secret, "expires_at": row.expires_at}, status=201)


@operation(
    router, "POST", "/pairings/claim", access=EVERYBODY, scope="public",
    response={200: ClaimedOut, 202: WaitingOut}, idempotent=False,
)  # fmt: skip
def claim_pairing(request: Any, given: ClaimIn) -> HttpResponse:
    """Ask whether somebody has entered the code; then the token comes as a cookie, once."""
    row = of_secret(given.secret, at=request.at)
    if row is None:
        raise Refused(_("This code is over. Please load the page again for a new one."), code="gone")
    if row.device is None:
        return _said({"state": "waiting"}, status=202)
    token, device = row.claim(at=request.at), row.device
    path = PAGES.get(DeviceKind(device.kind), "/").format(uid=device.uid)
    response = _said({"device": device.uid, "kind": device.kind, "path": path})
    keep_token(response, token)
    return response


@operation(router, "GET", "/devices/me", access=DEVICES, scope="device", response=DeviceOut)
def who_am_i(request: Any) -> HttpResponse:
    """What this device is, how it shows, what it is asked to do, and the hash of its manifest."""
    device: Device = request.device
    site = device.site
    place = {
        "name": site.name if site else "", "address": site.place.address if site else "",
        "hours": site.hours if site else "", "phone": site.phone if site else "",
    }  # fmt: skip
    body = {"uid": device.uid, "kind": device.kind, "name": device.name, "site": place}
    return _renewed(request, _said(body | {"settings": device.settings} | _news(device, request.at)))


@operation(router, "GET", "/devices/me/manifest", access=DEVICES, scope="device", response=ManifestOut)
def my_manifest(request: Any) -> HttpResponse:
    """What this device shows over the next days. Its hash is the ETag."""
    return _manifest(issuing.issue(request.device, at=request.at))


@operation(
    router, "GET", "/devices/{uid}/manifest", access=PREVIEWERS, scope="device", response=ManifestOut
)  # fmt: skip
def manifest_of(request: Any, uid: str) -> HttpResponse:
    """What a device shows over the next days, for a preview in the office."""
    device = Device.objects.for_board().filter(uid=uid).first()
    if device is None:
        raise NotYours(_("There is nothing here, or nothing that is yours to see."))
    return _manifest(issuing.made_for(device, at=request.at))


@operation(
    router, "POST", "/devices/me/acks", access=DEVICES, scope="device", response=HashOut, **SENT
)  # fmt: skip
def acknowledge(request: Any, given: AckIn) -> HttpResponse:
    """Say which manifest is shown now; one that this device was never given is refused."""
    hearing.acknowledge(request.device, given.hash, said_at=given.at, at=request.at)
    return _said({"manifest_hash": issuing.made_for(request.device, at=request.at).hash})


@operation(
    router, "POST", "/devices/me/heartbeats", access=DEVICES, scope="device", response=BeatOut, **SENT
)  # fmt: skip
def heartbeat(request: Any, given: BeatIn) -> HttpResponse:
    """Say that one is there and how one is; the answer holds what to do and the hash of now."""
    said = given.model_dump(exclude={"picture"}, mode="json")
    hearing.beat(request.device, said, at=request.at, picture=given.picture)
    return _renewed(request, _said(_news(request.device, request.at)))


@operation(
    router, "POST", "/devices/me/commands/{uid}", access=DEVICES, scope="device", response=BeatOut, **SENT
)  # fmt: skip
def command_done(request: Any, uid: str, given: DoneIn) -> HttpResponse:
    """Say that a command was carried out."""
    row = Command.objects.filter(device=request.device, uid=uid).first()
    if row is None:
        raise NotYours(_("There is nothing here, or nothing that is yours to see."))
    row.finish(at=request.at)
    return _said(_news(request.device, request.at))


@operation(
    router, "POST", "/devices/me/plays", access=DEVICES, scope="device", response=AnswersOut, **SENT
)  # fmt: skip
def plays(request: Any, given: PlaysIn) -> HttpResponse:
    """Proofs of play, at most 200; a batch that was cut is sent again and counts once."""
    rows = [
        Play(
            one.client_id, one.seq, one.placement, one.item, one.started_at, one.skew_ms, one.shown_ms,
            one.result,
        )
        for one in given.plays
    ]  # fmt: skip
    return _answers(hearing.take_plays(request.device, rows, at=request.at))


@operation(
    router, "POST", "/devices/me/faults", access=DEVICES, scope="device", response=AnswersOut, **SENT
)  # fmt: skip
def faults(request: Any, given: FaultsIn) -> HttpResponse:
    """What went wrong on the device, at most 100; the same one counts once."""
    rows = [(one.client_id, one.code, one.at, one.detail) for one in given.faults]
    return _answers(hearing.take_faults(request.device, rows, at=request.at))


def keep_token(response: HttpResponse, token: str) -> None:
    """This will give a device its token as a cookie that no script reads."""
    response.set_cookie(
        door.DEVICE_COOKIE, token, max_age=COOKIE_S, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def _renewed(request: Any, response: HttpResponse) -> HttpResponse:
    """A device that comes by cookie gets its monthly token along; one with a header is given it by hand."""
    if "Authorization" not in request.headers:
        held = request.COOKIES.get(door.DEVICE_COOKIE, "")
        if token := request.device.renew_token(held, at=request.at):
            keep_token(response, token)
    return response


def _news(device: Device, at: Any) -> dict[str, Any]:
    waiting = Command.objects.waiting(device, at=at)
    return {
        "commands": [{"id": row.uid, "kind": row.kind, "at": row.made_at} for row in waiting],
        "manifest_hash": issuing.made_for(device, at=at).hash,
    }


def _manifest(made: issuing.Made) -> HttpResponse:
    response = HttpResponse(made.body, content_type="application/json")
    response.headers["ETag"] = f'"{made.hash}"'
    return response


def _answers(answers: list[Answered]) -> HttpResponse:
    told = [{name: value for name, value in asdict(one).items() if value} for one in answers]
    return _said({"answers": told})


def _said(body: dict[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(written(body), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store, private"
    return response
