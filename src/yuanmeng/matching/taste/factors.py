"""Factors of a sparse matrix by alternating least squares, exactly, with small systems.

    minimise  Σ_known c (1 − u·v)²  +  α Σ_all (u·v)²  +  λ Σ (weight + α · size)^ν |u|²

Implicit feedback after Hu, Koren and Volinsky (2008); the regularisation that grows with how much is known
after Rendle et al. (2022, "Revisiting the performance of iALS"). In the basis where VᵀV is diagonal, a row
with L known cells needs an L × L system in place of a k × k one: most rows know four or five cells, so a
whole pass is a few thousand tiny systems, solved in batches.

Attributes enter as further columns and rows of the same matrix (collective factorisation, Singh and Gordon
2008): [[chosen, w·asker], [(w·other)ᵀ, 0]]. A row about which nothing but attributes is known gets its
factors from them, in the same pass.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from .arrays import F4, Sides

F8 = NDArray[np.float64]
BATCH_CELLS = 1_500_000  # of one padded batch: rows × known cells × factors, about 6 MB


@dataclass(frozen=True)
class Shape:
    """Settings of one factorisation."""

    factors: int
    alpha: float  # weight of a cell nothing is known about, against 1 for a known one
    shrink: float  # λ
    power: float = 0.5  # ν
    attributes: float = 0.0  # w; 0: ids only
    passes: int = 14
    seed: int = 0


@dataclass(frozen=True)
class Factors:
    """``rows`` [n + b, k]: askers, then the others' attributes; ``columns`` [m + a, k]: others, then the
    askers' attributes. What is new is folded into them without fitting."""

    rows: F4
    columns: F4
    askers: int
    others: int
    shape: Shape

    @property
    def asker(self) -> F4:
        """[n, k]"""
        return self.rows[: self.askers]

    @property
    def other(self) -> F4:
        """[m, k]"""
        return self.columns[: self.others]

    def asker_of(self, chosen: sp.csr_matrix, attributes: sp.csr_matrix) -> F4:
        """Factors of new askers [r, k] from what they chose [r, m] and what they are [r, a]."""
        return half_pass(self._cells(chosen, attributes), self.columns, self.shape)

    def other_of(self, chosen: sp.csr_matrix, attributes: sp.csr_matrix) -> F4:
        """Factors of new others [r, k] from who chose them [r, n] and what they are [r, b]."""
        return half_pass(self._cells(chosen, attributes), self.rows, self.shape)

    def _cells(self, chosen: sp.csr_matrix, attributes: sp.csr_matrix) -> sp.csr_matrix:
        weight = self.shape.attributes
        cells = sp.hstack([chosen, attributes * weight], "csr") if weight else chosen
        return cells.tocsr().astype(np.float32)


def factorised(sides: Sides, shape: Shape) -> Factors:
    """The factors of both sides. Deterministic by the seed."""
    cells, (n, m) = together(sides, shape.attributes), sides.chosen.shape
    turned = cells.T.tocsr()
    chance = np.random.default_rng(shape.seed)
    start = chance.standard_normal((cells.shape[1], shape.factors)) * 0.1 / np.sqrt(shape.factors)
    columns = start.astype(np.float32)
    for _ in range(shape.passes):
        rows = half_pass(cells, columns, shape)
        columns = half_pass(turned, rows, shape)
    return Factors(rows, columns, n, m, shape)


def together(sides: Sides, weight: float) -> sp.csr_matrix:
    """Choices and attributes as one matrix, [n + b, m + a]; with weight 0 the choices alone."""
    if not weight or not (sides.asker.shape[1] or sides.other.shape[1]):
        return sides.chosen
    return sp.bmat([[sides.chosen, sides.asker * weight], [(sides.other * weight).T, None]], "csr").astype(
        np.float32
    )


def half_pass(cells: sp.csr_matrix, other: F4, shape: Shape) -> F4:
    """The best factors of the rows while those of the columns stand still."""
    size, k = other.shape
    eigen, basis = np.linalg.eigh((other.T @ other).astype(np.float64))
    eigen, turned = np.maximum(eigen, 0), (other @ basis).astype(np.float32)
    weight, length = np.asarray(cells.sum(1), np.float64).ravel(), np.diff(cells.indptr)
    stiff = shape.shrink * (weight + shape.alpha * size) ** shape.power
    found = np.zeros((cells.shape[0], k), np.float32)
    for rows in _batches(length, k):
        most = int(length[rows[-1]])
        if most < k:
            found[rows] = _small(cells, turned, shape.alpha * eigen + stiff[rows, None], rows, most)
        else:
            for row in rows:
                found[row] = _large(cells, turned, shape.alpha * eigen + stiff[row], row)
    return np.asarray(found @ basis.T.astype(np.float32))


def _batches(length: NDArray[np.integer], factors: int) -> list[NDArray[np.intp]]:
    """Rows that know something, those of like length together, so that padding costs little."""
    order = np.argsort(length, kind="stable")
    order = order[length[order] > 0]
    sorted_length, batches, at = length[order], [], 0
    while at < len(order):
        least = int(sorted_length[at])
        alike = int(np.searchsorted(sorted_length, max(int(least * 1.3), least + 1), "right"))
        end = min(alike, at + max(BATCH_CELLS // (least * factors), 1), len(order))
        batches.append(order[at:end])
        at = end
    return batches


def _small(cells: sp.csr_matrix, turned: F4, ridge: F8, rows: NDArray[np.intp], most: int) -> F4:
    """Rows with fewer known cells than factors: (D + BᵀB)⁻¹Bᵀ√c = D⁻¹Bᵀ(I + B D⁻¹ Bᵀ)⁻¹√c."""
    place = cells.indptr[rows][:, None] + np.arange(most)
    real = np.arange(most) < np.diff(cells.indptr)[rows][:, None]
    place = np.where(real, place, 0)
    root = np.sqrt(np.where(real, cells.data[place], 0)).astype(np.float32)  # [r, most]
    known = turned[cells.indices[place]] * root[:, :, None]  # [r, most, k]
    eased = known * (1 / ridge).astype(np.float32)[:, None, :]
    system = eased @ known.transpose(0, 2, 1)
    system[:, np.arange(most), np.arange(most)] += 1
    answer = np.linalg.solve(system, root[:, :, None])
    return np.asarray((answer.transpose(0, 2, 1) @ eased)[:, 0])


def _large(cells: sp.csr_matrix, turned: F4, ridge: F8, row: int) -> F4:
    part = slice(cells.indptr[row], cells.indptr[row + 1])
    known, sure = turned[cells.indices[part]], cells.data[part]
    system = (known * sure[:, None]).T @ known
    system[np.diag_indices(len(system))] += ridge
    return np.asarray(np.linalg.solve(system, sure @ known), np.float32)
