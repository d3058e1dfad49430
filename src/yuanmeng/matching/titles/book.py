"""Pages that explain occupations, and what they say of a title.

1. the PAGES nearest pages, sharply weighed, are what a title means (explicit semantic analysis, Gabrilovich &
   Markovitch 2007). "realtor" and "real estate agent" meet on one page.
2. the same, summed over the pages' groups, one level after another: neighbours of the same trade
3. a place in the space of trades: the strongest directions in which the pages differ (latent semantic
   indexing, Deerwester et al. 1990). There pages of one trade lie together, so titles meet that are near to
   different pages of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .pieces import AT_ONCE, Arrays, Pieces, sparse_loaded, sparse_saved, unit
from .ridge import ROWS_MAX, TooMany, dense, gram, largest, turned

F32 = NDArray[np.float32]

_SPARE, _ROUNDS = 40, 4  # of the search for the strongest directions: enough for three figures


@dataclass(frozen=True)
class Page:
    """What is written about one occupation. ``groups``: what it belongs to, may be empty.

    ``more`` is its definition and tasks, read apart from the names so that a long one does not drown them.
    """

    names: str
    groups: tuple[str, ...] = ()
    more: str = ""


@dataclass(frozen=True)
class Book:
    """Pages learned. ``space``: pages × directions, leads from nearness to all pages to a place."""

    pieces: Pieces
    pages: sp.csr_matrix
    groups: sp.csr_matrix
    space: F32
    columns: sp.csr_matrix  # the pages, turned

    @classmethod
    def learned(
        cls, pages: Sequence[Page], sizes: Sequence[int], steepness: float, directions: int = 0
    ) -> Book:
        """4,000 English pages with 200 directions: half a minute, 1 GB; without directions: 3 s."""
        names, more = [page.names for page in pages], [page.more for page in pages]
        pieces = Pieces.learned([text for text in names + more if text], sizes, steepness=steepness)
        rows = (pieces.vectors(names) + pieces.vectors(more)).tocsr()
        return cls(pieces, rows, belonging(pages), strongest_directions(rows, directions), turned(rows))

    def near(self, titles: Sequence[str], most: int, sharpness: float) -> tuple[sp.csr_matrix, F32]:
        """The ``most`` nearest pages of each title, and its place in the space (length 1; 0 if unknown)."""
        pages, places = [], []
        for at in range(0, len(titles), AT_ONCE):
            alike = dense(self.pieces.vectors(titles[at : at + AT_ONCE]), self.columns)
            pages.append(sp.csr_matrix(largest(alike, most)))
            places.append(alike @ self.space)
        if not pages:
            return sp.csr_matrix((0, len(self.space)), dtype=np.float32), self.space[:0]
        near, place = sp.vstack(pages, "csr"), np.concatenate(places)
        near.data = near.data**sharpness
        return near, place / np.maximum(np.linalg.norm(place, axis=1, keepdims=True), 1e-9)

    def grouped(self, near: sp.csr_matrix) -> sp.csr_matrix:
        """How much of each group the nearest pages are: unit rows."""
        return unit((near @ self.groups).tocsr())

    def saved(self, name: str) -> Arrays:
        return {**self.pieces.saved(f"{name}_pieces"), **sparse_saved(self.pages, f"{name}_pages"),
                **sparse_saved(self.groups, f"{name}_groups"), f"{name}_space": self.space}  # fmt: skip

    @classmethod
    def loaded(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Book:
        pages, groups = (sparse_loaded(arrays, f"{name}_{part}") for part in ("pages", "groups"))
        pieces = Pieces.loaded(arrays, f"{name}_pieces")
        return cls(pieces, pages, groups, arrays[f"{name}_space"], turned(pages))


def belonging(pages: Sequence[Page]) -> sp.csr_matrix:
    """One 1 where a page belongs to a group: pages × groups."""
    groups = sorted({group for page in pages for group in page.groups})
    place = {group: at for at, group in enumerate(groups)}
    at = [(row, place[group]) for row, page in enumerate(pages) for group in page.groups]
    row, column = np.array(at, np.intp).reshape(-1, 2).T
    return sp.csr_matrix((np.ones(len(at), np.float32), (row, column)), shape=(len(pages), len(groups)))


def strongest_directions(rows: sp.csr_matrix, most: int) -> F32:
    """Eigenvectors of the rows' inner products by the root of their value: rows × ``most`` or fewer.

    Found by rounds of multiplication from a random start (Halko et al. 2011), the same one every time.
    Raises TooMany above ROWS_MAX rows: all inner products stand in memory at once.
    """
    most = min(most, rows.shape[0])
    if not most:
        return np.zeros((rows.shape[0], 0), np.float32)
    if rows.shape[0] > ROWS_MAX:
        raise TooMany(f"{rows.shape[0]} pages to learn from; at most {ROWS_MAX} fit at once. Pass fewer.")
    inner = gram(rows, rows)
    wide = min(most + _SPARE, len(inner))
    base = np.random.default_rng(0).standard_normal((len(inner), wide)).astype(np.float32)
    for _ in range(_ROUNDS):
        base = np.linalg.qr(inner @ base)[0]
    value, turn = np.linalg.eigh(base.T @ (inner @ base))
    value, turn = value[::-1][:most], turn[:, ::-1][:, :most]
    real = value > 1e-5 * max(float(value[0]), 1e-9)
    return np.asarray(base @ (turn[:, real] / np.sqrt(value[real])), np.float32)
