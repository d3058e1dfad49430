"""A batch, its rows, and what is remembered of rows that came before."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yuanmeng.core.actors import Actor
from yuanmeng.core.fields import EncryptedField
from yuanmeng.core.models import Noun
from yuanmeng.core.moves import Moving
from yuanmeng.intake.sift import Action


class Kind(models.TextChoices):
    """What the rows of a file are."""

    VACANCIES = "vacancies", _("Vacancies")
    SEEKERS = "seekers", _("Job seekers")
    ORGANISATIONS = "organisations", _("Organisations")


class State(models.TextChoices):
    PREVIEWING = "previewing", _("Being read")
    PREVIEWED = "previewed", _("Ready to look at")
    COMMITTING = "committing", _("Being taken in")
    COMMITTED = "committed", _("Taken in")
    ROLLED_BACK = "rolled_back", _("Rolled back")
    DISCARDED = "discarded", _("Discarded")


# Where a batch may go next. A commit that was interrupted goes on: committing stays committing.
MOVES = {
    State.PREVIEWING: {State.PREVIEWED},
    State.PREVIEWED: {State.COMMITTING, State.DISCARDED},
    State.COMMITTING: {State.COMMITTED},
    State.COMMITTED: {State.ROLLED_BACK},
    State.ROLLED_BACK: set(),
    State.DISCARDED: set(),
}


class RowAction(models.TextChoices):
    """What happens to a row; the words of `sift.Action`."""

    ADMIT = Action.ADMIT.value, _("New")
    UPDATE = Action.UPDATE.value, _("Changed")
    SKIP = Action.SKIP.value, _("Nothing to do")
    QUARANTINE = Action.QUARANTINE.value, _("A person decides")
    REFUSE = Action.REFUSE.value, _("Comes back")


class Batch(Moving):
    """One file on its way in. The file itself is not kept: its rows are."""

    MOVES = MOVES

    kind = models.CharField(max_length=16, choices=Kind.choices)
    source = models.CharField(max_length=40)
    # Text only: nothing is ever opened or written under this name.
    file_name = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField(default=0)
    vacancy_source = models.CharField(max_length=12, default="own")
    source_publisher = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.PREVIEWING)
    admitted = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    quarantined = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # How far the work has come: rows read during the preview, rows taken in during the commit.
    done = models.PositiveIntegerField(default=0)
    columns = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    previewed_at = models.DateTimeField(null=True, blank=True)
    committed_at = models.DateTimeField(null=True, blank=True)
    rolled_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=State.values), name="batch_state_known")]
        indexes = [models.Index(fields=["-made_at"], name="batch_newest")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.get_kind_display()})"

    @property
    def total(self) -> int:
        """Return the number of rows of the file; each stands in exactly one of the five counts."""
        return self.admitted + self.updated + self.skipped + self.quarantined + self.refused

    @property
    def to_take_in(self) -> int:
        """Return how many rows a commit takes in: what `done` runs up to."""
        return self.admitted + self.updated

    @property
    def progress(self) -> float:
        """Return how much of the commit is done, 0 to 1."""
        return min(1.0, self.done / self.to_take_in) if self.to_take_in else 1.0

    def move(self, to: str, *, by: Actor | None, at: datetime, **changes: Any) -> None:
        """Go on along the table; only `admit` and `rollback` call this."""
        self._move(to, by=by, at=at, **changes)

    def discard(self, *, by: Actor, at: datetime) -> None:
        """Put a previewed file aside: its rows are forgotten, the batch stays as a line in the list."""
        self._move(State.DISCARDED, by=by, at=at)
        self.rows.all().delete()


class BatchRowQuerySet(models.QuerySet["BatchRow"]):
    def waiting(self) -> BatchRowQuerySet:
        """Rows that still want a person's decision."""
        return self.filter(action=RowAction.QUARANTINE, resolution="")

    def coming_back(self) -> BatchRowQuerySet:
        """Rows that go into the file of refused rows."""
        return self.filter(action__in=[RowAction.REFUSE, RowAction.QUARANTINE]).order_by("id")

    def forget_words(self, *, made_before: datetime) -> int:
        """Forget what old rows said; line, reason and outcome stay. For the daily purge."""
        old = self.filter(batch__made_at__lt=made_before).exclude(cells=b"", understood=b"", before=b"")
        return old.update(cells=b"", understood=b"", before=b"")

    def to_take_in(self) -> BatchRowQuerySet:
        """Rows a commit has still to do, in the order of the file."""
        return self.filter(action__in=[RowAction.ADMIT, RowAction.UPDATE], done_at=None).order_by("id")


class BatchRow(Noun):
    """One line of a file: what it said, what happens to it and why, and what it changed.

    Cells and the understood row may hold personal data: both are sealed, and forgotten once taken in.
    """

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60, blank=True)
    action = models.CharField(max_length=12, choices=RowAction.choices)
    reason = models.CharField(max_length=30, blank=True)
    column = models.CharField(max_length=120, blank=True)
    cells = EncryptedField(blank=True)
    understood = EncryptedField(blank=True)
    findings = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    key = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=32, blank=True)
    object_noun = models.CharField(max_length=20, blank=True)
    object_uid = models.CharField(max_length=32, blank=True)
    before = EncryptedField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    resolution = models.CharField(max_length=10, blank=True)
    resolved_by = models.CharField(max_length=80, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["batch", "action", "id"], name="batch_row_of_action"),
            models.Index(fields=["object_uid"], name="batch_row_of_object"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.line} {self.action} {self.reason}".strip()

    @property
    def as_written(self) -> dict[str, str]:
        """Return the row by the file's own column titles; empty once it has been taken in."""
        return json.loads(self.cells) if self.cells else {}

    @property
    def facts(self) -> dict[str, Any]:
        """Return the understood row as plain facts; empty for refused rows and once taken in."""
        return json.loads(self.understood) if self.understood else {}

    @property
    def before_image(self) -> dict[str, Any]:
        """Return what the row changed, as it was before; empty for new rows."""
        return json.loads(self.before) if self.before else {}


class SourceKey(models.Model):
    """What was last taken under a key of a source: so that the same row again changes nothing.

    `waiting` rows are in quarantine: known, but nothing of the house yet.
    """

    kind = models.CharField(max_length=16)
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    digest = models.CharField(max_length=32)
    object_uid = models.CharField(max_length=32, blank=True)
    waiting = models.BooleanField(default=False)
    row_uid = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source", "key", "digest"], name="one_memory_of_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.source}/{self.key}"
