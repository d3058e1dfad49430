"""Title → codes of a classification, with probabilities.

Labelled titles and the code book's own words are learned together: a code nobody has used yet is reachable.

1. two readings of a title: as written, and without what stands in brackets (pay, place, praise)
2. ridge over both readings at once: labelled titles weigh 1, a code's names 1, its definition and tasks 0.3
3. the best 40 codes get twenty measures each (MEASURES): score, scores of the groups above it, nearest
   titles, likeness to names and definition, use so far, places by these
4. a conditional logit over the 40 gives probabilities; it is learned from titles whose ridge never saw them,
   and where there are many of those, from products of the measures too

Sources: dual ridge (Saunders et al. 1998), stacking (Wolpert 1992), conditional logit (McFadden 1974).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.optimize as so
import scipy.sparse as sp
from numpy.typing import NDArray

from ..text import normal
from .pieces import Arrays, NotLearned, Pieces, sparse_loaded, sparse_saved, unit
from .ridge import dense, gram, left_out, nearest, one_hot, solved, turned

F32 = NDArray[np.float32]

PENALTY = 0.6
BOOK_WEIGHT = (1.0, 0.3)  # of a code's names; of its definition and tasks
NEIGHBOURS = 15
CHOICES = 40
FOLDS = 5
LOGIT_PENALTY, CROSSED_PENALTY = 1e-3, 1e-2
FEW = 25  # labelled titles below which a logit would only learn noise
MANY = 1_000  # from which products of two measures are learned as well
FARTHEST = 3.0  # deviations, of a measure in a product
MEASURES = ("score", "group 3", "group 2", "group 1", "nearest", "closest title", "names", "definition",
            "used", "often", "root of score", "behind the best", "is best", "is group", "place",
            "place by nearest", "place by closest", "place by names", "place by definition",
            "place by group 3")  # fmt: skip
_BRACKETS = re.compile(r"[(\[【《<{「][^)\]】》>}」]*[)\]】》>}」]?")


@dataclass(frozen=True)
class CodeEntry:
    """One row of a code book. ``code`` is cut into levels at "-"; names and texts as printed."""

    code: str
    names: str
    text: str = ""


def plain_title(title: str) -> str:
    """The title without bracketed remarks; where nothing would be left, as it was."""
    bare = normal(_BRACKETS.sub(" ", unicodedata.normalize("NFKC", title)))
    return bare if len(bare) > 1 else normal(title)


class Coder:
    """Learn from a code book and labelled titles, then code titles.

    ``products``: learn from products of measures too, where the labelled titles are many and of one kind with
    those to be coded.
    """

    def __init__(self, products: bool = True) -> None:
        self.codes: list[str] = []
        self.products = products

    def fit(self, book: Sequence[CodeEntry], titles: Sequence[str] = (), codes: Sequence[str] = ()) -> Coder:
        """Learn. ``codes`` are the labels of ``titles``; each must be in the book, else KeyError names it.

        Without labelled titles the book alone answers. 3,700 titles and 2,000 codes take about a minute.
        """
        if len(titles) != len(codes):
            raise ValueError(f"{len(titles)} titles for {len(codes)} codes; one each is needed.")
        if not book:
            raise ValueError("The code book is empty.")
        self._learn_book(book)
        place = {code: at for at, code in enumerate(self.codes)}
        own = np.array([place[code] for code in codes], np.intp)
        each = np.arange(len(self.codes))
        self.label = np.concatenate([own, each, each]).astype(np.intp)
        self.titles = len(titles)
        self.often_ = np.bincount(own, minlength=len(self.codes)).astype(np.float32)
        weight = np.repeat([1.0, *BOOK_WEIGHT], [len(titles), len(self.codes), len(self.codes)])
        names, texts = [entry.names for entry in book], [entry.text for entry in book]
        self.pieces = Pieces.learned([*titles, *names], (1, 2, 3, 4), also=texts)
        rows = [self.read(titles), self.pieces.vectors(names), self.pieces.vectors(texts)]
        self.rows_ = sp.vstack(rows, "csr")
        own_gram = gram(self.rows_, self.rows_)
        self.dual_ = solved(own_gram, self.label, len(self.codes), weight, PENALTY)
        self.taste_, self.mean_, self.spread_ = self._logit(own_gram, weight)
        self.columns_ = turned(self.rows_)
        return self

    def _learn_book(self, book: Sequence[CodeEntry]) -> None:
        self.codes = [entry.code for entry in book]
        if len(set(self.codes)) < len(self.codes):
            raise ValueError("The code book holds a code twice.")
        self.groups_ = np.stack([_numbered(self.codes, level) for level in (1, 2, 3)])

    def read(self, titles: Sequence[str]) -> sp.csr_matrix:
        """Titles as vectors: the mean of both readings, length 1."""
        plain = self.pieces.vectors([plain_title(title) for title in titles])
        return unit((self.pieces.vectors(titles) + plain).tocsr())

    def scores(self, titles: Sequence[str]) -> F32:
        """Ridge scores, len(titles) × codes: about the share of a code; not yet probabilities."""
        self._check()
        return dense(self.read(titles), self.columns_) @ self.dual_

    def answer(self, titles: Sequence[str]) -> F32:
        """Probabilities, len(titles) × codes, rows sum to 1; a title without letters gives equal shares."""
        self._check()
        parts = [self._answered(titles[at : at + 500]) for at in range(0, len(titles), 500)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.codes)), np.float32)

    def best(self, title: str, k: int = 5) -> list[tuple[str, float]]:
        """The k likeliest codes with their probabilities; nothing for a title without known pieces."""
        self._check()
        if not self.read([title]).nnz:
            return []
        share = self.answer([title])[0]
        order = np.lexsort((np.arange(len(share)), -share))[:k]
        return [(self.codes[at], float(share[at])) for at in order]

    def _answered(self, titles: Sequence[str]) -> F32:
        rows = self.read(titles)
        near = dense(rows, self.columns_)
        score = near @ self.dual_
        choice, measured = self._measured(score, near, np.arange(self.titles))
        wish = self._standard(measured) @ self.taste_
        share = np.exp(wish - wish.max(1, keepdims=True))
        # Codes outside the choices keep one in a hundred together, in the order of the ridge.
        rest = np.exp(4 * (score - score.max(1, keepdims=True)))
        rest[np.arange(len(rest))[:, None], choice] = 0
        out = 0.01 * rest / np.maximum(rest.sum(1, keepdims=True), 1e-12)
        np.put_along_axis(out, choice, (0.99 * share / share.sum(1, keepdims=True)).astype(np.float32), 1)
        out[np.diff(rows.indptr) == 0] = 1
        return np.asarray(out / out.sum(1, keepdims=True), np.float32)

    def _measured(self, score: F32, near: F32, seen: NDArray[np.intp]) -> tuple[NDArray[np.intp], F32]:
        """The best codes of each row (n × choices) and their MEASURES; ``seen``: titles it may look at."""
        size, start = len(self.codes), self.titles
        own = near[:, seen]
        close = nearest(own, self.label[seen], size, NEIGHBOURS)
        often = np.bincount(self.label[seen], minlength=size).astype(np.float32)
        above = [(score @ one_hot(g, int(g.max()) + 1))[:, g] for g in self.groups_[::-1]]
        ranked = np.argsort(-(score + 0.1 * above[0] + 0.05 * close), 1, kind="stable")
        choice = ranked[:, : min(CHOICES, size)]
        best = np.arange(len(score))[:, None], choice
        root, lead = np.sqrt(np.maximum(score, 0)), score - score.max(1, keepdims=True)
        closest = _closest(own, self.label[seen], size)
        measures = [score[best], *(a[best] for a in above), close[best], closest[best],
                    near[:, start : start + size][best], near[:, start + size :][best],
                    (often > 0)[choice], np.log1p(often)[choice], root[best], lead[best],
                    np.broadcast_to(np.arange(choice.shape[1]) == 0, choice.shape),
                    np.char.endswith(self.codes, "-00")[choice]]  # fmt: skip
        first, group = np.broadcast_to(np.arange(choice.shape[1]), choice.shape), measures[1]
        measures += [np.log1p(first), *(_places(one) for one in (*measures[4:8], group))]
        return choice, np.stack(measures, 2).astype(np.float32)

    def _logit(self, own_gram: F32, weight: NDArray[np.float64]) -> tuple[F32, F32, F32]:
        """What counts among the choices: weights, means and deviations of the MEASURES."""
        count = len(MEASURES)
        if self.titles < FEW:
            taste = np.zeros(count, np.float32)
            taste[0] = 12
            return taste, np.zeros(count, np.float32), np.ones(count, np.float32)
        measured, right = self._left_out(own_gram, weight)
        self.mean_, self.spread_ = _moments(measured)
        penalty = np.full(count, LOGIT_PENALTY)
        if self.products and self.titles >= MANY:
            mean, spread = _moments(crossed((measured - self.mean_) / self.spread_))
            self.mean_ = np.concatenate([self.mean_, mean])
            self.spread_ = np.concatenate([self.spread_, spread])
            penalty = np.concatenate([penalty, np.full(len(mean), CROSSED_PENALTY)])
        taste = conditional_logit(self._standard(measured), right, penalty)
        return taste, self.mean_, self.spread_

    def _standard(self, measured: F32) -> F32:
        """Measures [n, choices, m] with mean 0 and deviation 1, and their products where they are learned."""
        count = len(MEASURES)
        alone = (measured - self.mean_[:count]) / self.spread_[:count]
        if len(self.mean_) == count:
            return np.asarray(alone, np.float32)
        both = (crossed(alone) - self.mean_[count:]) / self.spread_[count:]
        return np.concatenate([alone, both], 2)

    def _left_out(self, own_gram: F32, weight: NDArray[np.float64]) -> tuple[F32, NDArray[np.bool_]]:
        """Measures of every labelled title by a ridge that never saw it, and which choice was right."""
        found, right = [], []
        for fold in range(FOLDS):
            out = np.arange(fold, self.titles, FOLDS)
            seen = np.setdiff1d(np.arange(self.titles), out)
            score = left_out(own_gram, self.label, len(self.codes), weight, PENALTY, out)
            choice, measured = self._measured(score, own_gram[out], seen)
            found.append(measured)
            right.append(choice == self.label[out][:, None])
        return np.concatenate(found), np.concatenate(right)

    def saved(self) -> tuple[Arrays, dict[str, Any]]:
        """Plain arrays and JSON values; ``loaded`` makes the same model of them."""
        self._check()
        arrays: Arrays = {"dual": self.dual_, "label": self.label, "often": self.often_, "taste": self.taste_,
                  "mean": self.mean_, "spread": self.spread_, **sparse_saved(self.rows_, "rows"),
                  **self.pieces.saved("pieces")}  # fmt: skip
        return arrays, {"kind": "titles.coder", "codes": self.codes, "titles": self.titles}

    @classmethod
    def loaded(cls, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> Coder:
        made = cls()
        made._learn_book([CodeEntry(code, "") for code in facts["codes"]])
        made.titles, made.label, made.often_ = int(facts["titles"]), arrays["label"], arrays["often"]
        made.dual_, made.taste_ = arrays["dual"], arrays["taste"]
        made.mean_, made.spread_ = arrays["mean"], arrays["spread"]
        made.rows_, made.pieces = sparse_loaded(arrays, "rows"), Pieces.loaded(arrays, "pieces")
        made.columns_ = turned(made.rows_)
        return made

    def _check(self) -> None:
        if not self.codes:
            raise NotLearned("The coder has read no code book yet: call fit or loaded first.")


def _numbered(codes: Sequence[str], level: int) -> NDArray[np.intp]:
    """Which group of this level each code lies in: numbers from 0."""
    group = ["-".join(code.split("-")[:level]) for code in codes]
    place = {name: at for at, name in enumerate(sorted(set(group)))}
    return np.array([place[name] for name in group], np.intp)


def _closest(near: F32, labels: NDArray[np.intp], classes: int) -> F32:
    """The largest similarity to a title of each class: len(near) × classes."""
    out = np.zeros((len(near), classes), np.float32)
    if len(labels):
        order = np.argsort(labels, kind="stable")
        present, starts = np.unique(labels[order], return_index=True)
        out[:, present] = np.maximum(np.maximum.reduceat(near[:, order], starts, axis=1), 0)
    return out


def _places(value: F32) -> F32:
    """The place of each choice by one measure, from log 1 for the greatest."""
    order = np.argsort(-value, 1, kind="stable")
    place = np.empty(value.shape, np.float32)
    np.put_along_axis(place, order, np.log1p(np.arange(value.shape[1], dtype=np.float32))[None], 1)
    return place


def crossed(measured: F32) -> F32:
    """The products of each two standard measures [n, choices, m(m+1)/2]; what lies far out counts as far."""
    near = np.clip(measured, -FARTHEST, FARTHEST).astype(np.float32)
    one, other = np.triu_indices(near.shape[2])
    return np.asarray(near[:, :, one] * near[:, :, other])


def _moments(measured: F32) -> tuple[F32, F32]:
    mean = measured.mean((0, 1), dtype=np.float64).astype(np.float32)
    return mean, measured.std((0, 1), dtype=np.float64).astype(np.float32) + np.float32(1e-6)


def conditional_logit(measured: F32, right: NDArray[np.bool_], penalty: NDArray[np.float64]) -> F32:
    """Weights of the measures (n × choices × measures) that make the right choice likeliest.

    ``penalty`` [measures], of the squared weights, against the mean loss of a row.

    Rows whose right answer is not among the choices teach nothing and are left out.
    """
    known = right.any(1)
    wanted = right[known].astype(np.float64)
    rows, size = wanted.shape[0], measured.shape[2]
    if not rows:
        return np.zeros(size, np.float32)
    data = measured[known].reshape(-1, size).astype(np.float32)

    def loss(taste: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        wish = (data @ taste.astype(np.float32)).reshape(wanted.shape).astype(np.float64)
        wish -= wish.max(1, keepdims=True)
        share = np.exp(wish)
        share /= share.sum(1, keepdims=True)
        slope = (share - wanted).astype(np.float32).ravel() @ data / rows + 2 * penalty * taste
        return float(-np.log((share * wanted).sum(1) + 1e-12).mean() + penalty @ taste**2), slope

    found = so.minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"ftol": 1e-7})
    return np.asarray(found.x, np.float32)
