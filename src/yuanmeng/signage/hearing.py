"""What devices say: heartbeats, acknowledgements, plays and faults."""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core import field
from yuanmeng.core.errors import Refused
from yuanmeng.core.field import Answer, Answered, Report
from yuanmeng.signage.models import Ack, Device, Fault, FaultCode, Issued, UpSpan
from yuanmeng.signage.wording import line

log = logging.getLogger(__name__)
PLAY = "play"
# Two clocks that were compared a minute ago differ by less; what lies further ahead has not happened.
AHEAD = timedelta(minutes=2)
# Older than what the queue of a device holds, or than what we know of its manifests.
OLDEST = timedelta(days=60)
PICTURE_BYTES = 60_000
_PNG = "data:image/png;base64,"


@dataclass(frozen=True)
class Play:
    """One showing of one item, as the device tells it."""

    client_id: str
    seq: int
    placement: str
    item: str
    started_at: datetime
    skew_ms: int
    shown_ms: int
    result: str


def beat(device: Device, said: Mapping[str, Any], *, at: datetime, picture: str = "") -> None:
    """This will note that a device is there and what it says of itself. Raises Refused for an odd picture."""
    facts: dict[str, Any] = {"seen_at": at, "beat": dict(said)}
    if picture:
        facts |= {"picture": _picture(picture), "picture_at": at}
    with transaction.atomic():
        Device.objects.filter(pk=device.pk).update(**facts)
        UpSpan.note(device, at=at)
    device.seen_at, device.beat = at, facts["beat"]


def _picture(url: str) -> str:
    """A small PNG as a data URL, nothing else: it is shown in the office."""
    try:
        raw = base64.b64decode(url.removeprefix(_PNG), validate=True) if url.startswith(_PNG) else b""
    except (binascii.Error, ValueError):
        raw = b""
    if not raw.startswith(b"\x89PNG\r\n\x1a\n") or len(raw) > PICTURE_BYTES:
        raise Refused(_("The picture should be a PNG of at most 60 kB as a data URL."), field="picture")
    return url


def acknowledge(device: Device, hash: str, *, said_at: datetime, at: datetime) -> None:
    """This will note which manifest a device shows. Raises Refused for one it was never given."""
    if not Issued.objects.filter(device=device, hash=hash).exists():
        log.warning("device %s acknowledged a manifest it was never given", device.uid)
        raise Refused(_("This device was never given that manifest. Please fetch it again."), field="hash")
    with transaction.atomic():
        if device.acked_hash != hash:
            Ack.objects.create(device=device, hash=hash, said_at=said_at, received_at=at)
        Device.objects.filter(pk=device.pk).update(acked_hash=hash, acked_at=at)
    device.acked_hash, device.acked_at = hash, at


def take_plays(device: Device, plays: Iterable[Play], *, at: datetime) -> list[Answered]:
    """This will take proofs of play in once; what this device was never given is refused and logged."""
    batch = list(plays)
    given = _given(device, at)
    refused = {place: why for place, play in enumerate(batch) if (why := _why_not(play, given, at))}
    good = [_report(device, play) for place, play in enumerate(batch) if place not in refused]
    taken = iter(field.ingest(good, received_at=at))
    answers = [
        Answered(play.client_id, Answer.REFUSED, refused[place]) if place in refused else next(taken)
        for place, play in enumerate(batch)
    ]
    for answer in answers:
        if answer.state == Answer.REFUSED:
            log.warning("play refused: device %s, play %.36s", device.uid, answer.client_id)
    return answers


def _given(device: Device, at: datetime) -> set[tuple[str, str]]:
    """Every (placement, item) this device was given lately."""
    rows = Issued.objects.filter(device=device, made_at__gt=at - OLDEST - timedelta(days=3))
    return {(pair[0], pair[1]) for pairs in rows.values_list("pairs", flat=True) for pair in pairs}


def _why_not(play: Play, given: set[tuple[str, str]], at: datetime) -> str:
    report = _report(None, play)
    if why := field.refusal_of(report):
        return why
    if (play.placement, play.item) not in given:
        return _("This was never on this device's list, so it cannot have been shown here.")
    if report.counted_at() > at + AHEAD:
        return _("This lies in the future. Please check the clock of the device.")
    if report.counted_at() < at - OLDEST:
        return _("This is older than 60 days and is not counted any more.")
    return ""


def _report(device: Device | None, play: Play) -> Report:
    payload = {"placement": play.placement, "shown_ms": play.shown_ms, "result": play.result}
    uid = device.uid if device else ""
    return Report(play.client_id, uid, play.seq, PLAY, play.item, payload, play.started_at, play.skew_ms)


def take_faults(
    device: Device, faults: Iterable[tuple[str, str, datetime, str]], *, at: datetime
) -> list[Answered]:
    """This will note what went wrong, each (client_id, code, at, detail) once."""
    batch = list(faults)
    known = dict(
        Fault.objects.filter(client_id__in=[one[0] for one in batch]).values_list("client_id", "device_id")
    )
    answers, fresh = [], []
    for client_id, code, happened_at, detail in batch:
        why = _odd_fault(client_id, code, known.get(client_id), device)
        if why or client_id in known:
            answers.append(Answered(client_id, Answer.REFUSED if why else Answer.KNOWN, why))
            continue
        known[client_id] = device.pk
        answers.append(Answered(client_id, Answer.NEW))
        fresh.append(
            Fault(
                client_id=client_id, device=device, code=code, detail=_detail(detail),
                happened_at=min(happened_at, at), received_at=at,
            )
        )  # fmt: skip
    with transaction.atomic():
        Fault.objects.bulk_create(fresh, ignore_conflicts=True)
        if fresh:
            last = max(fresh, key=lambda one: one.happened_at)
            Device.objects.filter(pk=device.pk).update(fault_code=last.code, fault_at=last.happened_at)
    return answers


def _odd_fault(client_id: str, code: str, known: int | None, device: Device) -> str:
    if not field.is_uuid(client_id):
        return _("Its number is no UUID.")
    if code not in FaultCode.values:
        return _("This fault has no code we know.")
    return _("Its number stands for another fact already.") if known not in (None, device.pk) else ""


def _detail(words: str) -> str:
    """Whatever a browser says of itself, cut to what fits."""
    try:
        return line(words[:300], 300, field="detail")
    except Refused:
        return ""
