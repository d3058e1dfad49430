"""Vectors to labels: ridge regression in its dual form, exact and without steps to tune.

    scores(x) = k(x, X) · (K + penalty / weight)⁻¹ · Y        K = X Xᵀ, Y: one 1 per row

Learning costs n³/3 + n² · labels operations and 4 n² bytes; hence ROWS_MAX. Answering is one product.
"""

from __future__ import annotations

import numpy as np
import scipy.linalg as sl
import scipy.sparse as sp
from numpy.typing import NDArray

F32 = NDArray[np.float32]
ROWS_MAX = 16_000


class TooMany(ValueError):
    """More rows than fit into memory at once: learn from fewer, or from one region's."""


def gram(one: sp.csr_matrix, other: sp.csr_matrix) -> F32:
    """Inner products of all rows, dense: len(one) × len(other)."""
    return dense(one, turned(other))


def turned(rows: sp.csr_matrix) -> sp.csr_matrix:
    """Columns as rows: made once where many questions come one by one (12 ms for 3,000 rows)."""
    return rows.T.tocsr()


def dense(one: sp.csr_matrix, columns: sp.csr_matrix) -> F32:
    """The product with turned rows, dense: len(one) × rows."""
    parts = [(one[at : at + 2_000] @ columns).toarray() for at in range(0, one.shape[0], 2_000)]
    return np.concatenate(parts) if parts else np.zeros((0, columns.shape[1]), np.float32)


def factor(own: F32, weight: NDArray[np.float64], penalty: float) -> tuple[F32, bool]:
    """The Cholesky factor of K + penalty / weight. A row of small weight is believed less."""
    if len(own) > ROWS_MAX:
        raise TooMany(f"{len(own)} texts to learn from; at most {ROWS_MAX} fit at once. Pass fewer.")
    system = own.copy()
    system[np.diag_indices(len(system))] += (penalty / weight).astype(np.float32)
    lower: tuple[F32, bool] = sl.cho_factor(system, lower=True, overwrite_a=True, check_finite=False)
    return lower


def solved(
    own: F32, labels: NDArray[np.intp], classes: int, weight: NDArray[np.float64], penalty: float
) -> F32:
    """The dual weights: len(own) × classes."""
    wanted = np.zeros((len(own), classes), np.float32)
    wanted[np.arange(len(own)), labels] = 1
    done: F32 = sl.cho_solve(factor(own, weight, penalty), wanted, overwrite_b=True, check_finite=False)
    return done


def left_out(own: F32, labels: NDArray[np.intp], classes: int, weight: NDArray[np.float64], penalty: float,
             out: NDArray[np.intp]) -> F32:  # fmt: skip
    """Scores of the rows ``out`` by a ridge that never saw them: len(out) × classes."""
    rest = np.setdiff1d(np.arange(len(own)), out)
    lower = factor(own[np.ix_(rest, rest)], weight[rest], penalty)
    share: F32 = sl.cho_solve(
        lower, own[np.ix_(rest, out)], overwrite_b=True, check_finite=False
    )  # rest × out
    return np.asarray(share.T @ one_hot(labels[rest], classes), np.float32)


def one_hot(labels: NDArray[np.intp], classes: int) -> sp.csr_matrix:
    """One 1 per row: len(labels) × classes."""
    rows = np.arange(len(labels) + 1)
    return sp.csr_matrix((np.ones(len(labels), np.float32), labels, rows), shape=(len(labels), classes))


def nearest(near: F32, labels: NDArray[np.intp], classes: int, k: int) -> F32:
    """Similarities ≥ 0 → shares of the classes among the k nearest rows; each row sums to 1, or to 0."""
    kept = largest(near, k)
    total = kept.sum(1, keepdims=True)
    shares = sp.csr_matrix(kept / np.where(total > 0, total, 1)) @ one_hot(labels, classes)
    return np.asarray(shares.toarray(), np.float32)


def largest(near: F32, k: int) -> F32:
    """The k largest of each row above 0, zeros elsewhere; equal ones at the edge all stay."""
    if near.shape[1] <= k:
        return np.maximum(near, 0)
    edge = np.partition(near, -k, axis=1)[:, -k][:, None]
    return np.where(near >= np.maximum(edge, 1e-9), near, 0).astype(np.float32)
