"""``Taste``: sources of both kinds, added with weights learned from held-out choices.

    taste = Taste().fit(sides)
    taste.scores(rows)                 # [len(rows), others], more is better
    taste.scores(rows, columns)        # among these others alone

The weights stand halfway between what was climbed to and what held elsewhere before (``FIRST``): a figure
climbed on some thousand questions is partly luck.

Somebody without any choice, and something nobody chose yet, are other questions than a known asker among
known others: each of these meetings has its own weights, learned by hiding what makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .arrays import F4, Rows, Sides, standard
from .blend import F8, Questions, climbed
from .factors import Factors, Shape
from .sources import SHAPES, Source, all_factors, sources

Meeting = Literal["known", "new_asker", "new_other"]
MEETINGS: tuple[Meeting, ...] = ("known", "new_asker", "new_other")
QUESTIONS_MAX, CANDIDATES_EACH, CHUNK = 2_500, 30, 512
# Before anything is learned: what speaks at all in each meeting.
FIRST: dict[Meeting, dict[str, float]] = {
    "known": {"factors_64": 1, "factors_128": 1, "factors_96_attributes": 1, "factors_160_attributes": 1,
              "factors_96": 1, "factors_160": 1, "profile": 0.2, "bilinear": 0.15, "ridge_asker": 0.1,
              "factors_96_attributes_nearest": 0.2},
    "new_asker": {"factors_96_attributes": 1, "factors_96_attributes_angle": 0.3, "bilinear": 0.6,
                  "ridge_asker": 0.3},
    "new_other": {"factors_32_attributes_angle": 1, "factors_96_attributes_angle": 1, "ridge_other": 1,
                  "bilinear": 0.3, "profile": 0.2},
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """What is fitted, and how much is hidden to learn from."""

    shapes: tuple[Shape, ...] = SHAPES
    hidden: float = 0.2  # share of an asker's choices
    hidden_rows: float = 0.1  # share of askers, or of others, hidden whole
    rounds: int = 1  # of hiding; more rounds give steadier weights and cost a fit each
    meetings: tuple[Meeting, ...] = MEETINGS
    seed: int = 0


@dataclass
class Taste:
    """Learned from ``Sides``; attributes that end with _ are there after ``fit``."""

    setting: Setting = field(default_factory=Setting)
    sides_: Sides | None = None
    factors_: list[Factors] = field(default_factory=list)
    sources_: list[Source] = field(default_factory=list)
    weights_: dict[Meeting, F8] = field(default_factory=dict)
    learned_from_: dict[Meeting, int] = field(default_factory=dict)

    def fit(self, sides: Sides) -> Taste:
        """Learn the weights of each meeting from hidden choices, then the sources from everything."""
        for meeting in self.setting.meetings:
            weights, number = self._learned(sides, meeting)
            self.weights_[meeting], self.learned_from_[meeting] = weights, number
        return self._take(sides, all_factors(sides, self.setting.shapes))

    def _take(self, sides: Sides, factors: list[Factors]) -> Taste:
        self.sides_, self.factors_, self.sources_ = sides, factors, sources(sides, factors)
        return self

    def _made(self, sides: Sides) -> list[Source]:
        return sources(sides, all_factors(sides, self.setting.shapes))

    def scores(self, rows: Rows, columns: Rows | None = None) -> F4:
        """Scores of these askers [r, others], or among ``columns`` alone [r, len(columns)]."""
        assert self.sides_ is not None, "fit first"
        askers, others = self.sides_.often
        rows = np.asarray(rows, np.intp)
        columns = np.arange(len(others)) if columns is None else np.asarray(columns, np.intp)
        found = np.zeros((len(rows), len(columns)), np.float32)
        new_others = others[columns] == 0
        for start in range(0, len(rows), CHUNK):
            part = slice(start, start + CHUNK)
            values = _values(self.sources_, rows[part], columns)
            new_askers = askers[rows[part]] == 0
            known = self._added(values, "known")
            known[new_askers] = self._added(values[:, new_askers], "new_asker")
            known[:, new_others] = self._added(values, "new_other")[:, new_others]
            found[part] = known
        return found

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All that was learned as plain arrays: a model is a folder of these and ``facts``."""
        assert self.sides_ is not None, "fit first"
        found: dict[str, NDArray[Any]] = {}
        for name in ("chosen", "asker", "other"):
            matrix = getattr(self.sides_, name)
            found |= {
                f"{name}_data": matrix.data,
                f"{name}_indices": matrix.indices,
                f"{name}_indptr": matrix.indptr,
                f"{name}_shape": np.array(matrix.shape),
            }
        for n, factors in enumerate(self.factors_):
            found |= {f"rows_{n}": factors.rows, f"columns_{n}": factors.columns}
        return found | {f"weights_{meeting}": weights for meeting, weights in self.weights_.items()}

    def facts(self) -> dict[str, Any]:
        """What belongs to the arrays and is no array, for a JSON manifest."""
        return {
            "shapes": [asdict(factors.shape) for factors in self.factors_],
            "learned_from": dict(self.learned_from_),
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]], facts: Mapping[str, Any]) -> Taste:
        """The taste that ``arrays`` and ``facts`` came from; it answers as that one did."""
        sides = Sides(*(_matrix(arrays, name) for name in ("chosen", "asker", "other")))
        askers, others = sides.chosen.shape
        factors = [
            Factors(
                np.asarray(arrays[f"rows_{n}"]),
                np.asarray(arrays[f"columns_{n}"]),
                askers,
                others,
                Shape(**shape),
            )
            for n, shape in enumerate(facts["shapes"])
        ]
        taste = cls(Setting(shapes=tuple(made.shape for made in factors)))
        taste.learned_from_ = dict(facts["learned_from"])
        taste.weights_ = {
            meeting: np.asarray(arrays[f"weights_{meeting}"]) for meeting in MEETINGS
            if f"weights_{meeting}" in arrays
        }  # fmt: skip
        return taste._take(sides, factors)

    def told(self) -> dict[Meeting, dict[str, float]]:
        """The weights by the names of the sources."""
        names = [source.name for source in self.sources_]
        return {key: dict(zip(names, map(float, own), strict=True)) for key, own in self.weights_.items()}

    def _added(self, values: F4, meeting: Meeting) -> F4:
        weights = self.weights_.get(meeting)
        if weights is None:
            weights = _first([source.name for source in self.sources_], meeting)
        return np.tensordot(weights.astype(np.float32), values, 1)

    def _learned(self, sides: Sides, meeting: Meeting) -> tuple[F8, int]:
        rounds = []
        names: list[str] = []
        for number in range(self.setting.rounds):
            shown, hidden = hide(sides.chosen, meeting, self.setting, number)
            if not hidden.nnz:
                continue
            made = self._made(sides.told(shown))
            names = [source.name for source in made]
            rounds.append(_questions(made, shown, hidden, meeting, self.setting.seed + number))
        if not rounds:
            made = self._made(sides)
            return _first([source.name for source in made], meeting), 0
        first = _first(names, meeting)
        found = np.mean([climbed(questions, first) for questions in rounds], axis=0)
        return (found + first) / 2, sum(len(questions.number) for questions in rounds)


def hide(
    chosen: sp.csr_matrix, meeting: Meeting, setting: Setting, number: int
) -> tuple[sp.csr_matrix, sp.csr_matrix]:
    """(shown, hidden) so that the hidden pairs are of this meeting; by the seed and the round's number."""
    chance = np.random.default_rng((setting.seed, number, MEETINGS.index(meeting)))
    cells = chosen.tocoo()
    if meeting == "known":
        mark = _some_of_each(cells.row, chosen.shape[0], setting.hidden, chance)
    else:
        side = cells.row if meeting == "new_asker" else cells.col
        size = chosen.shape[0 if meeting == "new_asker" else 1]
        mark = (chance.random(size) < setting.hidden_rows)[side]
    parts = []
    for keep in (~mark, mark):
        cut = (cells.data[keep], (cells.row[keep], cells.col[keep]))
        parts.append(sp.csr_matrix(cut, shape=chosen.shape, dtype=np.float32))
    return parts[0], parts[1]


def _some_of_each(
    row: NDArray[np.integer], size: int, share: float, chance: np.random.Generator
) -> NDArray[np.bool_]:
    """Of each row with two cells or more this share of them, one at least."""
    order = np.lexsort((chance.random(len(row)), row))
    number = np.bincount(row, minlength=size)
    place = np.empty(len(row), np.intp)
    place[order] = np.arange(len(row)) - np.repeat(np.cumsum(number) - number, number)
    take = np.where(number >= 2, np.maximum(1, np.floor(share * number + 0.5)), 0)
    return np.asarray(place < take[row])


def _questions(
    made: list[Source], shown: sp.csr_matrix, hidden: sp.csr_matrix, meeting: Meeting, seed: int
) -> Questions:
    """The held-out questions with the candidates that any source would show."""
    asked = np.flatnonzero(np.diff(hidden.indptr))
    columns = np.arange(shown.shape[1])
    if meeting == "new_other":
        columns = np.flatnonzero(np.bincount(hidden.indices, minlength=shown.shape[1]))
        asked = asked[np.diff(shown.indptr)[asked] > 0]
    if len(asked) > QUESTIONS_MAX:
        asked = np.sort(np.random.default_rng(seed).choice(asked, QUESTIONS_MAX, replace=False))
    at = np.full(shown.shape[1], -1)
    at[columns] = np.arange(len(columns))
    tables: list[F4] = []
    rights: list[NDArray[np.bool_]] = []
    for start in range(0, len(asked), CHUNK):
        rows = asked[start : start + CHUNK]
        values = _values(made, rows, columns)
        for n, row in enumerate(rows):
            known = at[shown.indices[shown.indptr[row] : shown.indptr[row + 1]]]
            right = at[hidden.indices[hidden.indptr[row] : hidden.indptr[row + 1]]]
            own = values[:, n].copy()
            own[:, known[known >= 0]] = -np.inf
            few = min(CANDIDATES_EACH, own.shape[1])
            best = np.unique(np.append(np.argpartition(-own, few - 1, axis=1)[:, :few], right))
            best = best[np.isfinite(own[0, best])]
            tables.append(own[:, best].T)
            rights.append(np.isin(best, right))
    most = max(map(len, tables))
    table = np.zeros((len(tables), most, len(made)), np.float32)
    real, marked = np.zeros((len(tables), most), bool), np.zeros((len(tables), most), bool)
    for n, (own, right) in enumerate(zip(tables, rights, strict=True)):
        table[n, : len(own)], real[n, : len(own)], marked[n, : len(own)] = own, True, right
    question, candidate = np.nonzero(marked)
    return Questions(table, real, (question, candidate), np.maximum(marked.sum(1), 1))


def _values(made: list[Source], rows: Rows, columns: Rows) -> F4:
    """Standardised scores of every source, [sources, r, columns]."""
    return np.stack([standard(source.scores(rows)[:, columns]) for source in made])


def _matrix(arrays: Mapping[str, NDArray[Any]], name: str) -> sp.csr_matrix:
    data, indices, indptr = (np.asarray(arrays[f"{name}_{part}"]) for part in ("data", "indices", "indptr"))
    return sp.csr_matrix((data, indices, indptr), shape=tuple(arrays[f"{name}_shape"]))


def _first(names: list[str], meeting: Meeting) -> F8:
    weights = np.array([FIRST[meeting].get(name, 0.0) for name in names])
    return weights / weights.sum() if weights.sum() else np.full(len(names), 1 / len(names))
