"""Writes the pages that are made from code: docs/reference/visibility.md."""

from __future__ import annotations

from pathlib import Path

from yuanmeng.core import visibility

PROJECT = Path(__file__).resolve().parents[1]


def main() -> None:
    (PROJECT / "docs/reference/visibility.md").write_text(visibility.as_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()
