"""The page for people and the table of titles say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from yuanmeng.intake.headers import plain_title
from yuanmeng.intake.titles import FIELDS, NEEDED, NEVER

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "import-columns.md"


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_field_and_its_titles_stand_on_the_page(kind: str) -> None:
    page = PAGE.read_text("utf-8")
    for field, titles in FIELDS[kind].items():
        assert f"| `{field}` | {' · '.join(titles.split())} |" in page


def test_every_column_that_is_never_taken_stands_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    assert all(title in page for title in NEVER)


@pytest.mark.parametrize("kind", sorted(FIELDS))
def test_every_title_can_be_found_as_it_is_compared(kind: str) -> None:
    """A title written with a mark or in capitals would never meet a header."""
    for titles in FIELDS[kind].values():
        assert all(plain_title(title) == title for title in titles.split())
    assert set(NEEDED[kind]) <= set(FIELDS[kind])
