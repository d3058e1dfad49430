"""The audit chain: one entry per act worth asking about later.

hash = SHA-256(prev_hash ‖ canonical JSON of the entry). The head row is bumped last in the
act's own transaction; no entry, no act. Order is `seq`, not the clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.models import AuditEntry, AuditHead, Noun

FACTS = (
    "seq", "at", "actor", "membership", "action", "noun", "object_uid", "fields", "count",
    "reason", "result", "request_id",
)  # fmt: skip


def write(
    action: str, *, by: Actor | None, at: datetime, about: Noun | None = None, **facts: Any
) -> AuditEntry:
    """Append one entry. `facts`: membership, fields, count, reason, result, request_id."""
    with transaction.atomic():
        head = _locked_head()
        entry = AuditEntry(
            seq=head.seq + 1, at=at, actor=key_of(by), action=action, prev_hash=head.hash,
            noun=about.noun() if about else "", object_uid=about.uid if about else "", **facts,
        )  # fmt: skip
        entry.hash = _digest(entry)
        entry.save()
        AuditHead.objects.filter(pk=head.pk).update(seq=entry.seq, hash=entry.hash)
    return entry


def _locked_head() -> AuditHead:
    head, _ = AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=head.pk)


def _digest(entry: AuditEntry) -> str:
    facts = {name: getattr(entry, name) for name in FACTS}
    facts["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(entry.prev_hash.encode() + text.encode()).hexdigest()


@dataclass(frozen=True)
class Flaw:
    """The first bad place of a chain."""

    seq: int
    kind: str


def verify(anchors: Mapping[int, str] | None = None) -> Flaw | None:
    """Walk the chain and return its first flaw: edited, missing, forked, rewritten or cut; None when whole.

    `anchors` are hashes that were written down elsewhere, by seq: a chain made anew from the beginning, or
    one that was cut together with its head, agrees with itself but not with them.
    """
    previous, seq, known = "", 0, anchors or {}
    for entry in _all():
        seq += 1
        if entry.seq != seq:
            return Flaw(seq, "missing")
        if entry.prev_hash != previous:
            return Flaw(seq, "forked")
        if _digest(entry) != entry.hash:
            return Flaw(seq, "edited")
        if known.get(seq, entry.hash) != entry.hash:
            return Flaw(seq, "rewritten")
        previous = entry.hash
    if max(known, default=0) > seq:
        return Flaw(seq + 1, "cut")
    head = AuditHead.objects.filter(pk=1).first()
    return Flaw(seq + 1, "cut") if head and head.seq != seq else None


def _all() -> Iterator[AuditEntry]:
    return AuditEntry.objects.order_by("seq").iterator(chunk_size=2000)
