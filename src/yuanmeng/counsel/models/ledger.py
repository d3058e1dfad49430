"""The service ledger: what was done for whom, how, with what result. Rows are never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _now

from yuanmeng.core import events
from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.errors import Refused
from yuanmeng.core.models import AppendOnly, EventRow, Noun
from yuanmeng.counsel.models.choices import ServiceKind
from yuanmeng.organisations.models import Organisation
from yuanmeng.people.models import Person
from yuanmeng.places.models import Site


class AlreadyCorrected(Refused):
    """A record is corrected once; the next correction goes to the correcting record."""

    code = "already_corrected"


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    def standing(self) -> ServiceRecordQuerySet:
        """What counts: records that no later one corrects."""
        return self.filter(corrected_by=None)


class ServiceRecord(Noun, AppendOnly):
    """One service, one row (人力资源市场暂行条例 33). A correction is a new row with `corrects`.

    The chain runs over the facts that stay when a person is erased: pseudonyms (uids), kinds,
    times, results; never the words.
    """

    seq = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=ServiceKind.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    about_noun = models.CharField(max_length=40, blank=True)
    about_uid = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.PROTECT)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True, max_length=2000)
    next_due_on = models.DateField(null=True, blank=True)
    basis = models.CharField(max_length=80, blank=True)
    event = models.OneToOneField(EventRow, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)

    objects = ServiceRecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "at"], name="service_of_person"),
            models.Index(fields=["kind", "at"], name="service_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.get_kind_display()}"

    @classmethod
    def write(
        cls, *, kind: str, by: Actor | None, at: datetime, about: Noun | None = None, **facts: Any
    ) -> ServiceRecord:
        """Append one record to the ledger."""
        if about is not None:
            facts |= {"about_noun": about.noun(), "about_uid": about.uid}
        with transaction.atomic():
            LedgerHead.objects.get_or_create(pk=1)
            head = LedgerHead.objects.select_for_update().get(pk=1)
            row = cls(kind=kind, by=key_of(by), at=at, seq=head.seq + 1, prev_hash=head.hash, **facts)
            row.hash = row.digest()
            row.save()
            LedgerHead.objects.filter(pk=1).update(seq=row.seq, hash=row.hash)
            events.tell("service.recorded", row, by=by, at=at, service=kind)
        return row

    @classmethod
    def write_many(cls, rows: list[ServiceRecord], *, by: Actor, at: datetime) -> None:
        """Append new records in their order, all of one act: one lock of the chain's end, one insert."""
        with transaction.atomic():
            LedgerHead.objects.get_or_create(pk=1)
            head = LedgerHead.objects.select_for_update().get(pk=1)
            for row in rows:
                row.by, row.at, row.seq, row.prev_hash = by.actor_key, at, head.seq + 1, head.hash
                row.hash = row.digest()
                head.seq, head.hash = row.seq, row.hash
            cls.objects.bulk_create(rows)
            head.save()
            news = [("service.recorded", row, {"service": row.kind}) for row in rows]
            events.tell_many(news, by=by, at=at)

    @classmethod
    def write_for(cls, event: EventRow, *, kind: str, **facts: Any) -> ServiceRecord | None:
        """Make exactly one record of one event, however often it is read."""
        if cls.objects.filter(event=event).exists():
            return None
        return cls.write(kind=kind, event=event, **facts)

    def correct(self, *, by: Actor, at: datetime, **changes: Any) -> ServiceRecord:
        """Write what is true beside what was written; the wrong row stays and stops counting.

        `changes`: result, words, minutes, channel, kind, next_due_on. Raises AlreadyCorrected.
        """
        if ServiceRecord.objects.filter(corrects=self).exists():
            raise AlreadyCorrected(_now("This record has been corrected already. Please mend the newer one."))
        same = ("kind", "person", "organisation", "about_noun", "about_uid", "channel", "site", "minutes",
                "result", "words", "next_due_on", "basis")  # fmt: skip
        facts = {name: getattr(self, name) for name in same} | changes
        return ServiceRecord.write(by=by, at=at, corrects=self, **facts)

    def digest(self) -> str:
        """Return the hash over the facts that stay when a person is erased."""
        facts = [
            self.seq, self.uid, self.kind, _uid(self.person), _uid(self.organisation), self.about_noun,
            self.about_uid, self.channel, _uid(self.site), self.by,
            self.at.astimezone(UTC).isoformat(timespec="microseconds"), self.minutes, self.result, self.basis,
            self.next_due_on.isoformat() if self.next_due_on else "", _uid(self.corrects),
        ]  # fmt: skip
        text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(self.prev_hash.encode() + text.encode()).hexdigest()


def _uid(row: Noun | None) -> str:
    return row.uid if row is not None else ""


class LedgerHead(models.Model):
    """The end of the ledger's chain."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
