"""The way in: preview a file, look at it, take it in. Doors call these three functions.

    batch = preview(file, name="岗位.xlsx", kind="vacancies", source="街道", by=user, at=now)
    commit(batch, by=user, at=now)
    rollback(batch, by=user, at=now)          # rollback.py

A preview writes only the batch and its rows; a commit goes in short transactions of a thousand rows and
can be interrupted anywhere: the same call goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.db.models import F

from yuanmeng.core import audit
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import MoveRefused, Refused
from yuanmeng.intake import kept, memory
from yuanmeng.intake.guard import FileRefused
from yuanmeng.intake.kinds import KINDS, understood
from yuanmeng.intake.models import Batch, BatchRow, RowAction, State
from yuanmeng.intake.readers import Report, read_lines
from yuanmeng.intake.reasons import Reason
from yuanmeng.intake.sentences import file_sentence
from yuanmeng.intake.sift import Action
from yuanmeng.intake.understand import Decision, decide
from yuanmeng.intake.vacancies import Closed, publish_drafts

CHUNK = 1000
Progress = Callable[[int, int], None]

_COUNTS = {
    Action.ADMIT: "admitted",
    Action.UPDATE: "updated",
    Action.SKIP: "skipped",
    Action.QUARANTINE: "quarantined",
    Action.REFUSE: "refused",
}


class ImportRefused(Refused):
    """A whole file that stays outside; `sentence` says why and what to do."""

    code = "file_unreadable"


def preview(
    file: BinaryIO,
    *,
    name: str,
    kind: str,
    source: str,
    by: Actor,
    at: datetime,
    vacancy_source: str = "own",
    source_publisher: str = "",
) -> Batch:
    """This will read a file and say what would happen to each row; nothing but the batch is written.

    `kind`: vacancies, seekers or organisations. `source`: who sends such files; keys count inside it. Raises
    ImportRefused for a file that stays outside, and then nothing at all is written.
    """
    batch = Batch.objects.create(
        kind=kind,
        source=source[:40],
        file_name=name[-300:],
        sha256=_sha256(file),
        size_bytes=file.seek(0, 2),
        vacancy_source=vacancy_source,
        source_publisher=source_publisher,
        by=by.actor_key,
        made_at=at,
    )
    report = Report()
    try:
        _write_decisions(batch, _decisions(batch, file, report, at))
    except FileRefused as refused:
        _forget(batch)
        raise ImportRefused(file_sentence(refused.code, refused.about), code=refused.code) from refused
    except BaseException:
        _forget(batch)
        raise
    _finish_preview(batch, report, by=by, at=at)
    return batch


def _sha256(file: BinaryIO) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    return digest.hexdigest()


def _decisions(batch: Batch, file: BinaryIO, report: Report, at: datetime) -> Iterator[Decision]:
    kind = KINDS[batch.kind]
    lines = read_lines(file, batch.file_name, batch.kind, report)
    house = kind.house(batch.kind, batch.source)
    return decide(lines, kind.parser(at), house=house, screen=kind.screen)


def _write_decisions(batch: Batch, decisions: Iterator[Decision]) -> None:
    """Rows go in by the thousand; counts and what was noticed are added up on the way."""
    counts: Counter[str] = Counter()
    said: dict[str, Counter[str]] = {"reasons": Counter(), "notes": Counter(), "findings": Counter()}
    while chunk := list(islice(decisions, CHUNK)):
        rows = [_row(batch, decision) for decision in chunk]
        counts.update(_COUNTS[decision.action] for decision in chunk)
        said["reasons"].update(row.reason for row in rows if row.reason)
        said["notes"].update(note for row in rows for note in row.notes)
        said["findings"].update(rule for row in rows for rule in row.findings)
        with transaction.atomic():
            BatchRow.objects.bulk_create(rows)
            Batch.objects.filter(pk=batch.pk).update(done=F("done") + len(rows))
    for name in _COUNTS.values():
        setattr(batch, name, counts[name])
    batch.report = {name: dict(counter) for name, counter in said.items()}


def _row(batch: Batch, decision: Decision) -> BatchRow:
    """Keep of a row what is still needed: its words if it comes back, its meaning if it goes in."""
    row = BatchRow(
        batch=batch,
        line=decision.line.number,
        sheet=decision.line.sheet[:60],
        action=decision.action.value,
        reason=decision.reason or "",
        column=decision.column[:120],
        findings=list(decision.findings),
        notes=list(decision.row.notes) if decision.row and decision.action is not Action.SKIP else [],
        key=decision.key,
        digest=decision.digest,
        object_noun=memory.nouns_of(batch.kind) if decision.object_uid else "",
        object_uid=decision.object_uid,
    )
    if decision.action in (Action.REFUSE, Action.QUARANTINE):
        row.cells = json.dumps(decision.line.kept(), ensure_ascii=False)
    if decision.row and decision.action is not Action.SKIP:
        row.understood = kept.written(decision.row)
    return row


def _forget(batch: Batch) -> None:
    with transaction.atomic():
        batch.rows.all().delete()
        batch.delete()


def _finish_preview(batch: Batch, report: Report, *, by: Actor, at: datetime) -> None:
    batch.columns = report.columns
    batch.report |= {
        "fields": report.fields,
        "skipped_sheets": report.skipped_sheets,
        "unused_columns": report.unused_columns,
        "never_imported": report.never_imported,
    }
    batch.done = 0
    with transaction.atomic():
        batch.save()
        batch.move(State.PREVIEWED, by=by, at=at)


def commit(
    batch: Batch,
    *,
    by: Actor,
    at: datetime,
    publish_by: Actor | None = None,
    progress: Progress | None = None,
) -> Batch:
    """This will take the rows of a previewed batch in; called again after an interruption it goes on.

    Vacancies arrive as drafts. With `publish_by` (a second person) a trusted batch is handed in and published
    through the posting gate; what the gate holds stays a draft. `progress` is told (done, of) after each
    thousand rows.
    """
    if batch.state != State.COMMITTING:
        batch.move(State.COMMITTING, by=by, at=at)
    while rows := list(batch.rows.to_take_in()[:CHUNK]):
        _take_in(batch, rows, by=by, at=at)
        batch.refresh_from_db(fields=["done", "refused", "admitted", "updated"])
        if progress:
            progress(batch.done, batch.to_take_in)
    if publish_by and batch.kind == "vacancies":
        published, held = publish_drafts(batch, by=by, publish_by=publish_by, at=at)
        batch.report |= {"published": published, "held": held}
    _finish_commit(batch, by=by, at=at)
    return batch


def _take_in(batch: Batch, rows: list[BatchRow], *, by: Actor, at: datetime) -> None:
    """Take a chunk in whole; if the database finds a clash, row by row, so that one bad row holds up none."""
    try:
        with transaction.atomic():
            take_in(batch, rows, by=by, at=at)
    except IntegrityError:
        for row in rows:
            _take_in_alone(batch, row, by=by, at=at)


def _take_in_alone(batch: Batch, row: BatchRow, *, by: Actor, at: datetime) -> None:
    try:
        with transaction.atomic():
            take_in(batch, [row], by=by, at=at)
    except IntegrityError:
        with transaction.atomic():
            _refuse(batch, row, Reason.CONFLICT)
            Batch.objects.filter(pk=batch.pk).update(done=F("done"))


def take_in(batch: Batch, rows: list[BatchRow], *, by: Actor, at: datetime) -> None:
    """This will take rows in, inside the caller's transaction, and remember their keys.

    Raises MoveRefused when somebody else takes the same rows in at this moment.
    """
    claimed = BatchRow.objects.filter(pk__in=[row.pk for row in rows], done_at=None).update(done_at=at)
    if claimed != len(rows):
        raise MoveRefused(file_sentence("taken_in_elsewhere", {}))
    kind = KINDS[batch.kind]
    new = [(row, understood(row, kind)) for row in rows if row.action == RowAction.ADMIT]
    kind.admit(batch, new, by=by, at=at)
    changed = [row for row in rows if row.action == RowAction.UPDATE]
    closed = [row for row in changed if not _update(batch, row, by=by, at=at)]
    done = [row for row in rows if row not in closed]
    memory.forget_words(batch.kind, batch.source, done)
    memory.remember(batch.kind, batch.source, _last_of_each_key(done))
    BatchRow.objects.filter(pk__in=[row.pk for row in done]).update(understood=b"")
    Batch.objects.filter(pk=batch.pk).update(done=F("done") + len(done))


def _update(batch: Batch, row: BatchRow, *, by: Actor, at: datetime) -> bool:
    kind = KINDS[batch.kind]
    try:
        kind.update(batch, (row, understood(row, kind)), by=by, at=at)
    except Closed:
        _refuse(batch, row, Reason.CLOSED)
        return False
    row.save(update_fields=["before"])
    return True


def _last_of_each_key(rows: Iterable[BatchRow]) -> list[BatchRow]:
    return list({(row.key, row.object_uid): row for row in rows}.values())


def _refuse(batch: Batch, row: BatchRow, reason: Reason) -> None:
    """A row that was to go in and could not: it comes back like the others, and the counts follow."""
    was = _COUNTS[Action(row.action)]
    row.action, row.reason, row.done_at = RowAction.REFUSE, reason.value, None
    row.save(update_fields=["action", "reason", "done_at"])
    Batch.objects.filter(pk=batch.pk).update(**{was: F(was) - 1, "refused": F("refused") + 1})


def _finish_commit(batch: Batch, *, by: Actor, at: datetime) -> None:
    waiting = batch.rows.waiting().order_by("id")
    with transaction.atomic():
        for start in range(0, waiting.count(), CHUNK):
            memory.remember(batch.kind, batch.source, waiting[start : start + CHUNK], waiting=True)
        batch.save(update_fields=["report"])
        batch.move(State.COMMITTED, by=by, at=at)
        audit.write("import", by=by, at=at, about=batch, fields=batch.kind, count=max(1, batch.done))


def said(batch: Batch) -> dict[str, Any]:
    """Return the outcome of a batch as plain figures, for pages, commands and the API."""
    return {name: getattr(batch, name) for name in _COUNTS.values()} | {
        "total": batch.total,
        "state": batch.state,
    }
