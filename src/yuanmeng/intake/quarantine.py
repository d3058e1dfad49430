"""Rows that may be the same as another: a person says which, and the row goes on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from yuanmeng.core import audit
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import Refused
from yuanmeng.core.ids import new_uid
from yuanmeng.intake import admit, memory
from yuanmeng.intake.models import Batch, BatchRow, RowAction, SourceKey, State


def resolve_as_new(row: BatchRow, *, by: Actor, at: datetime) -> None:
    """This will take a quarantined row as a record of its own.

    Before the commit the row only changes sides; after it, it is taken in at once.
    """
    uid = new_uid()
    with transaction.atomic():
        _decide(row, "new", RowAction.ADMIT, uid, by=by, at=at)
        _go_on(row, by=by, at=at)


def resolve_as_same(row: BatchRow, *, by: Actor, at: datetime) -> None:
    """This will take a quarantined row as new words for the record it resembles."""
    if not row.object_uid:
        raise Refused(_("It is not known which record this row resembles. Please take it as a new one."))
    with transaction.atomic():
        _decide(row, "same", RowAction.UPDATE, row.object_uid, by=by, at=at)
        _go_on(row, by=by, at=at)


def _decide(row: BatchRow, word: str, action: str, uid: str, *, by: Actor, at: datetime) -> None:
    """Write the decision down; of two people pressing at once, one decides and one is told."""
    if row.batch.state not in (State.PREVIEWED, State.COMMITTED):
        raise Refused(_("This batch is not waiting for a decision."))
    undecided = BatchRow.objects.waiting().filter(pk=row.pk)
    noun = memory.nouns_of(row.batch.kind)
    facts = {"resolution": word, "action": action, "object_uid": uid, "object_noun": noun, "cells": b""}
    if not undecided.update(**facts, resolved_by=by.actor_key, resolved_at=at):
        raise Refused(_("Somebody else has just decided about this row. Please reload the page."))
    counts = {"quarantined": F("quarantined") - 1}
    counts["admitted" if action == RowAction.ADMIT else "updated"] = (
        F("admitted" if action == RowAction.ADMIT else "updated") + 1
    )
    Batch.objects.filter(pk=row.batch_id).update(**counts)
    audit.write("resolve", by=by, at=at, about=row, reason=word)
    row.refresh_from_db()


def _go_on(row: BatchRow, *, by: Actor, at: datetime) -> None:
    row.batch.refresh_from_db()
    if row.batch.state == State.COMMITTED:
        SourceKey.objects.filter(row_uid=row.uid, waiting=True).delete()
        admit.take_in(row.batch, [row], by=by, at=at)
