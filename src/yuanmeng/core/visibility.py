"""Who sees which field: the matrix of visibility.toml, applied.

    shape("person", {"name": …, "phone": …}, held={"counsellor"}, relations={"assigned"})

Rooms say which relations hold (applications.relations); this room drops and masks. A field
without a row in the matrix is a programming error and raises; a field the viewer has no grant
for is simply not in the answer.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from yuanmeng.core.masking import mask_email, mask_id, mask_name, mask_phone

MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name, "phone": mask_phone, "email": mask_email, "id_number": mask_id,
}  # fmt: skip
_ORDER = {"w": 3, "r": 2, "m": 1, "a": 0}


class UnknownField(LookupError):
    """A field that nobody has given a class, a purpose and a term may not leave the house."""


def _starred(value: str) -> str:
    return "***" if value else ""


@dataclass(frozen=True)
class Rule:
    """One row of the matrix."""

    noun: str
    field: str
    level: str
    purpose: str
    term: str
    grants: Mapping[str, tuple[tuple[str, str], ...]]

    def code(self, held: Collection[str], relations: Collection[str]) -> str:
        """Return the strongest code somebody has here: w, r, m, a, or "" for none."""
        codes = [
            code
            for role in held
            for code, relation in self.grants.get(role, ())
            if not relation or relation in relations
        ]
        return max(codes, key=_ORDER.__getitem__, default="")


@cache
def matrix() -> Mapping[tuple[str, str], Rule]:
    """Return all rules by (noun, field)."""
    table = tomllib.loads(Path(__file__).with_name("visibility.toml").read_text(encoding="utf-8"))
    return {
        (noun, field): _rule(noun, field, row) for noun, rows in table.items() for field, row in rows.items()
    }


def _rule(noun: str, field: str, row: Mapping[str, Any]) -> Rule:
    grants = {
        role: tuple((cell.partition(" ")[0], cell.partition(" ")[2]) for cell in cells)
        for role, cells in row["grants"].items()
    }
    return Rule(noun, field, row["class"], row["purpose"], row["term"], grants)


def rule(noun: str, field: str) -> Rule:
    try:
        return matrix()[noun, field]
    except KeyError:
        raise UnknownField(f"{noun}.{field} has no row in core/visibility.toml") from None


def shape(
    noun: str, values: Mapping[str, Any], *, held: Collection[str], relations: Collection[str]
) -> dict[str, Any]:
    """Return what may be shown of these values: dropped, masked or as they are."""
    shown: dict[str, Any] = {}
    for field, value in values.items():
        code = rule(noun, field).code(held, relations)
        if code in {"r", "w"}:
            shown[field] = value
        elif code == "m":
            shown[field] = MASKS.get(field, _starred)(value or "")
    return shown


def may_write(noun: str, field: str, *, held: Collection[str], relations: Collection[str]) -> bool:
    """Tell whether somebody may change this field."""
    return rule(noun, field).code(held, relations) == "w"


def as_markdown() -> str:
    """Return the matrix as a page for people (docs/reference/visibility.md)."""
    roles = ["seeker", "recruiter", "partner", "front_desk", "counsellor", "manager", "auditor", "reviewer",
             "data_officer"]  # fmt: skip
    lines = [
        "# Who sees what", "",
        "Made from `src/yuanmeng/core/visibility.toml` by `python tools/make_docs.py`.", "",
        "r read · w read and write · m masked; a relation in brackets. Empty: the field does not exist.", "",
        "| Field | Class | " + " | ".join(roles) + " | Purpose | Kept |",
        "|---" * (len(roles) + 4) + "|",
    ]  # fmt: skip
    for row in matrix().values():
        cells = [
            ", ".join(
                f"{code} ({relation})" if relation else code for code, relation in row.grants.get(role, ())
            )
            for role in roles
        ]
        lines.append(
            f"| {row.noun}.{row.field} | {row.level} | {' | '.join(cells)} | {row.purpose} | {row.term} |"
        )
    return "\n".join(lines) + "\n"
