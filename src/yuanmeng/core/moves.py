"""States as a table one can read aloud, and the one way to move along it.

class Application(Noun, Moving):
    MOVES = {State.SUBMITTED: {State.SEEN, …}, …}

    def see(self, *, by, at):
        self._move(State.SEEN, by=by, at=at)
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils.translation import gettext as _

from yuanmeng.core import events
from yuanmeng.core.actors import Actor
from yuanmeng.core.errors import MoveRefused
from yuanmeng.core.models import Noun, Step


class Moving(Noun):
    """A noun with a `state` that moves only along MOVES and writes each step down."""

    MOVES: ClassVar[Mapping[Any, Any]] = {}
    state: Any

    class Meta:
        abstract = True

    def may_move(self, to: str) -> bool:
        """Tell whether the table allows this move from where the row stands."""
        return to in self.MOVES.get(self.state, ())

    def _move(
        self,
        to: str,
        *,
        by: Actor | None,
        at: datetime,
        note: str = "",
        facts: dict[str, Any] | None = None,
        **changes: Any,
    ) -> None:
        """Move to another state and write the step and the event down, all or nothing.

        `changes` are columns set in the same UPDATE. Raises MoveRefused.
        """
        if not self.may_move(to):
            raise MoveRefused(_("This step is not possible here any more. Please reload the page."))
        old, stamp = self.state, f"{to}_at"
        if any(f.attname == stamp for f in self._meta.concrete_fields):
            changes.setdefault(stamp, at)
        with transaction.atomic():
            # The old state is in the WHERE: of two clerks pressing at once, one moves and one is told.
            rows: Any = type(self)._default_manager.filter(pk=self.pk)
            if not rows.filter(state=old).update(state=to, **changes):
                raise MoveRefused(_("Somebody else has just changed this. Please reload the page."))
            Step.write(self, old=old, new=to, by=by, at=at, note=note)
            events.tell(f"{self.noun()}.{to}", self, by=by, at=at, **(facts or {}))
        for name, value in {"state": to, **changes}.items():
            setattr(self, name, value)


def pending(moves: Mapping[Any, Any]) -> list[Any]:
    """Return the states that can still be left."""
    return [state for state, onward in moves.items() if onward]


def terminal(moves: Mapping[Any, Any]) -> list[Any]:
    """Return the states that are never left."""
    return [state for state, onward in moves.items() if not onward]
