"""The search in torch: tiles on a GPU where there is one, else on the processor.

``search_bf16`` multiplies in half precision, keeps half as many again as asked for, and scores those exactly.
A row is taken only when the k-th exact score is above everything that was not kept, errors of rounding
included; the others are searched in full precision. So it is exact as well, and pays where half precision is
fast (GPU, AMX).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .gates import F4, I4, U8, Filter
from .plain import Best

QUERIES, ITEMS = 2048, 16_384  # of a tile: 128 MiB
KEPT_MORE = 1.5
HALF = 2.0**-8  # greatest relative error of one rounding to bfloat16


def search(queries: F4, items: F4, k: int, gates: Filter, ties: U8) -> tuple[F4, I4]:
    """``kernel.top_k`` for arrays that were checked, in float32."""
    scores, found, _ = _searched(queries, items, k, gates, ties, half=False)
    return scores, found


def search_bf16(queries: F4, items: F4, k: int, gates: Filter, ties: U8) -> tuple[F4, I4]:
    """The same by way of bfloat16, scored again in float32."""
    more = min(int(np.ceil(KEPT_MORE * k)), len(items))
    rough, found, cut = _searched(queries, items, more, gates, ties, half=True)
    there = found >= 0
    exact = np.where(there, np.einsum("nd,nkd->nk", queries, items[found]), -np.inf).astype(np.float32)
    order = np.lexsort((ties[found], -exact, ~there), axis=1)[:, :k]
    scores, rows = np.take_along_axis(exact, order, 1), np.take_along_axis(found, order, 1)
    # Two rounded factors, and the product rounded once more where it is stored.
    long = np.linalg.norm(queries, axis=1) * (np.linalg.norm(items, axis=1).max() if len(items) else 0)
    error = 2.1 * HALF * long + HALF * np.abs(np.where(cut, rough[:, -1], 0))
    unsure = np.flatnonzero(cut & ~(scores[:, -1] > rough[:, -1] + error))
    if len(unsure):
        scores[unsure], rows[unsure] = search(queries[unsure], items, k, gates.asked_by(unsure), ties)
    return scores, rows


def _searched(
    queries: F4, items: F4, k: int, gates: Filter, ties: U8, *, half: bool
) -> tuple[F4, I4, np.ndarray[Any, Any]]:
    """(scores, items) [n, k] and whether anything may have been left out below them, [n]."""
    import torch

    device = "cuda" if torch.cuda.is_available() else "cpu"
    kind = torch.bfloat16 if half else torch.float32
    held = Tensors(gates, device)
    scores = np.full((len(queries), k), -np.inf, np.float32)
    found = np.full((len(queries), k), -1, np.int32)
    right = torch.from_numpy(items).to(device, kind)
    for first in range(0, len(queries), QUERIES):
        some = slice(first, first + QUERIES)
        left = torch.from_numpy(queries[some]).to(device, kind)
        best = Best(len(left), k, ties)
        for at in range(0, len(items), ITEMS):
            tile = (left @ right[at : at + ITEMS].T).float()
            held.close(tile, some, slice(at, at + ITEMS))
            best.take(*_candidates(tile, torch.from_numpy(best.score[:, -1]).to(device), k, at))
        scores[some], found[some] = best.score, best.item
    return scores, found, found[:, -1] >= 0


def _candidates(tile: Any, floor: Any, k: int, at: int) -> tuple[I4, I4, F4]:
    """(row, item, score) of all cells that may be among the best k, equal ones included."""
    import torch

    if tile.shape[1] > k:
        floor = torch.maximum(floor, tile.topk(k, dim=1).values[:, -1])
    floor = floor.clamp(min=float(np.finfo(np.float32).min))
    row, column = torch.nonzero(tile >= floor[:, None], as_tuple=True)
    return row.cpu().numpy(), column.cpu().numpy() + at, tile[row, column].cpu().numpy()


class Tensors:
    """The gates on a device."""

    def __init__(self, gates: Filter, device: str) -> None:
        import torch

        self.gates, self.device = gates, device
        names = ("q_point", "i_point", "q_within", "q_limit", "i_limit", "alive")
        self.columns = {
            name: torch.from_numpy(np.ascontiguousarray(getattr(gates, name))).to(device) for name in names
        }
        # The bits are the same read as signed numbers, which torch can compare everywhere.
        for name in ("q_flags", "i_flags"):
            bits = np.ascontiguousarray(getattr(gates, name)).view(np.int64)
            self.columns[name] = torch.from_numpy(bits).to(device)

    def close(self, tile: Any, queries: slice, items: slice) -> None:
        """Set to -inf what does not pass, [b, w]."""
        import torch

        c, gates = self.columns, self.gates
        closed = ~c["alive"][items][None, :].expand_as(tile)
        if gates.near:
            apart = torch.zeros_like(tile)
            for axis in range(3):
                apart += (c["q_point"][queries, axis][:, None] - c["i_point"][items, axis]) ** 2
            closed = closed | (apart > c["q_within"][queries][:, None])
        for n in range(gates.q_limit.shape[1]):
            closed = closed | (c["q_limit"][queries, n][:, None] > c["i_limit"][n, items])
        for n in range(gates.q_flags.shape[1]):
            mine, theirs = c["q_flags"][queries, n][:, None], c["i_flags"][n, items]
            closed = closed | ((mine != 0) & (theirs != 0) & ((mine & theirs) == 0))
        tile.masked_fill_(closed, -torch.inf)
        self._exclude(tile, queries, items)

    def _exclude(self, tile: Any, queries: slice, items: slice) -> None:
        import torch

        gates = self.gates
        start = gates.out_start[queries.start : queries.start + tile.shape[0] + 1]
        item = gates.out_item[start[0] : start[-1]] - items.start
        row = np.repeat(np.arange(tile.shape[0]), np.diff(start))
        here = (item >= 0) & (item < tile.shape[1])
        at = [torch.from_numpy(part[here].astype(np.int64)).to(self.device) for part in (row, item)]
        tile[at[0], at[1]] = -torch.inf
