"""New, changed, unchanged, or perhaps the same as another? Decided row by row, in the order of the file.

A key is an identity only inside its source. Files without keys get one from firm, title, district and text;
there a second row with the same firm, title and district is put before a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from yuanmeng.intake.reasons import Reason


class Action(StrEnum):
    """What happens to a row."""

    ADMIT = "admit"
    UPDATE = "update"
    SKIP = "skip"
    QUARANTINE = "quarantine"
    REFUSE = "refuse"


class Sortable(Protocol):
    """What the sieve needs to know of a row."""

    @property
    def external_id(self) -> str: ...
    def digest(self) -> str: ...
    def identity(self) -> str: ...
    def likeness(self) -> str: ...


def key_of(row: Sortable) -> str:
    """Return the identity of a row inside its source."""
    return row.external_id or row.identity()


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of a row that came before: by which key, with which words, what became of it."""

    key: str
    digest: str
    object_uid: str
    waiting: bool = False  # in quarantine, nobody has decided yet


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on one row: `key` is the identity inside the source, `object_uid` what it is about."""

    action: Action
    key: str
    digest: str
    object_uid: str = ""
    reason: Reason | None = None
    likeness: str = ""


@dataclass
class Sieve:
    """Remembers the rows of one file; what the house knows already is asked for in chunks."""

    _by_key: dict[str, list[Known]] = field(default_factory=dict)
    _by_likeness: dict[str, str] = field(default_factory=dict)
    _here: set[str] = field(default_factory=set)

    def learn(self, known: Iterable[Known]) -> None:
        """Take in what the house knows of the keys that come next; a row seen in this file counts more."""
        fresh: dict[str, list[Known]] = {}
        for row in known:
            if row.key not in self._by_key:
                fresh.setdefault(row.key, []).append(row)
        self._by_key.update(fresh)

    def learn_likeness(self, likenesses: Mapping[str, str]) -> None:
        """Take in vacancies of the house that look alike: likeness → uid."""
        for likeness, uid in likenesses.items():
            self._by_likeness.setdefault(likeness, uid)

    def sort(self, row: Sortable, uid: str) -> Verdict:
        """Decide about the next row; `uid` will be its own if it turns out to be new."""
        key = key_of(row)
        digest, likeness = row.digest(), row.likeness()
        before = self._by_key.get(key, [])
        if any(known.digest == digest for known in before):
            same = next(known for known in before if known.digest == digest)
            return Verdict(Action.SKIP, key, digest, same.object_uid, Reason.UNCHANGED, likeness)
        return self._sort_new_words(row, uid, key, digest, likeness, before)

    def _sort_new_words(
        self, row: Sortable, uid: str, key: str, digest: str, likeness: str, before: list[Known]
    ) -> Verdict:
        live = [known for known in before if not known.waiting]
        if before and len(live) != 1:
            return self._keep(
                Verdict(Action.QUARANTINE, key, digest, "", Reason.POSSIBLE_DUPLICATE, likeness)
            )
        if live and (row.external_id or key not in self._here):
            return self._keep(Verdict(Action.UPDATE, key, digest, live[0].object_uid, None, likeness))
        like = self._by_likeness.get(likeness)
        if live or like:
            about = live[0].object_uid if live else like or ""
            return self._keep(
                Verdict(Action.QUARANTINE, key, digest, about, Reason.POSSIBLE_DUPLICATE, likeness)
            )
        return self._keep(Verdict(Action.ADMIT, key, digest, uid, None, likeness))

    def _keep(self, verdict: Verdict) -> Verdict:
        waiting = verdict.action is Action.QUARANTINE
        row = Known(verdict.key, verdict.digest, verdict.object_uid, waiting)
        rows = self._by_key.setdefault(verdict.key, [])
        if verdict.action is Action.UPDATE:
            rows[:] = [known for known in rows if known.waiting]
        rows.append(row)
        self._here.add(verdict.key)
        if not waiting:
            self._by_likeness.setdefault(verdict.likeness, verdict.object_uid)
        return verdict
