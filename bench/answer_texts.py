"""The engine's answer to a case of texts, as ../shared/bench/protocol.py asks for it.

The folder alone tells the kind of case:
    labelled pairs and a code book in features/          → titles.Coder
    features/train*.tsv.gz of (id, title, city, text)    → titles.Search
    features/train*.tsv.gz of (group, occupation, title, title)
                                                         → titles.Likeness, data/reference as pages

    python bench/answer_texts.py FOLDER [--without-reference]

``answer(folder)`` gives queries × candidates; ``main`` writes them to run.npy.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "data" / "reference"
sys.path.insert(0, str(ROOT / "src"))

from yuanmeng.matching.titles import Abroad, CodeEntry, Coder, Likeness, Page, Search, understood  # noqa: E402
from yuanmeng.matching.titles.pieces import mostly_wide  # noqa: E402

Rows = list[tuple[str, ...]]


def answer(folder: Path, reference: bool = True) -> np.ndarray:
    """Scores as queries.tsv × candidates.tsv. Raises SystemExit where the folder is no case of texts."""
    queries, candidates = rows(folder / "queries.tsv"), rows(folder / "candidates.tsv")
    told = rows(folder / "train.tsv") + rows(folder / "valid.tsv")
    books = sorted((folder / "features").glob("*.csv"))
    tables = [rows(path) for path in sorted((folder / "features").glob("*.tsv.gz"))]
    asked = [text for _, text in queries]
    if told and books:
        return coded(books[0], told, asked, [code for code, _ in candidates])
    if not told and tables and np.mean([len(text) for _, text in candidates]) > 60:
        titled = [row for table in tables for row in table if len(row) == 4]
        search = Search().fit([row[1] for row in titled], [row[3] for row in titled])
        return search.answer(asked, search.read([text for _, text in candidates]))
    if not told:
        titles = [text for _, text in candidates]
        abroad = abroad_for(titles) if reference else None
        return Likeness().fit(titles, pages_for(titles, tables, reference), abroad).answer(asked)
    sys.exit(f"{folder} is no case of texts.")


def rows(path: Path) -> Rows:
    """The lines of a tab-separated file, gzip or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        return [tuple(line.rstrip("\n").split("\t")) for line in lines]


def coded(book: Path, told: Rows, asked: list[str], codes: list[str]) -> np.ndarray:
    with book.open(encoding="utf-8-sig", newline="") as lines:
        entries = {row["code"]: entry(row) for row in csv.DictReader(lines)}
    coder = Coder().fit(list(entries.values()), [title for title, _ in told], [code for _, code in told])
    column = {code: at for at, code in enumerate(coder.codes)}
    return coder.answer(asked)[:, [column[code] for code in codes]]


def entry(row: dict[str, str]) -> CodeEntry:
    names = row["name"] if row["alias"] in ("", row["name"]) else f"{row['name']} {row['alias']}"
    return CodeEntry(row["code"], names, f"{row['definition']} {row['tasks']}")


def pages_for(titles: list[str], tables: list[Rows], reference: bool) -> list[Page]:
    """Pages in the language of the titles: sources that know half of their words, ¾ of the best one's.

    Occupations of the case's pairs and of the reference tables share ids, hence groups.
    """
    group = {row[1].rsplit("/", 1)[-1]: row[0].rsplit("/", 1)[-1].removeprefix("C")
             for table in tables for row in table if len(row) == 4}  # fmt: skip
    sources = [told_pages(table, group) for table in tables] + (reference_pages(group) if reference else [])
    known = [understood(titles, pages) for pages in sources]
    least = max(0.5, 0.75 * max(known, default=0))
    return [page for pages, share in zip(sources, known, strict=True) if share >= least for page in pages]


def told_pages(table: Rows, group: dict[str, str]) -> list[Page]:
    """The case's own pairs: all titles of one occupation are a page."""
    titles: dict[str, set[str]] = defaultdict(set)
    for _, occupation, *names in (row for row in table if len(row) == 4):
        titles[occupation.rsplit("/", 1)[-1]].update(names)
    return [Page(" ".join(sorted(names)), levels(group[key])) for key, names in sorted(titles.items())]


def levels(code: str) -> tuple[str, ...]:
    return tuple(code[:size] for size in range(2, len(code) + 1))  # ISCO: 2, 3, 4 figures


def reference_pages(group: dict[str, str], language: str = "*") -> list[list[Page]]:
    """What the product's own reference tables say of occupations, one list a table."""
    tables = [rows(path) for path in sorted(REFERENCE.glob(f"occupation_pages_{language}.tsv.gz"))]
    return [
        [
            Page(names, tuple(own.split()) or levels(group.get(key, "")), more)
            for key, own, names, more in table
        ]
        for table in tables
    ]


def abroad_for(titles: list[str]) -> Abroad | None:
    """For Chinese titles: the English tables, and the English for Chinese words, our own list first."""
    if not mostly_wide(titles):
        return None
    pages = [page for table in reference_pages({}, "en*") for page in table]
    own = json.loads((REFERENCE / "title_words.json").read_text(encoding="utf-8"))["words"]
    words = dict(row[:2] for row in rows(REFERENCE / "title_words_zh.tsv.gz"))
    return Abroad(pages, words | own)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--without-reference", action="store_true")
    options = asked.parse_args()
    np.save(
        options.folder / "run.npy", answer(options.folder, not options.without_reference).astype(np.float32)
    )


if __name__ == "__main__":
    main()
