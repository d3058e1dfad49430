"""Case folders of pairs (who chose what, with or without attribute files) → the engine's scores.

The attribute files are read without knowing what their columns mean: a column with few values is a token, a
number becomes a band, a text its words. What names sex, or stands for it, is left out.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from yuanmeng.matching.taste import Setting, Sides, Taste
from yuanmeng.matching.taste.attributes import Vocabulary, bands

# A school's kind tells sex and origin; a name tells more.
FORBIDDEN = re.compile("gender|sex|ethnic|relig|hukou|marital|health|school|name", re.IGNORECASE)
WORDS = re.compile(r"[;,/·\s()]+")
FEW, BANDS, WORDS_MAX = 25, 10, 40
LEAST = 3  # bags that hold a token


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def answer(folder: Path) -> np.ndarray:
    """Scores of the case's queries × candidates."""
    known = [pair[:2] for name in ("train", "valid") for pair in rows(folder / f"{name}.tsv")]
    queries = [line[0] for line in rows(folder / "queries.tsv")]
    items = [line[0] for line in rows(folder / "candidates.tsv")]
    asker = numbered([*queries, *sorted({query for query, _ in known})])
    other = numbered([*items, *sorted({item for _, item in known})])
    at = [asker[query] for query, _ in known], [other[item] for _, item in known]
    chosen = sp.csr_matrix((np.ones(len(known), np.float32), at), shape=(len(asker), len(other)))
    chosen.data[:] = 1
    tables = [
        table for path in sorted((folder / "features").glob("*.csv")) for table in [read(path)] if table
    ]
    sides = Sides.of(chosen, attributes(tables, list(asker)), attributes(tables, list(other)))
    asked, among = np.arange(len(queries)), np.arange(len(items))
    setting = Setting(meetings=meetings(sides, asked, among))
    return Taste(setting).fit(sides).scores(asked, among)


def known_of(folder: Path) -> sp.csr_matrix:
    """The pairs of train and valid, queries × candidates: what is not asked again."""
    row = numbered(line[0] for line in rows(folder / "queries.tsv"))
    column = numbered(line[0] for line in rows(folder / "candidates.tsv"))
    pairs = [pair for name in ("train", "valid") for pair in rows(folder / f"{name}.tsv")]
    at = [(row[pair[0]], column[pair[1]]) for pair in pairs if pair[0] in row and pair[1] in column]
    table = sp.lil_matrix((len(row), len(column)), dtype=bool)
    for place in at:
        table[place] = True
    return table.tocsr()


def chosen_before(folder: Path) -> float:
    """The share of the candidates that anybody is known to have chosen."""
    chosen = {pair[1] for name in ("train", "valid") for pair in rows(folder / f"{name}.tsv")}
    candidates = [line[0] for line in rows(folder / "candidates.tsv")]
    return sum(item in chosen for item in candidates) / max(len(candidates), 1)


def meetings(sides: Sides, asked: np.ndarray, among: np.ndarray) -> tuple:
    """The kinds of meeting that occur in the case; nothing else need be learned."""
    askers, others = sides.often
    kinds = {
        "known": (askers[asked] > 0).any() and (others[among] > 0).any(),
        "new_asker": (askers[asked] == 0).any(),
        "new_other": (others[among] == 0).any(),
    }
    return tuple(kind for kind, occurs in kinds.items() if occurs)


def numbered(ids: Iterable[str]) -> dict[str, int]:
    return {key: n for n, key in enumerate(dict.fromkeys(ids))}


def read(path: Path) -> dict[str, dict[str, list[str]]]:
    """Column → id → cells; the id is the column whose name ends with _seq and comes first, or the first."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = list(csv.DictReader(lines))
    if not table:
        return {}
    key = next((name for name in table[0] if name.endswith("_seq")), next(iter(table[0])))
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in table:
        for name, cell in line.items():
            if name != key and not FORBIDDEN.search(name) and cell:
                found[name][line[key]].append(cell)
    return found


def attributes(tables: list, ids: list[str]) -> sp.csr_matrix | None:
    """Every id as a bag of tokens from all files that know it; None where no file knows any."""
    bags: list[list[str]] = [[] for _ in ids]
    for table in tables:
        for name, cells in table.items():
            own = [cells.get(key, []) for key in ids]
            for bag, tokens in zip(bags, tokens_of(own), strict=True):
                bag += [f"{name}={token}" for token in tokens]
    return Vocabulary.of(bags, LEAST).rows(bags) if any(bags) else None


def tokens_of(own: list[list[str]]) -> list[list[str]]:
    """The tokens of one column: values, bands of numbers, or words."""
    values = {cell for cells in own for cell in cells}
    numbers = [number(cells[0]) if cells else np.nan for cells in own]
    if len(values) <= FEW:
        return [list(dict.fromkeys(cells)) for cells in own]
    if all(len(cells) < 2 for cells in own) and np.isfinite(numbers).sum() > 0.9 * sum(map(bool, own)):
        # A number may be the name of a kind: the band, and itself where many share it (rare tokens go later).
        banded = bands(np.array(numbers), BANDS)
        return [[f"~{band}", *cells] if band else [] for band, cells in zip(banded, own, strict=True)]
    year = re.compile(r"^(\d{4})-\d\d-\d\d$")
    if all(year.match(cell) for cells in own for cell in cells):
        return [[cell[:4] for cell in cells] for cells in own]
    split = [[word for cell in cells for word in WORDS.split(cell) if word][:WORDS_MAX] for cells in own]
    codes = all(word.isdecimal() and len(word) == 4 for words in split for word in words)
    # Codes of four digits are grouped by their first two in every code book we know.
    # A list that many have in common is more than its words.
    whole = [[cell for cell in cells if cell not in words] for cells, words in zip(own, split, strict=True)]
    grouped = [[f"{word[:2]}.." for word in words] if codes else [] for words in split]
    return [words + lists + groups for words, lists, groups in zip(split, whole, grouped, strict=True)]


def number(cell: str) -> float:
    """The number of a cell; 0 and what is no number mean "not said"."""
    try:
        return float(cell) or np.nan
    except ValueError:
        return np.nan
