"""Which row of a sheet is its header, and which field each of its columns is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from yuanmeng.intake.titles import FIELDS, JOINED, NEEDED, NEVER

_PLAIN = re.compile(r"[\s*_\-:：.。]+")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_LONGEST_TITLE = 40


@dataclass(frozen=True)
class Header:
    """The titles as written and where each field stands; `hints` hold what stood in brackets."""

    titles: list[str]
    columns: dict[str, int]
    joined: dict[str, list[int]] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    never_kept: frozenset[int] = frozenset()
    plain: tuple[str, ...] = ()

    def title(self, field_name: str) -> str:
        """Return the file's own title of a field, without the required mark; "" if it has no such column."""
        at = self.columns.get(field_name)
        return "" if at is None else self.titles[at]


def find_header(rows: Sequence[Sequence[object]], kind: str) -> tuple[int, Header | None]:
    """This will find the row with most known titles among the first rows; (0, None) where there is none.

    Title rows above it ("2021年9月招聘岗位汇总表") know no column and lose.
    """
    best, best_at = None, 0
    for at, cells in enumerate(rows):
        header = _header(cells, kind)
        if header and (best is None or len(header.columns) > len(best.columns)):
            best, best_at = header, at
    return best_at, best


def _header(cells: Sequence[object], kind: str) -> Header | None:
    words = ["" if not isinstance(c, str) or len(c) > _LONGEST_TITLE else plain_title(c) for c in cells]
    width = max((at + 1 for at, cell in enumerate(cells) if cell != ""), default=0)
    columns, joined = _columns(words[:width], _titles(kind))
    if any(name not in columns for name in NEEDED[kind]):
        return None
    titles = _distinct([_shown(cell) for cell in cells[:width]])
    used = set(columns.values()) | {at for many in joined.values() for at in many}
    never = frozenset(at for at, word in enumerate(words[:width]) if word in NEVER)
    return Header(
        titles,
        columns,
        joined,
        {name: _hint(str(cells[at])) for name, at in columns.items() if _hint(str(cells[at]))},
        [t for at, t in enumerate(titles) if at not in used and at not in never and t],
        [t for at, t in enumerate(titles) if at in never],
        never,
        tuple(words[:width]),
    )


def plain_title(title: str) -> str:
    """Return a title without width, case, marks, spaces and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return _PLAIN.sub("", _BRACKETS.sub("", folded))


def _columns(
    words: Sequence[str], known: Mapping[str, list[str]]
) -> tuple[dict[str, int], dict[str, list[int]]]:
    columns: dict[str, int] = {}
    joined: dict[str, list[int]] = {}
    for name, titles in known.items():
        places = [words.index(title) for title in titles if title in words]
        free = [at for at in places if at not in columns.values()]
        if not free:
            continue
        columns[name] = free[0]
        if name in JOINED and len(free) > 1:
            joined[name] = free
    return columns, joined


def _titles(kind: str) -> dict[str, list[str]]:
    return {name: titles.split() for name, titles in FIELDS[kind].items()}


def _hint(title: str) -> str:
    found = _BRACKETS.search(unicodedata.normalize("NFKC", title).casefold())
    return (found.group(1) or found.group(2) or "") if found else ""


def _shown(cell: object) -> str:
    return re.sub(r"\s+", " ", str(cell)).strip().lstrip("*＊ ")


def _distinct(titles: Iterable[str]) -> list[str]:
    """Two columns of one title stay two columns: the second is called "备注 2"."""
    seen: dict[str, int] = {}
    result = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        result.append(title if seen[title] == 1 else f"{title} {seen[title]}")
    return result
