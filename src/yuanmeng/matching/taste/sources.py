"""The sources of taste: each gives an asker's row of scores over all others.

All of them are asked in the same way and added by ``blend``; which of them speaks for somebody new, and how
loudly, is learned, not written down here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from .arrays import F4, Rows, Sides, unit
from .factors import Factors, Shape, factorised

RIDGE_CELLS_MAX = 60_000_000  # attributes × others of a full ridge table (240 MB); beyond it factors must do
SHAPES = (
    Shape(64, 0.02, 0.02, passes=12, seed=1),
    Shape(128, 0.01, 0.2, passes=12, seed=2),
    Shape(96, 0.01, 0.05, attributes=0.15, passes=16, seed=3),
    Shape(160, 0.01, 0.05, attributes=0.15, passes=12, seed=4),
    Shape(32, 0.02, 0.1, attributes=0.1, passes=12, seed=5),
)


@dataclass(frozen=True)
class Source:
    """A source by name; ``scores`` gives [len(rows), others]."""

    name: str
    scores: Callable[[Rows], F4]


def all_factors(sides: Sides, shapes: tuple[Shape, ...] = SHAPES) -> list[Factors]:
    """One factorisation for each shape; without attributes they use the choices alone."""
    bare = not (sides.asker.shape[1] or sides.other.shape[1])
    return [factorised(sides, replace(shape, attributes=0.0) if bare else shape) for shape in shapes]


def sources(sides: Sides, factors: list[Factors]) -> list[Source]:
    """All sources that these sides allow; without attributes the collaborative ones alone."""
    found = [source for made in factors for source in _of_factors(made, sides)]
    found += [_same_askers(sides), _same_others(sides), *_graph(sides)]
    if sides.asker.shape[1]:
        found.append(_ridge_of_asker(sides))
        found += [_like_askers(sides, sharp) for sharp in (3, 8)]
    if sides.other.shape[1]:
        found += [_ridge_of_other(sides), _profile(sides)]
    if sides.asker.shape[1] and sides.other.shape[1]:
        found.append(_bilinear(sides))
    return found


# ---- collaborative
def _of_factors(factors: Factors, sides: Sides) -> list[Source]:
    """The product of the factors; with the others' length taken out; nearness to what was chosen."""
    name = f"factors_{factors.shape.factors}" + ("_attributes" if factors.shape.attributes else "")
    direction = unit(factors.other)
    lengthless = unit(factors.asker)

    def product(rows: Rows) -> F4:
        return np.asarray(factors.asker[rows] @ factors.other.T)

    def angle(rows: Rows) -> F4:
        return np.asarray(lengthless[rows] @ direction.T)

    def nearest(rows: Rows) -> F4:
        """Likeness to the most alike of the chosen; 0 for who has chosen nothing."""
        start, end = sides.chosen.indptr[rows], sides.chosen.indptr[rows + 1]
        found = np.zeros((len(rows), len(direction)), np.float32)
        for n in np.flatnonzero(end > start):
            own = sides.chosen.indices[start[n] : end[n]]
            found[n] = (direction[own] @ direction.T).max(0)
        return found

    both = [Source(name, product), Source(f"{name}_angle", angle)]
    return [*both, Source(f"{name}_nearest", nearest)] if factors.shape.factors == 96 else both


def _same_askers(sides: Sides, keep: int = 200) -> Source:
    """What askers with the same choices chose (user-kNN, cosine)."""
    table = neighbours(sides.chosen.T.tocsr(), keep, 0) @ sides.chosen
    return Source("same_askers", lambda rows: table[rows].toarray())


def _same_others(sides: Sides, keep: int = 200) -> Source:
    """What is chosen together with the chosen (item-kNN, shrunk cosine)."""
    near = neighbours(sides.chosen, keep, 5)
    return Source("same_others", lambda rows: (sides.chosen[rows] @ near).toarray())


def _graph(sides: Sides, keep: int = 256) -> list[Source]:
    """Low-pass filters on the graph of choices with degrees taken out (GF-CF, Shen et al. 2021).

    The linear one walks two steps; the ideal one keeps the ``keep`` slowest waves and gives the popular back
    what the degrees took.
    """
    askers, others = (np.maximum(size, 1).astype(np.float32) ** 0.5 for size in sides.often)
    norm = (sp.diags(1 / askers) @ sides.chosen @ sp.diags(1 / others)).tocsr().astype(np.float32)
    waves = slow_waves(norm, min(keep, min(norm.shape) - 1))
    left, right = waves / others[:, None], waves * others[:, None]
    steps = Source("graph_steps", lambda rows: ((sides.chosen[rows] @ norm.T) @ norm).toarray())
    return [steps, Source("graph_waves", lambda rows: np.asarray((sides.chosen[rows] @ left) @ right.T))]


def slow_waves(matrix: sp.csr_matrix, number: int, *, passes: int = 6, seed: int = 0) -> F4:
    """The leading right singular vectors [columns, number] by subspace iteration (Halko et al. 2011)."""
    chance = np.random.default_rng(seed)
    block = chance.standard_normal((matrix.shape[1], min(number + 32, *matrix.shape))).astype(np.float32)
    for _ in range(passes):
        block, _ = np.linalg.qr(matrix.T @ (matrix @ block))
    _, _, turned = np.linalg.svd(matrix @ block, full_matrices=False)
    return np.asarray((block @ turned.T)[:, :number], np.float32)


def neighbours(columns: sp.csr_matrix, keep: int, shrink: float) -> sp.csr_matrix:
    """The ``keep`` nearest columns of every column: cosine, shrunk where little is shared."""
    length = np.sqrt(np.asarray(columns.multiply(columns).sum(0)).ravel())
    shared = (columns.T @ columns).tocsr()
    shared.setdiag(0)
    shared.eliminate_zeros()
    of = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr))
    shared.data = (shared.data / (length[of] * length[shared.indices] + shrink)).astype(np.float32)
    order = np.lexsort((shared.indices, -shared.data, of))
    place = np.arange(len(of)) - shared.indptr[of]
    chosen = order[place < keep]
    parts = (shared.data[chosen], (of[chosen], shared.indices[chosen]))
    return sp.csr_matrix(parts, shape=shared.shape, dtype=np.float32)


# ---- attributes
def ridge(attributes: sp.csr_matrix, wanted: sp.spmatrix, weight: float) -> F4:
    """(AᵀA + weight)⁻¹ Aᵀ wanted, in closed form, dense [a, columns of wanted]."""
    system = (attributes.T @ attributes).toarray().astype(np.float64)
    system[np.diag_indices(len(system))] += weight
    return np.linalg.solve(system, (attributes.T @ wanted).toarray()).astype(np.float32)


def _ridge_of_asker(sides: Sides) -> Source:
    """What the asker is → which others."""
    if sides.asker.shape[1] * sides.other.shape[0] > RIDGE_CELLS_MAX:
        return _silent("ridge_asker", sides)
    known = sides.often[0] > 0
    table = ridge(sides.asker[known], sides.chosen[known], 100.0)
    return Source("ridge_asker", lambda rows: np.asarray(sides.asker[rows] @ table))


def _ridge_of_other(sides: Sides) -> Source:
    """What the other is → which askers."""
    if sides.other.shape[1] * sides.asker.shape[0] > RIDGE_CELLS_MAX:
        return _silent("ridge_other", sides)
    known = sides.often[1] > 0
    table = ridge(sides.other[known], sides.chosen[:, known].T.tocsr(), 50.0)
    return Source("ridge_other", lambda rows: np.asarray((sides.other @ table[:, rows]).T))


def _bilinear(sides: Sides) -> Source:
    """What the asker is × what the other is: ridge on both sides."""
    known = sides.often[0] > 0
    first = ridge(sides.asker[known], (sides.chosen @ sides.other).tocsr()[known], 20.0)
    system = (sides.other.T @ sides.other).toarray().astype(np.float64)
    system[np.diag_indices(len(system))] += 20.0
    table = np.linalg.solve(system, first.T).T.astype(np.float32)
    return Source("bilinear", lambda rows: np.asarray(sides.other @ (sides.asker[rows] @ table).T).T)


def _profile(sides: Sides) -> Source:
    """Others like the chosen in what they are."""
    chosen = (sides.chosen @ sides.other).tocsr()
    return Source("profile", lambda rows: (chosen[rows] @ sides.other.T).toarray())


def _like_askers(sides: Sides, sharp: int) -> Source:
    """What askers who are alike chose; ``sharp`` lets the most alike speak loudest."""

    def scores(rows: Rows) -> F4:
        alike = (sides.asker[rows] @ sides.asker.T).tocsr()
        alike.data **= sharp
        return np.asarray((alike @ sides.chosen).toarray(), np.float32)

    return Source(f"like_askers_{sharp}", scores)


def _silent(name: str, sides: Sides) -> Source:
    return Source(name, lambda rows: np.zeros((len(rows), sides.chosen.shape[1]), np.float32))
