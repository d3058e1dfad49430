"""The search in numpy alone: tiles of scores, a mask, and what reaches the k-th best so far."""

from __future__ import annotations

import numpy as np

from .gates import F4, I4, U8, Filter

QUERIES, ITEMS = 256, 8192  # of a tile: 8 MiB


class Best:
    """The best k of some queries so far, equal scores by tie: [b, k], best first, -1 and -inf: none."""

    def __init__(self, rows: int, k: int, ties: U8) -> None:
        self.score = np.full((rows, k), -np.inf, np.float32)
        self.item = np.full((rows, k), -1, np.int32)
        self.ties = ties

    def take(self, row: np.ndarray, item: np.ndarray, score: F4) -> None:
        """Take candidates in (row, item, score), any number of each row."""
        k = self.score.shape[1]
        held = self.item >= 0
        row = np.concatenate([np.nonzero(held)[0], row])
        item = np.concatenate([self.item[held], item.astype(np.int32)])
        score = np.concatenate([self.score[held], score])
        order = np.lexsort((self.ties[item], -score, row))
        row, item, score = row[order], item[order], score[order]
        place = np.arange(len(row)) - np.searchsorted(row, row)
        kept = place < k
        self.score[:], self.item[:] = -np.inf, -1
        self.score[row[kept], place[kept]] = score[kept]
        self.item[row[kept], place[kept]] = item[kept]

    def reach(self, tile: F4) -> F4:
        """The score a candidate of this tile must have at least, [b]; -inf never reaches."""
        floor, k = self.score[:, -1], self.score.shape[1]
        if tile.shape[1] > k and not np.isfinite(floor).all():
            floor = np.maximum(floor, np.partition(tile, -k, axis=1)[:, -k])
        return np.maximum(floor, np.finfo(np.float32).min)


def search(queries: F4, items: F4, k: int, gates: Filter, ties: U8) -> tuple[F4, I4]:
    """``kernel.top_k`` for arrays that were checked."""
    scores = np.full((len(queries), k), -np.inf, np.float32)
    found = np.full((len(queries), k), -1, np.int32)
    for first in range(0, len(queries), QUERIES):
        some = slice(first, first + QUERIES)
        best = Best(len(queries[some]), k, ties)
        for at in range(0, len(items), ITEMS):
            tile = queries[some] @ items[at : at + ITEMS].T
            if not (gates.idle and gates.alive.all()):
                tile[~gates.passes(some, slice(at, at + ITEMS))] = -np.inf
            row, item = np.nonzero(tile >= best.reach(tile)[:, None])
            best.take(row, item + at, tile[row, item])
        scores[some], found[some] = best.score, best.item
    return scores, found
