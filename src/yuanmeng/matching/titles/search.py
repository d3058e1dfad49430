"""A typed title → postings by their text: what people type is a title, what a posting says is its duties.

Learned from postings whose title is known:

1. every text is read into the titles it could carry (ridge over all texts, plus its 20 nearest), 30 are kept
2. the typed title is compared with the known titles by its characters, sharply (fourth power)
3. score = z(1 · 2) + LITERAL · z(how much of the typed words the text itself holds)

A posting is read once when it arrives; a question is then one sparse product. Known limit: a posting whose
true title is unlike every known one is found by step 3 alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from ..text import normal
from .pieces import Arrays, NotLearned, Pieces, sparse_loaded, sparse_saved, strongest
from .ridge import gram, nearest, solved

F32 = NDArray[np.float32]

PENALTY = 1.0
NEIGHBOURS = 20
SHARPNESS = 4
PROFILE = 30  # titles kept of one posting
LITERAL = 0.6  # weight of the words themselves
TERMS = 250  # pieces kept of one text


class Search:
    """Learn from titled postings, read postings, answer typed titles."""

    def __init__(self) -> None:
        self.known: list[str] = []

    def fit(self, titles: Sequence[str], texts: Sequence[str]) -> Search:
        """Learn which words a title means. Equal length; rows without a title teach nothing of titles.

        Raises ridge.TooMany above 16,000 rows; about a minute for 11,000 on two cores.
        """
        if len(titles) != len(texts):
            raise ValueError(f"{len(titles)} titles for {len(texts)} texts; one each is needed.")
        names = [normal(title) for title in titles]
        self.known = sorted(set(names))
        place = {name: at for at, name in enumerate(self.known)}
        self.label = np.array([place[name] for name in names], np.intp)
        self.title_pieces = Pieces.learned(names, (1, 2, 3))
        self.text_pieces = Pieces.learned(texts, (1, 2, 3), least=min(3, len(texts)), share=0.5, most=TERMS)
        self.texts_ = self.text_pieces.vectors(texts)
        self.titles_ = self.title_pieces.vectors(self.known)
        weight = np.ones(len(texts))
        self.dual_ = solved(gram(self.texts_, self.texts_), self.label, len(self.known), weight, PENALTY)
        return self

    def read(self, texts: Sequence[str]) -> Postings:
        """What postings mean, to be asked again and again. About 1 ms a posting."""
        self._check()
        rows = self.text_pieces.vectors(texts)
        parts = [self._profile(rows[at : at + 1_000]) for at in range(0, len(texts), 1_000)]
        profile = sp.vstack(parts, "csr") if parts else sp.csr_matrix((0, len(self.known)), dtype=np.float32)
        return Postings(rows, profile)

    def _profile(self, rows: sp.csr_matrix) -> sp.csr_matrix:
        near = gram(rows, self.texts_)
        both = near @ self.dual_ + nearest(near, self.label, len(self.known), NEIGHBOURS)
        return strongest(sp.csr_matrix(np.maximum(both, 0)), PROFILE)

    def answer(self, typed: Sequence[str], postings: Postings) -> F32:
        """Scores, more is better: len(typed) × postings. A title without letters answers 0 everywhere."""
        self._check()
        alike = (self.title_pieces.vectors(typed) @ self.titles_.T).tocsr()
        alike.data = alike.data**SHARPNESS
        meant = (alike @ postings.profile.T).toarray()
        said = (self.text_pieces.vectors(typed) @ postings.rows.T).toarray()
        return np.asarray(standard(meant) + LITERAL * standard(said), np.float32)

    def saved(self) -> tuple[Arrays, dict[str, Any]]:
        """Plain arrays and JSON values; ``loaded`` makes the same model of them."""
        self._check()
        arrays: Arrays = {"dual": self.dual_, "label": self.label, **sparse_saved(self.texts_, "texts"),
                  **self.title_pieces.saved("title"), **self.text_pieces.saved("text")}  # fmt: skip
        return arrays, {"kind": "titles.search", "known": self.known}

    @classmethod
    def loaded(cls, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> Search:
        made = cls()
        made.known, made.dual_, made.label = list(facts["known"]), arrays["dual"], arrays["label"]
        made.title_pieces, made.text_pieces = (Pieces.loaded(arrays, name) for name in ("title", "text"))
        made.texts_, made.titles_ = sparse_loaded(arrays, "texts"), made.title_pieces.vectors(made.known)
        return made

    def _check(self) -> None:
        if not self.known:
            raise NotLearned("The search has read no titled postings yet: call fit or loaded first.")


class Postings:
    """Postings as read: their pieces (n × pieces) and the titles they could carry (n × known titles)."""

    def __init__(self, rows: sp.csr_matrix, profile: sp.csr_matrix) -> None:
        self.rows, self.profile = rows, profile


def standard(scores: F32) -> F32:
    """Each row with mean 0 and deviation 1; a row that says nothing stays 0."""
    if not scores.shape[1]:
        return scores
    spread = scores.std(1, keepdims=True)
    out: F32 = np.where(spread > 1e-9, (scores - scores.mean(1, keepdims=True)) / np.maximum(spread, 1e-9), 0)
    return out
