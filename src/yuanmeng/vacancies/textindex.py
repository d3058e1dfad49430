"""Finding text: which vacancies hold a word, exactly as LIKE would say, in milliseconds.

Chinese has no spaces, and an index of guessed words misses what it guessed wrong (数据分析 was found in 2 %
of the places where it stands). So the index holds overlapping pairs of characters: 数据分析 → 数据 据分 分析.

* SQLite: an FTS5 table without content, asked for phrases of pairs; positions make the answer exact.
* PostgreSQL: pairs under GIN give every text that holds all pairs of a word; words of three characters and
  more are then compared with the text itself, in the same walk over the table. (A phrase in `tsquery`
  re-reads each stored vector: 345 ms for 100,000 hits. Vectors stored beside the texts: 140 ms for 67,000
  hits instead of 20. A table of keys alone under the index: 12 ms, but then each text is looked up by its
  key, and a long word costs 39 ms instead of 18 for 30,000 hits.)

The tables are derived: never backed up, rebuilt by the command `rebuild_index`. They know vacancies by key
and may hold closed ones; who asks intersects the answer with what is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from django.db import connection, transaction
from numpy.typing import NDArray

Ids = NDArray[np.int64]
TEXT, GRAMS = "vacancies_searchtext", "vacancies_searchgrams"
BATCH = 1_000
# What PostgreSQL sends for an array of bigint: a header, then length and value of each.
_ARRAY_HEADER = 20
_ARRAY_ITEM = np.dtype([("length", ">i4"), ("id", ">i8")])


def hits(term: str) -> Ids:
    """This will give the keys of all texts that hold a term (in normal form, no spaces).

    Cost at 100,000 texts: 1-3 ms for a rare word, 10-30 ms when a third of the texts holds it.
    """
    return _postgresql_hits(term) if connection.vendor == "postgresql" else _sqlite_hits(term)


def put(texts: Iterable[tuple[int, str]]) -> int:
    """This will index texts by key, replacing what stood under the same key; ~10,000 a second."""
    count = 0
    for batch in _batches(texts):
        with transaction.atomic():
            remove([key for key, _text in batch])
            _insert(batch)
        count += len(batch)
    if count >= BATCH:
        _settle()
    return count


def remove(keys: Sequence[int]) -> None:
    """This will forget these texts."""
    if not keys:
        return
    listed = ",".join(str(int(key)) for key in keys)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            # A contentless FTS5 table forgets only what it is told again, letter by letter.
            cursor.execute(f"SELECT vacancy_id, body FROM {TEXT} WHERE vacancy_id IN ({listed})")
            cursor.executemany(
                f"INSERT INTO {GRAMS}({GRAMS}, rowid, body) VALUES('delete', %s, %s)",
                [(key, grams(body)) for key, body in cursor.fetchall()],
            )
        cursor.execute(f"DELETE FROM {TEXT} WHERE vacancy_id IN ({listed})")


def clear() -> None:
    """This will empty the index."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TEXT}")
        if connection.vendor != "postgresql":
            cursor.execute(f"INSERT INTO {GRAMS}({GRAMS}) VALUES('delete-all')")


def size() -> int:
    """This will count the texts in the index."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TEXT}")
        return int(cursor.fetchone()[0])


def grams(text: str) -> str:
    """This will write a text as its pairs of characters, one token each, and the last character alone.

    For FTS5: tokens are hexadecimal, so that no tokenizer has an opinion about them: "c++" is findable.
    """
    codes = [_CODES[char] for char in text]
    return " ".join([*map(str.__add__, codes, codes[1:]), codes[-1]]) if codes else ""


class _Codes(dict[str, str]):
    """A character as 4 hex digits, or z and 6 beyond the basic plane: no code is the start of another."""

    def __missing__(self, char: str) -> str:
        number = ord(char)
        code = self[char] = f"{number:04x}" if number < 0x10000 else f"z{number:06x}"
        return code


_CODES = _Codes()


def _sqlite_hits(term: str) -> Ids:
    """One string of keys crosses the border instead of 50,000 rows: 9 ms instead of 41."""
    codes = [_CODES[char] for char in term]
    wanted = f'"{" ".join(map(str.__add__, codes, codes[1:]))}"' if len(codes) > 1 else f'"{codes[0]}"*'
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT group_concat(rowid) FROM {GRAMS} WHERE {GRAMS} MATCH %s", [wanted])
        listed = cursor.fetchone()[0]
    return np.fromstring(listed, dtype=np.int64, sep=",") if listed else np.zeros(0, dtype=np.int64)


def _postgresql_hits(term: str) -> Ids:
    pairs = [_lexeme(a + b) for a, b in pairwise(term)]
    wanted = " & ".join(pairs) or f"{_lexeme(term)}:*"
    with connection.cursor() as cursor:
        if len(pairs) > 1:
            pattern = "%" + re.sub(r"([\\%_])", r"\\\1", term) + "%"
            cursor.execute("SELECT vacancies_hits_holding(%s::tsquery, %s)", [wanted, pattern])
        else:
            # One or two characters are one token: the index alone is exact.
            cursor.execute("SELECT vacancies_hits(%s::tsquery)", [wanted])
        packed = cursor.fetchone()[0]
    if packed is None:
        return np.zeros(0, dtype=np.int64)
    return np.frombuffer(packed, dtype=_ARRAY_ITEM, offset=_ARRAY_HEADER)["id"].astype(np.int64)


def _lexeme(letters: str) -> str:
    return "'" + letters.replace("\\", "\\\\").replace("'", "''") + "'"


def _insert(batch: list[tuple[int, str]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {TEXT}(vacancy_id, body) VALUES(%s, %s)", batch)
        if connection.vendor != "postgresql":
            rows = [(key, grams(body)) for key, body in batch]
            cursor.executemany(f"INSERT INTO {GRAMS}(rowid, body) VALUES(%s, %s)", rows)


def _settle() -> None:
    """After many writes: what waits in PostgreSQL's pending list would be read by every search."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{TEXT}_gin"])


def _batches(texts: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    batch: list[tuple[int, str]] = []
    for pair in texts:
        batch.append(pair)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
