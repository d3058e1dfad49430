"""This will write docs/glossary.md from data/reference/glossary.csv: `python tools/make_glossary.py`."""

from __future__ import annotations

import csv
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
HEAD = """# Glossary

Made by `python tools/make_glossary.py` from `data/reference/glossary.csv`; a new noun enters there first.
The identifier is the word the code uses, the room is where it lives.

| 中文 | English | identifier | room | note |
|---|---|---|---|---|
"""


def glossary() -> str:
    """This will give the page as text."""
    with (PROJECT / "data" / "reference" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return HEAD + "".join(_line(row) for row in rows)


def _line(row: dict[str, str]) -> str:
    cells = (row["zh"], row["en"], f"`{row['identifier']}`", row["room"], row["note"])
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    (PROJECT / "docs" / "glossary.md").write_text(glossary(), encoding="utf-8")
