"""Lines become decisions: parsed, screened for what the posting gate will ask, and sifted.

Pure: what the house knows already comes in through `knows`, so that the same code serves the preview,
the tests and a dry run over a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from yuanmeng.core.ids import new_uid
from yuanmeng.intake.readers import Line
from yuanmeng.intake.reasons import Note, Reason, RowRefused, RowSkipped
from yuanmeng.intake.sift import Action, Known, Sieve

CHUNK = 1000


class Row(Protocol):
    """A row of any kind, understood."""

    @property
    def line(self) -> int: ...
    @property
    def external_id(self) -> str: ...
    @property
    def notes(self) -> tuple[Note, ...]: ...
    def digest(self) -> str: ...
    def identity(self) -> str: ...
    def likeness(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the file and what will happen to it."""

    line: Line
    action: Action
    reason: Reason | None = None
    column: str = ""
    row: Any = None
    findings: tuple[str, ...] = ()
    key: str = ""
    digest: str = ""
    likeness: str = ""
    object_uid: str = ""


@dataclass(frozen=True, slots=True)
class House:
    """What the house knows: rows that came before under these keys, and its own rows that look alike."""

    known: Callable[[list[Any]], Iterable[Known]] = lambda rows: ()
    alike: Callable[[list[Any]], dict[str, str]] = lambda rows: {}


def decide(
    lines: Iterable[Line],
    parse: Callable[[Line], Row],
    *,
    house: House | None = None,
    screen: Callable[[Any], tuple[str, ...]] = lambda row: (),
) -> Iterator[Decision]:
    """This will yield one decision for each line, in the order of the file; none is lost, none is twice."""
    house, sieve = house or House(), Sieve()
    waiting = iter(lines)
    while chunk := list(islice(waiting, CHUNK)):
        parsed = [(line, _parse(line, parse)) for line in chunk]
        rows = [row for _, row in parsed if not isinstance(row, Decision)]
        if rows:
            sieve.learn(house.known(rows))
            sieve.learn_likeness(house.alike(rows))
        for line, row in parsed:
            yield row if isinstance(row, Decision) else _sifted(line, row, sieve, screen)


def _parse(line: Line, parse: Callable[[Line], Row]) -> Any:
    try:
        return parse(line)
    except RowSkipped as skipped:
        return Decision(line, Action.SKIP, skipped.reason)
    except RowRefused as refused:
        return Decision(line, Action.REFUSE, refused.reason, refused.column)


def _sifted(line: Line, row: Row, sieve: Sieve, screen: Callable[[Any], tuple[str, ...]]) -> Decision:
    verdict = sieve.sort(row, new_uid())
    new = verdict.action is not Action.SKIP
    return Decision(
        line,
        verdict.action,
        verdict.reason,
        row=row,
        findings=screen(row) if new else (),
        key=verdict.key,
        digest=verdict.digest,
        likeness=verdict.likeness,
        object_uid=verdict.object_uid,
    )
