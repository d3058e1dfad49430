"""How a command ends: 0 done, 1 a finding, 2 it could not be done; and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

DONE, FINDING, CANNOT = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """The exit status, lines for people, and facts for machines (`--json` ends with them as one object)."""

    code: int = DONE
    lines: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    def say(self, *, as_json: bool) -> None:
        """Print it; with --json the last line is one object."""
        for line in self.lines:
            print(line)
        if as_json:
            print(json.dumps({"ok": self.code == DONE, **self.facts}, ensure_ascii=False, default=str))


class Cannot(Exception):
    """This will be raised when a command cannot be done; the sentence says why and what to do next."""
