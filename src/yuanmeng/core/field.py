"""Facts that arrive late, twice and out of order, taken in once.

    report = Report(client_id, device.uid, seq, "play", item, {…}, started_at, skew_ms)
    [answer] = ingest([report], received_at=at)

The number a device gives a fact (a UUID) is its identity: a batch that was cut is sent again, and what was in
already is known. Nothing here is ever changed.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core.models import FieldEvent

LONGEST_PAYLOAD = 4_000
# A clock further off than this is no clock: the year of a device whose battery is empty is 1970.
MOST_SKEW_MS = 100 * 365 * 24 * 3_600_000
MOST_SEQ = 1 << 53  # what a browser counts exactly


class Answer(StrEnum):
    NEW = "new"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True)
class Report:
    """One fact as a device tells it; `happened_at` by its own clock, which is `skew_ms` ahead of ours."""

    client_id: str
    device: str
    seq: int
    kind: str
    subject: str
    payload: Mapping[str, Any]
    happened_at: datetime
    skew_ms: int = 0

    def counted_at(self) -> datetime:
        """Return when it happened by our clock. Raises OverflowError where no calendar reaches."""
        return self.happened_at - timedelta(milliseconds=self.skew_ms)


@dataclass(frozen=True)
class Answered:
    """What became of one fact; `why` is a sentence where it was refused."""

    client_id: str
    state: Answer
    why: str = field(default="")


def ingest(reports: Iterable[Report], *, received_at: datetime) -> list[Answered]:
    """This will take each fact in once and answer for each, in the order given.

    Refused are: no UUID, a number that stands for another fact, a clock beyond reason, too much payload.
    """
    batch = list(reports)
    with transaction.atomic():
        known = _known({one.client_id for one in batch})
        answers, fresh = [], []
        for one in batch:
            why = refusal_of(one) or _taken(one, known.get(one.client_id))
            if why or one.client_id in known:
                answers.append(Answered(one.client_id, Answer.REFUSED if why else Answer.KNOWN, why))
                continue
            known[one.client_id] = _mark(one)
            fresh.append(_row(one, received_at))
            answers.append(Answered(one.client_id, Answer.NEW))
        # Two workers with the same batch: the second writes nothing, and both have told the truth.
        FieldEvent.objects.bulk_create(fresh, ignore_conflicts=True)
    return answers


def refusal_of(one: Report) -> str:
    """This will say in a sentence why a fact cannot be taken, "" when it can."""
    if not is_uuid(one.client_id):
        return _("Its number is no UUID.")
    if not 0 <= one.seq <= MOST_SEQ:
        return _("Its place in the device's order is no whole number from 0 up.")
    if abs(one.skew_ms) > MOST_SKEW_MS or not _has_a_time(one):
        return _("Its time cannot be read.")
    if len(json.dumps(dict(one.payload), ensure_ascii=False)) > LONGEST_PAYLOAD:
        return _("It says more than fits.")
    return ""


def is_uuid(written: str) -> bool:
    """This will tell whether this is a UUID in its plain form."""
    try:
        return str(uuid.UUID(written)) == written
    except ValueError:
        return False


def _has_a_time(one: Report) -> bool:
    try:
        return one.happened_at.tzinfo is not None and one.counted_at().year > 1970
    except OverflowError:
        return False


def _known(client_ids: set[str]) -> dict[str, tuple[str, str, str]]:
    rows = FieldEvent.objects.filter(client_id__in=client_ids)
    return {row[0]: row[1:] for row in rows.values_list("client_id", "device", "kind", "subject")}


def _mark(one: Report) -> tuple[str, str, str]:
    return (one.device, one.kind, one.subject)


def _taken(one: Report, known: tuple[str, str, str] | None) -> str:
    return "" if known in (None, _mark(one)) else _("Its number stands for another fact already.")


def _row(one: Report, received_at: datetime) -> FieldEvent:
    counted_at = one.counted_at()
    return FieldEvent(
        client_id=one.client_id, device=one.device, device_seq=one.seq, kind=one.kind, subject=one.subject,
        payload=dict(one.payload), happened_at=one.happened_at, counted_at=min(counted_at, received_at),
        received_at=received_at, skew_ms=one.skew_ms, corrected=counted_at > received_at,
    )  # fmt: skip
