"""Texts of one side, ready to be asked: an inverted index whose single rows are exchanged at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .text import BUCKETS, counts, weighted

F4 = NDArray[np.float32]
Vector = tuple[NDArray[np.int32], F4]  # buckets in rising order and their weights
EMPTY: Vector = (np.zeros(0, np.int32), np.zeros(0, np.float32))
CHANGES_MAX = 1_000  # single rows outside the index before it is made again


class Postings:
    """Row (slot) → vector, and back: which rows share words with a vector.

    ``idf`` is learned once by ``fit`` and stays until the next, so that a row put today scores as it would
    have yesterday. Costs of one question: the postings of its words, about 3 ms against 100,000 texts.
    """

    def __init__(self, idf: F4) -> None:
        self.idf = idf
        self.rows = sp.csr_matrix((0, BUCKETS), dtype=np.float32)
        self.by_word = self.rows.tocsc()
        self.changed: dict[int, Vector] = {}
        self._changes: sp.csr_matrix | None = None

    def fill(self, found: sp.csr_matrix) -> None:
        """Take all rows anew from their counts (slots × BUCKETS)."""
        self._index(weighted(found, self.idf))

    def put(self, slot: int, text: str) -> None:
        """Exchange one row; ``text`` is in normal form, empty for a row that is gone."""
        self.put_many([slot], [text])

    def put_many(self, slots: Iterable[int], texts: Sequence[str]) -> None:
        """Exchange some rows; many at once pay one new index."""
        new = weighted(counts(texts), self.idf)
        for n, slot in enumerate(slots):
            part = slice(new.indptr[n], new.indptr[n + 1])
            self.changed[slot] = (new.indices[part], new.data[part])
        self._changes = None
        if len(self.changed) > max(CHANGES_MAX, self.rows.shape[0] // 20):
            self.tidy()

    def tidy(self) -> None:
        """Work the single rows into the index; a worker's idle moment is the time for it."""
        if self.changed:
            size = max(self.rows.shape[0], max(self.changed) + 1)
            vectors = [self.vector(slot) for slot in range(size)]
            self._index(_stacked(vectors))

    def vector(self, slot: int) -> Vector:
        """The vector of one row."""
        if slot in self.changed:
            return self.changed[slot]
        if slot >= self.rows.shape[0]:
            return EMPTY
        part = slice(self.rows.indptr[slot], self.rows.indptr[slot + 1])
        return self.rows.indices[part], self.rows.data[part]

    def similar(self, vector: Vector, size: int) -> F4:
        """Cosine of a vector with each of ``size`` rows, 0–1; NaN where a row, or the vector, has no words.

        Every sum runs over shared buckets in rising order in double precision, so a pair gets the same number
        from either side, alone or among a hundred thousand.
        """
        score = _asked(self.by_word, vector, size)
        if self.changed:
            slots = np.fromiter(self.changed, np.intp, len(self.changed))
            score[slots] = _asked(self._changes_by_word(), vector, len(slots))
        score[~self._filled(size)] = np.nan
        return (score if len(vector[0]) else np.full(size, np.nan)).astype(np.float32)

    def _filled(self, size: int) -> NDArray[np.bool_]:
        """Which of the first ``size`` rows have words."""
        filled = np.zeros(size, bool)
        filled[: self.rows.shape[0]] = np.diff(self.rows.indptr) > 0
        for slot, (buckets, _) in self.changed.items():
            filled[slot] = len(buckets) > 0
        return filled

    def _changes_by_word(self) -> sp.csc_matrix:
        if self._changes is None:
            self._changes = _stacked(list(self.changed.values())).tocsc()
        return self._changes

    def _index(self, rows: sp.csr_matrix) -> None:
        self.rows, self.by_word = rows, rows.tocsc()
        self.changed, self._changes = {}, None


def _asked(by_word: sp.csc_matrix, vector: Vector, size: int) -> NDArray[np.float64]:
    buckets, weights = vector
    start, end = by_word.indptr[buckets], by_word.indptr[buckets + 1]
    length = end - start
    if not length.sum():
        return np.zeros(size)
    first = np.cumsum(length) - length
    at = np.arange(length.sum()) + np.repeat(start - first, length)
    product = by_word.data[at].astype(np.float64) * np.repeat(weights, length)
    return np.bincount(by_word.indices[at], product, minlength=size).astype(np.float64, copy=False)


def _stacked(vectors: Sequence[Vector]) -> sp.csr_matrix:
    starts = np.cumsum([0, *(len(buckets) for buckets, _ in vectors)]).astype(np.int32)
    buckets = np.concatenate([vector[0] for vector in vectors] or [EMPTY[0]])
    data = np.concatenate([vector[1] for vector in vectors] or [EMPTY[1]])
    return sp.csr_matrix((data, buckets, starts), shape=(len(vectors), BUCKETS))
