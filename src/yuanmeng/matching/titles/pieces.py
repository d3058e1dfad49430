"""Text to vectors: hashed character n-grams, weighed by rarity.

Chinese needs no dictionary this way, German compounds fall into their parts, and a word of tomorrow has a
place already. A space stands before, between and after the words, so that a piece knows where they end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..text import normal

Arrays = dict[str, NDArray[Any]]
F32 = NDArray[np.float32]

BITS = 24  # of a hash: 16.7 million places, so that two pieces rarely share one
AT_ONCE = 2_000  # texts hashed in one go: bounds the memory
WIDE = 0x2E80  # CJK, kana, hangul and beyond

_GOLD = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.cumprod(np.full(16, 0x5851F42D4C957F2D, np.uint64))
_BREAK, _SPACE = 10, 32


class NotLearned(RuntimeError):
    """The model was asked before it had learned: call ``fit`` or ``loaded`` first."""


def counted(texts: Sequence[str], sizes: Sequence[int]) -> sp.csr_matrix:
    """How often each piece of the given sizes occurs in each text: len(texts) × 2**BITS. Texts as written."""
    parts = [_counted(texts[at : at + AT_ONCE], sizes) for at in range(0, len(texts), AT_ONCE)]
    return sp.vstack(parts, "csr") if parts else sp.csr_matrix((0, 1 << BITS), dtype=np.float32)


def _counted(texts: Sequence[str], sizes: Sequence[int]) -> sp.csr_matrix:
    """1 texts become one array of code points   2 every window is hashed   3 equal ones are counted."""
    line = "\n".join(f" {normal(text)} " for text in texts)
    code = np.frombuffer(line.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    row = np.cumsum(code == _BREAK).astype(np.int64)
    found = [_windows(code, row, size) for size in sizes]
    key, often = np.unique(np.concatenate(found), return_counts=True)
    starts = np.searchsorted(key, np.arange(len(texts) + 1, dtype=np.int64) << BITS)
    column = (key & ((1 << BITS) - 1)).astype(np.int32)
    return sp.csr_matrix((often.astype(np.float32), column, starts), shape=(len(texts), 1 << BITS))


def _windows(code: NDArray[np.uint64], row: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """(text, hash) in one number, of every window that stays in one text and holds more than spaces."""
    count = max(len(code) - size + 1, 0)
    whole, solid = np.ones(count, bool), np.zeros(count, bool)
    hashed = np.full(count, size * 7_919 + 1, np.uint64)
    for place in range(size):
        part = code[place : place + count]
        whole &= part != _BREAK
        solid |= part != _SPACE
        hashed += part * _STEP[place]
    at = np.flatnonzero(whole & solid)
    return row[at] << BITS | (hashed[at] * _GOLD >> np.uint64(64 - BITS)).astype(np.int64)


def mostly_wide(texts: Sequence[str]) -> bool:
    """Whether most letters are Chinese (or of another wide script)."""
    code = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    return bool(2 * np.count_nonzero(code >= WIDE) > len(code))


def unit(rows: sp.csr_matrix) -> sp.csr_matrix:
    """Rows of length 1; an empty row stays empty."""
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(1)).ravel())
    scale = np.repeat(1 / np.maximum(length, 1e-12), np.diff(rows.indptr))
    return sp.csr_matrix(
        ((rows.data * scale).astype(np.float32), rows.indices, rows.indptr), shape=rows.shape
    )


def strongest(rows: sp.csr_matrix, most: int) -> sp.csr_matrix:
    """The ``most`` largest values of each row; of equal ones the first column stays."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    order = np.lexsort((rows.indices, -rows.data, row))
    place = np.arange(len(row)) - rows.indptr[row[order]]
    keep = np.sort(order[place < most])
    starts = np.searchsorted(row[keep], np.arange(rows.shape[0] + 1))
    return sp.csr_matrix((rows.data[keep], rows.indices[keep], starts), shape=rows.shape)


@dataclass(frozen=True)
class Pieces:
    """The pieces a model knows, with their rarity; all others are not seen."""

    sizes: tuple[int, ...]
    column: NDArray[np.int32]  # hashes, sorted
    rarity: F32  # one per column
    most: int  # pieces kept of one text, 0: all

    @classmethod
    def learned(
        cls,
        texts: Sequence[str],
        sizes: Sequence[int],
        *,
        also: Sequence[str] = (),
        least: int = 1,
        share: float = 1.0,
        most: int = 0,
        steepness: float = 1.0,
    ) -> Pieces:
        """Know the pieces found in ``least`` texts or more and in ``share`` of them or fewer.

        Rarity is measured on ``texts``; pieces that only ``also`` holds are known, as the rarest. The
        power ``steepness`` makes rare pieces count more: of value where pieces are long and overlap.
        """
        own, more = counted(texts, sizes), counted(also, sizes)
        column, at = np.unique(np.concatenate([own.indices, more.indices]), return_inverse=True)
        often = np.bincount(at[: len(own.indices)], minlength=len(column))
        used = np.bincount(at, minlength=len(column))
        keep = (used >= least) & (often <= share * max(len(texts), 1))
        rarity = (np.log((len(texts) + 1) / (often[keep] + 1)) + 1) ** steepness
        return cls(tuple(sizes), column[keep].astype(np.int32), rarity.astype(np.float32), most)

    def vectors(self, texts: Sequence[str]) -> sp.csr_matrix:
        """Unit rows: (1 + ln count) × rarity; len(texts) × len(column)."""
        found = counted(texts, self.sizes)
        place = np.searchsorted(self.column, found.indices)
        place[place == len(self.column)] = 0
        known = self.column[place] == found.indices if len(self.column) else np.zeros(len(place), bool)
        row = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))[known]
        column = place[known].astype(np.int32)
        value = (1 + np.log(found.data[known])) * self.rarity[column]
        starts = np.searchsorted(row, np.arange(found.shape[0] + 1))
        rows = sp.csr_matrix((value, column, starts), shape=(len(texts), len(self.column)))
        return unit(strongest(rows, self.most) if self.most else rows)

    def saved(self, name: str) -> Arrays:
        return {f"{name}_column": self.column, f"{name}_rarity": self.rarity,
                f"{name}_shape": np.array([self.most, *self.sizes], np.int32)}  # fmt: skip

    @classmethod
    def loaded(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Pieces:
        most, *sizes = arrays[f"{name}_shape"].tolist()
        return cls(tuple(sizes), arrays[f"{name}_column"], arrays[f"{name}_rarity"], most)


def sparse_saved(rows: sp.csr_matrix, name: str) -> Arrays:
    """A sparse matrix as four plain arrays."""
    return {f"{name}_value": rows.data, f"{name}_at": rows.indices, f"{name}_start": rows.indptr,
            f"{name}_size": np.array(rows.shape, np.int64)}  # fmt: skip


def sparse_loaded(arrays: Mapping[str, NDArray[Any]], name: str) -> sp.csr_matrix:
    parts = (arrays[f"{name}_value"], arrays[f"{name}_at"], arrays[f"{name}_start"])
    return sp.csr_matrix(parts, shape=tuple(arrays[f"{name}_size"].tolist()))
