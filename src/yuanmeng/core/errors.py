"""Refusals: what cannot be done, said to a person.

Everything the house refuses on purpose is a `Refused`; anything else that is raised is a
surprise and ends in the log.
"""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """An expected refusal with a sentence: what, why, what to do next.

    `code` is stable and for machines; `sentence` may be lazy and is for the reader's language.
    """

    code = "refused"

    def __init__(self, sentence: Any, *, code: str | None = None, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code or type(self).code
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class MoveRefused(Refused):
    """A state may not be left that way, or somebody else moved the row meanwhile."""

    code = "move_refused"


class NotYours(Refused):
    """Unknown and forbidden look the same from outside: doors answer 404."""

    code = "not_found"
