"""Title → titles of the same job, also where they share no word.

1. characters: cosine of n-gram vectors, rarity measured on the titles themselves (1–2 characters of Chinese,
   3–7 letters elsewhere)
2. meaning: agreement of the pages near both titles, of these pages' groups, and of the titles' places in the
   space of trades (``book``)
3. abroad: where the caller brings pages of another language and words that lead there (``glosses``), the
   place is taken in their space, since everyday names may be told better there
4. steps of diffusion over the graph of nearest titles let friends of friends count a little

Pages and words are the caller's: the engine holds no texts. Without pages, 1 and 4 remain.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..text import normal
from .book import Book, Page
from .glosses import Glosses
from .pieces import Arrays, NotLearned, Pieces, mostly_wide, sparse_loaded, sparse_saved, unit
from .ridge import dense, largest, turned

F32 = NDArray[np.float32]

# Sizes of pieces and how steeply rarity counts: in Chinese, in alphabets.
WIDE, LATIN = ((1, 2), 1.0), ((3, 4, 5, 6, 7), 3.0)


@dataclass(frozen=True)
class Abroad:
    """Pages in another language, and what that language says for words of the titles (see ``Glosses``)."""

    pages: Sequence[Page]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Taste:
    """How much each likeness counts; chosen on material that is told, see docs/reference/titles.md."""

    meaning: float = 0.7
    groups: float = 0.3
    space: float = 1.0
    pages: int = 12
    sharpness: float = 2.0
    directions: int = 200
    power: float = 3.0
    friends: int = 15
    diffusion: float = 0.4


def understood(titles: Sequence[str], pages: Sequence[Page]) -> float:
    """Share of the titles' words (Chinese: characters) the pages know: tells another language's pages."""
    if not titles or not pages:
        return 0.0
    wide = mostly_wide(titles)

    def cut(text: str) -> set[str]:
        return set(normal(text)) if wide else set(normal(text).split())

    known: set[str] = set().union(*(cut(f"{page.names} {page.more}") for page in pages))
    words = [word for title in titles for word in cut(title) if word != " "]
    return sum(word in known for word in words) / max(len(words), 1)


class Likeness:
    """Learn a list of titles (and pages), then rank them for any title."""

    def __init__(self, taste: Taste | None = None) -> None:
        self.taste = taste or Taste()
        self.ready = False

    def fit(
        self, titles: Sequence[str], pages: Sequence[Page] = (), abroad: Abroad | None = None
    ) -> Likeness:
        """Learn the titles that may be answered and the pages that explain them.

        2,500 titles: seconds; the space of 4,000 long pages half a minute more. Raises TooMany for more
        than 16,000 pages.
        """
        taste, own = self.taste, _reading(titles)
        directions = taste.directions if taste.space else 0
        self.pieces = Pieces.learned(titles, own[0], steepness=own[1])
        self.book = Book.learned(pages, *own, 0 if abroad else directions)
        self.words: dict[str, str] = dict(abroad.words) if abroad else {}
        self.abroad = None
        if abroad:
            texts = [page.names for page in abroad.pages]
            self.abroad = Book.learned(abroad.pages, *_reading(texts), directions)
        self.titles_ = self.pieces.vectors(titles)
        self.meaning_, self.place_ = self._meaning(titles)
        self.letters_, self.meanings_ = turned(self.titles_), turned(self.meaning_)
        self.friends_ = self._friends()
        self.ready = True
        return self

    def answer(self, typed: Sequence[str]) -> F32:
        """Scores ≥ 0, more is more alike: len(typed) × titles; 0 for a title without known pieces."""
        if not self.ready:
            raise NotLearned("No titles have been learned yet: call fit or loaded first.")
        alike = self._alike(self.pieces.vectors(typed), *self._meaning(typed))
        if not self.taste.diffusion or not alike.shape[1]:
            return alike
        return self._diffused(alike)

    def _meaning(self, titles: Sequence[str]) -> tuple[sp.csr_matrix, F32]:
        """Pages and groups a title stands for, side by side, and its place; products are the likeness."""
        taste = self.taste
        near, place = self.book.near(titles, taste.pages, taste.sharpness)
        if self.abroad:
            place = self.abroad.near([Glosses(self.words).read(title) for title in titles], 1, 1.0)[1]
        parts = [unit(near) * np.sqrt(taste.meaning), self.book.grouped(near) * np.sqrt(taste.groups)]
        return sp.hstack(parts, "csr"), np.asarray(place * np.sqrt(taste.space), np.float32)

    def _alike(self, letters: sp.csr_matrix, meaning: sp.csr_matrix, place: F32) -> F32:
        alike = dense(letters, self.letters_) + dense(meaning, self.meanings_)
        if place.shape[1]:
            alike += np.maximum(place @ self.place_.T, 0)
        return alike**self.taste.power

    def _friends(self) -> sp.csr_matrix:
        """The graph of nearest titles, symmetric and normalised: spectral radius at most 1.

        The one step whose cost grows with the square of the titles; without diffusion it is not made.
        """
        if not self.taste.diffusion:
            return sp.csr_matrix((self.titles_.shape[0],) * 2, dtype=np.float32)
        alike = self._alike(self.titles_, self.meaning_, self.place_)
        np.fill_diagonal(alike, 0)
        graph = sp.csr_matrix(largest(alike, self.taste.friends))
        graph = graph.maximum(graph.T).tocsr()
        degree = np.sqrt(np.maximum(np.asarray(graph.sum(1)).ravel(), 1e-12))
        graph.data = (graph.data / np.repeat(degree, np.diff(graph.indptr)) / degree[graph.indices]).astype(
            np.float32
        )
        return graph

    def _diffused(self, alike: F32) -> F32:
        """(I - diffusion · graph)⁻¹, by its series, to four figures at 0.4."""
        step, out = alike.T, alike.T.copy()
        for _ in range(12):
            step = self.taste.diffusion * (self.friends_ @ step)
            out += step
        return np.ascontiguousarray(out.T, np.float32)

    def saved(self) -> tuple[Arrays, dict[str, Any]]:
        """Plain arrays and JSON values; ``loaded`` makes the same model of them."""
        if not self.ready:
            raise NotLearned("No titles have been learned yet: call fit or loaded first.")
        arrays = {**self.pieces.saved("pieces"), **self.book.saved("book"), "place": self.place_}
        if self.abroad:
            arrays |= self.abroad.saved("abroad")
        for name in _SPARSE:
            arrays |= sparse_saved(getattr(self, f"{name}_"), name)
        return arrays, {"kind": "titles.likeness", "taste": asdict(self.taste), "words": self.words}

    @classmethod
    def loaded(cls, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> Likeness:
        made = cls(Taste(**facts["taste"]))
        made.pieces, made.book = Pieces.loaded(arrays, "pieces"), Book.loaded(arrays, "book")
        made.words, made.place_ = facts["words"], arrays["place"]
        made.abroad = Book.loaded(arrays, "abroad") if "abroad_space" in arrays else None
        for name in _SPARSE:
            setattr(made, f"{name}_", sparse_loaded(arrays, name))
        made.letters_, made.meanings_ = turned(made.titles_), turned(made.meaning_)
        made.ready = True
        return made


_SPARSE = ("titles", "meaning", "friends")


def _reading(texts: Sequence[str]) -> tuple[tuple[int, ...], float]:
    return WIDE if mostly_wide(texts) else LATIN
