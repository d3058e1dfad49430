"""Rows every room needs: nouns with a uid, events, bookmarks, topics, steps, the audit chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models

from yuanmeng.core.actors import Actor, key_of
from yuanmeng.core.ids import new_uid


class Noun(models.Model):
    """A thing people speak of. Its `uid` is random and goes into addresses; its key never does."""

    uid = models.CharField(max_length=32, unique=True, default=new_uid, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def noun(cls) -> str:
        """Return the word events and steps call this noun by."""
        return cls._meta.model_name or ""


class AppendOnly(models.Model):
    """Rows that are written once. The database holds it too: see core.guards."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows are written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError(f"{type(self).__name__} rows are never deleted")


class EventRow(models.Model):
    """News for higher floors, written in the transaction of the act it tells of.

    `xid` orders rows on PostgreSQL, where ids are drawn before commit and a reader that goes
    by id alone would skip rows of a slower transaction. On SQLite (one writer) it is 0.
    """

    kind = models.CharField(max_length=60)
    noun = models.CharField(max_length=40)
    object_uid = models.CharField(max_length=32)
    payload = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    xid = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["xid", "id"], name="event_reading_order"),
            models.Index(fields=["object_uid", "id"], name="event_of_object"),
            models.Index(fields=["kind", "at"], name="event_kind_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_uid}"


class Bookmark(models.Model):
    """How far one reader has read. `failures` counts tries at the next row."""

    reader = models.CharField(max_length=60, unique=True)
    xid = models.BigIntegerField(default=0)
    row = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.reader


class Topic(models.Model):
    """How many hints a topic has had. Bumped last in the act's own transaction: no gap, no overtaking."""

    name = models.CharField(max_length=60, unique=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.seq}"


class TopicRow(models.Model):
    """One hint that something changed (core.topics). Kept for days; its topic's count stays."""

    topic = models.CharField(max_length=60)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "seq"], name="one_hint_per_number")]

    def __str__(self) -> str:
        return f"{self.topic} {self.seq} {self.kind}"


class Step(AppendOnly):
    """One move of one noun: from where to where, who, when, why."""

    noun = models.CharField(max_length=40)
    object_uid = models.CharField(max_length=32)
    old = models.CharField(max_length=30)
    new = models.CharField(max_length=30)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["object_uid", "id"], name="step_of_object")]

    def __str__(self) -> str:
        return f"{self.noun} {self.old}→{self.new}"

    @classmethod
    def write(cls, row: Noun, *, old: str, new: str, by: Actor | None, at: datetime, note: str = "") -> Step:
        return cls.objects.create(
            noun=row.noun(), object_uid=row.uid, old=old, new=new, by=key_of(by), at=at, note=note
        )

    @classmethod
    def of(cls, row: Noun) -> models.QuerySet[Step]:
        """Return the steps of one row, oldest first."""
        return cls.objects.filter(object_uid=row.uid).order_by("id")


class AuditHead(models.Model):
    """The end of the audit chain. Bumped last in the act's own transaction: one lock order."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class AuditEntry(AppendOnly):
    """Who did or saw what, chained by hash so that edits and cuts show. Never the value itself."""

    seq = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    membership = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=40)
    noun = models.CharField(max_length=40, blank=True)
    object_uid = models.CharField(max_length=32, blank=True)
    fields = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField(default=1)
    reason = models.TextField(blank=True)
    result = models.CharField(max_length=20, default="ok")
    request_id = models.CharField(max_length=40, blank=True)
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["object_uid", "seq"], name="audit_of_object"),
            models.Index(fields=["actor", "seq"], name="audit_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action}"


class IdempotencyKey(models.Model):
    """The result of one creating request, so that a second tap gets the first one's answer."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    location = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="one_result_per_key")]


class Use(models.Model):
    """How often one asker has done one thing since a count began (core.limits)."""

    limit = models.CharField(max_length=20)
    who = models.CharField(max_length=80)
    since = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "who"], name="one_count_per_asker")]


class FieldEvent(AppendOnly):
    """A fact from a device that was out of reach: it comes late, twice, out of order (core.field).

    `happened_at` is what the device's clock said; `counted_at` is that less its skew, and never after the
    receipt: `corrected` says that it had to be set back. `device_seq` is the device's own order.
    """

    client_id = models.CharField(max_length=36, unique=True)
    device = models.CharField(max_length=32)
    device_seq = models.BigIntegerField()
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=32, blank=True)
    payload = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    counted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    skew_ms = models.BigIntegerField(default=0)
    corrected = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["device", "device_seq"], name="field_event_of_device"),
            models.Index(fields=["kind", "counted_at"], name="field_event_kind_at"),
            models.Index(fields=["subject", "id"], name="field_event_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.client_id}"
