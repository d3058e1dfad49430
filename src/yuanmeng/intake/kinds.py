"""What each kind of file needs: how a line is read, what the house knows of it, what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from django.conf import settings
from django.utils import timezone

from yuanmeng.core.actors import Actor
from yuanmeng.intake import memory, organisations, seekers, vacancies
from yuanmeng.intake.models import Batch, BatchRow, Kind
from yuanmeng.intake.organisation_rows import OrganisationRow
from yuanmeng.intake.readers import Line
from yuanmeng.intake.rows import VacancyRow
from yuanmeng.intake.screening import findings_of
from yuanmeng.intake.seeker_rows import SeekerRow
from yuanmeng.intake.sift import Known
from yuanmeng.intake.understand import House


class Admit(Protocol):
    def __call__(self, batch: Batch, pairs: Sequence[Any], *, by: Actor, at: datetime) -> None: ...


class Update(Protocol):
    def __call__(self, batch: Batch, pair: Any, *, by: Actor, at: datetime) -> None: ...


@dataclass(frozen=True)
class KindOfFile:
    """The verbs of one kind of file."""

    row: type[Any]
    parse: Callable[..., Any]
    admit: Admit
    update: Update
    alike: Callable[[list[Any]], dict[str, str]]
    same: Callable[[list[Any]], list[Known]]
    screen: Callable[[Any], tuple[str, ...]]

    def parser(self, at: datetime) -> Callable[[Line], Any]:
        """Return how a line of this kind is read on this day."""
        demo = bool(settings.DEMO_MODE)
        if self.row is SeekerRow:
            return partial(self.parse, today=timezone.localdate(at), demo=demo)
        return partial(self.parse, demo=demo)

    def house(self, kind: str, source: str) -> House:
        """Return what the house knows, for the sieve: the keys of this source first."""

        def known(rows: list[Any]) -> list[Known]:
            remembered = memory.remembered(kind, source, rows)
            keys = {row.key for row in remembered}
            return [*remembered, *(row for row in self.same(rows) if row.key not in keys)]

        return House(known=known, alike=self.alike)


def _nothing_known(rows: list[Any]) -> list[Known]:
    return []


def _no_findings(row: Any) -> tuple[str, ...]:
    return ()


KINDS: dict[str, KindOfFile] = {
    Kind.VACANCIES: KindOfFile(
        VacancyRow, VacancyRow.parse, vacancies.admit, vacancies.update,
        memory.alike_vacancies, _nothing_known, findings_of,
    ),
    Kind.SEEKERS: KindOfFile(
        SeekerRow, SeekerRow.parse, seekers.admit, seekers.update,
        memory.alike_persons, memory.same_persons, _no_findings,
    ),
    Kind.ORGANISATIONS: KindOfFile(
        OrganisationRow, OrganisationRow.parse, organisations.admit, organisations.update,
        memory.alike_organisations, memory.same_organisations, _no_findings,
    ),
}  # fmt: skip


def understood(row: BatchRow, kind: KindOfFile) -> Any:
    """Return the understood row that was kept at the preview."""
    from yuanmeng.intake import kept

    return kept.read(kind.row, row.facts)
