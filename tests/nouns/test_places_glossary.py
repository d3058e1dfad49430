"""The glossary page is the table, made anew."""

from __future__ import annotations

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def test_the_page_is_what_the_table_makes() -> None:
    sys.path.insert(0, str(PROJECT / "tools"))
    try:
        from make_glossary import glossary
    finally:
        sys.path.remove(str(PROJECT / "tools"))
    assert (PROJECT / "docs" / "glossary.md").read_text("utf-8") == glossary()
