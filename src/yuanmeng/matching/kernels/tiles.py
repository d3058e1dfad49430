"""The search in tiles: a matrix product, then a selection in machine code; tiles out of reach are left out.

1. Items that are not open are left out; with a limit of distance, both sides are sorted along a curve through
space.
2. For each block of queries, the tiles of items whose box is within reach.
3. A look at chance pairs of these tiles says how many pass the gates. Few: ask the gates first and multiply
the
   survivors one by one. Else: multiply whole tiles and ask the gates of what reaches the k-th best so far.
4. Blocks are shared out among threads; the library of matrix products then keeps to one thread each.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .compiled import available
from .gates import F4, I4, I8, U8, Filter, Mask

QUERIES, ITEMS = 512, 256  # of a tile: what stays in the caches between product and selection
QUERIES_NEAR = 64  # where distance leaves tiles out: a smaller block reaches less far
FAR_REACH = 0.6  # share of tiles
# Share of all pairs that pass. Measured: at .08 gathering is nearly twice as fast, at .3 slower by a fifth.
GATHER_BELOW = 0.15
# The GUESS_FROM-th best of a sample has about GUESS_WIDE × k items above it: fewer than k in 1 case of 100.
GUESS_FROM, GUESS_WIDE, GUESS_TILES_MIN = 5, 4, 64


@dataclass(frozen=True)
class Plan:
    """Sorted sides, and for each block of queries which tiles of items it needs."""

    queries: F4
    items: F4
    gates: Filter
    ties: U8
    k: int
    width: int
    boxes: F4  # [tiles, 2, 3]
    axes: F4  # [3, m]: the places of items, a row an axis
    rows: int  # queries of a block
    gather: bool = False
    guess: bool = True

    def tiles(self, block: slice) -> I8:
        """The tiles within reach of a block."""
        every = np.arange(-(-len(self.items) // self.width))
        if not self.gates.near:
            return every
        low, high = box(self.gates.q_point[block])
        reach = self.gates.q_within[block].max()  # NaN: somebody goes any way
        gap = np.maximum(0, np.maximum(self.boxes[:, 0] - high, low - self.boxes[:, 1]))
        # A hair is allowed for rounding: a tile too many costs time, one too few costs truth.
        return every[~(np.einsum("tk,tk->t", gap, gap) > reach * 1.0001 + 1)]


def search(queries: F4, items: F4, k: int, gates: Filter, ties: U8) -> tuple[F4, I4]:
    """``kernel.top_k`` for arrays that were checked."""
    by_place, order = _orders(gates)
    if not len(order):
        return np.full((len(queries), k), -np.inf, np.float32), np.full((len(queries), k), -1, np.int32)
    plan = _planned(queries, items, k, gates, ties, by_place, order)
    scores, found = np.empty((len(queries), k), np.float32), np.empty((len(queries), k), np.int32)

    again = _answer(plan, scores, found, np.arange(len(queries)))
    if len(again):
        # Their floor was guessed too high: once more, without a guess.
        plan = replace(plan, queries=plan.queries[again], gates=plan.gates.asked_by(again), guess=False)
        _answer(plan, scores, found, again)
    back = np.empty_like(by_place)
    back[by_place] = np.arange(len(by_place))
    return scores[back], np.where(found >= 0, order[found], -1).astype(np.int32)[back]


def _answer(plan: Plan, scores: F4, found: I4, rows: I8) -> I8:
    """Write the answers to all queries of a plan into these rows; the queries to ask again."""
    again = np.zeros(len(rows), bool)

    def work(first: int) -> None:
        block = slice(first, min(first + plan.rows, len(rows)))
        scores[rows[block]], found[rows[block]], again[block] = _best(plan, block)

    _shared_out(work, range(0, len(rows), plan.rows))
    return np.flatnonzero(again)


def box(points: F4) -> tuple[F4, F4]:
    """The lowest and highest corner; NaN where a point is not known, which is near to all."""
    return points.min(axis=0), points.max(axis=0)


def _planned(queries: F4, items: F4, k: int, gates: Filter, ties: U8, by_place: I8, order: I8) -> Plan:
    if gates.idle and len(order) == len(items):
        none = np.zeros((0, 2, 3), np.float32)
        return Plan(queries, items, gates, ties, k, ITEMS, none, gates.i_point.T, QUERIES)
    held = gates.ordered(by_place, order)
    boxes = [np.stack(box(held.i_point[at : at + ITEMS])) for at in range(0, len(order), ITEMS)]
    plan = Plan(
        queries[by_place], items[order], held, ties[order], k, ITEMS,
        np.stack(boxes), np.ascontiguousarray(held.i_point.T), QUERIES_NEAR if gates.near else QUERIES,
    )  # fmt: skip
    few, reach = _looked_at(plan)
    # Where little is out of reach, large blocks multiply faster than small ones leave out.
    return replace(plan, gather=few * reach < GATHER_BELOW, rows=QUERIES if reach > FAR_REACH else plan.rows)


def _orders(gates: Filter) -> tuple[I8, I8]:
    """(queries, living items) in the order of the search: along a curve where distance counts."""
    n, alive = len(gates.q_within), np.flatnonzero(gates.alive)
    if not gates.near:
        return np.arange(n), alive
    unlimited = np.isnan(gates.q_within) | np.isnan(gates.q_point).any(1)
    both = np.concatenate([gates.q_point, gates.i_point, np.zeros((1, 3), np.float32)])
    known = both[~np.isnan(both).any(axis=1)]
    low, high = box(known[:-1] if len(known) > 1 else known)
    curve_q, curve_i = (curve(points, low, high) for points in (gates.q_point, gates.i_point[alive]))
    # How far somebody goes counts before the place by powers of two: one who goes far would open a block's
    # reach.
    far = np.where(unlimited, 99, np.ceil(np.log2(np.maximum(np.nan_to_num(gates.q_within), 1)) / 2))
    return np.lexsort((curve_q, far)), alive[np.argsort(curve_i, kind="stable")]


def curve(points: F4, low: F4, high: F4) -> I8:
    """The place of each point on a Morton curve, 20 bits an axis; unknown points come last."""
    known: Mask = np.asarray(~np.isnan(points).any(axis=1))
    spread = np.maximum(high - low, 1e-9).astype(np.float64)
    cells = ((np.where(known[:, None], points, low) - low) / spread * (2**20 - 1)).astype(np.int64)
    code = np.zeros(len(points), np.int64)
    for bit in range(20):
        for axis in range(3):
            code |= (cells[:, axis] >> bit & 1) << (3 * bit + axis)
    return np.where(known, code, np.iinfo(np.int64).max)


def _looked_at(plan: Plan) -> tuple[float, float]:
    """Of chance blocks, the same every time: shares of pairs in reach that pass, and of tiles in reach."""
    chance, passed, asked, near, all_ = np.random.default_rng(0), 0, 0, 0, 0
    blocks = range(0, len(plan.queries), plan.rows)
    for first in chance.choice(blocks, min(16, len(blocks)), replace=False):
        block = slice(int(first), min(int(first) + 8, len(plan.queries)))
        tiles = plan.tiles(slice(int(first), min(int(first) + plan.rows, len(plan.queries))))
        near, all_ = near + len(tiles), all_ - (-len(plan.items) // plan.width)
        for tile in chance.choice(tiles, min(8, len(tiles)), replace=False):
            mask = plan.gates.passes(block, slice(int(tile) * plan.width, int(tile + 1) * plan.width))
            passed, asked = passed + int(mask.sum()), asked + mask.size
    return passed / max(asked, 1), near / max(all_, 1)


class Block:
    """The best so far of some queries of a plan: buffers of 2k candidates, see ``loops``."""

    def __init__(self, plan: Plan, queries: slice, k: int) -> None:
        rows, g = queries.stop - queries.start, plan.gates
        self.plan, self.queries, self.k = plan, plan.queries[queries], k
        self.score = np.full((rows, 2 * k), -np.inf, np.float32)
        self.item = np.full((rows, 2 * k), -1, np.int32)
        self.held, self.floor = np.zeros(rows, np.int64), np.full(rows, -np.inf, np.float32)
        self.asked: tuple[Any, ...] = (
            queries.start, g.q_point, plan.axes, g.q_within, g.q_limit, g.i_limit, g.q_flags, g.i_flags,
            g.out_start, g.out_item,
        )  # fmt: skip

    def select(self, tile: F4, first: int) -> None:
        """Take what counts from a tile of scores whose columns are items ``first`` on."""
        from . import loops

        state = (_marks(tile.shape[1]), self.score, self.item, self.held, self.floor, self.plan.ties)
        if self.plan.gates.idle:
            loops.select(tile, first, *state)
        else:
            loops.select_gated(tile, first, *state, *self.asked)

    def gather(self, tiles: I8) -> None:
        """Take what counts from tiles, gates first."""
        from . import loops

        begins = tiles * self.plan.width
        ends = np.minimum(begins + self.plan.width, len(self.plan.items))
        state = (_marks(self.plan.width), self.score, self.item, self.held, self.floor, self.plan.ties)
        loops.gather(self.queries, self.plan.items, begins, ends, self.plan.boxes[tiles], *state, *self.asked)

    def sorted(self) -> tuple[F4, I4]:
        """(scores, items) [b, k], best first; -1: none."""
        from . import loops

        loops.finish(self.score, self.item, self.held, self.plan.ties)
        return self.score[:, : self.k], self.item[:, : self.k]


def _best(plan: Plan, queries: slice) -> tuple[F4, I4, NDArray[np.bool_]]:
    """(scores, items) [b, k] of one block, best first, -1: none; and which queries to ask again, [b]."""
    tiles = plan.tiles(queries)
    block = Block(plan, queries, plan.k)
    if plan.gather:
        block.gather(tiles)
        return *block.sorted(), np.zeros(len(block.held), bool)
    sample = _sample(plan, tiles)
    if len(sample):
        block.floor[:] = _guess(plan, queries, sample)
    guessed = block.floor > -np.inf
    _multiply(block, tiles)
    return *block.sorted(), guessed & (block.held < plan.k)


def _multiply(block: Block, tiles: I8) -> None:
    plan = block.plan
    space = np.empty((len(block.queries), plan.width), np.float32)
    for first in (tiles * plan.width).tolist():
        some = plan.items[first : first + plan.width]
        block.select(np.matmul(block.queries, some.T, out=space[:, : len(some)]), first)


def _sample(plan: Plan, tiles: I8) -> I8:
    """Tiles that hold enough items to guess the k-th best of all from the GUESS_FROM-th best of theirs."""
    share = GUESS_FROM / (GUESS_WIDE * plan.k)
    if not plan.guess or len(tiles) < GUESS_TILES_MIN or share > 1 / 8:
        return tiles[:0]
    return tiles[:: int(1 / share)]


def _guess(plan: Plan, queries: slice, sample: I8) -> F4:
    """A score that probably more than k items reach, [b]; -inf where the sample has too few."""
    few = Block(plan, queries, GUESS_FROM)
    _multiply(few, sample)
    scores, _ = few.sorted()
    return scores[:, -1]


def _marks(width: int) -> NDArray[np.uint8]:
    return np.zeros(-(-width // 32) * 32, np.uint8)


def _shared_out(work: Any, parts: range) -> None:
    threads = min(_threads(), len(parts))
    if threads <= 1:
        for part in parts:
            work(part)
        return
    with _one_thread_each(), ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, parts))


def _threads() -> int:
    """As many as we may run on or are asked for; without threadpoolctl the products alone share them."""
    asked = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS")
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return int(asked) if asked and asked.isdecimal() else there if available("threadpoolctl") else 1


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    if not available("threadpoolctl"):
        yield
        return
    with import_module("threadpoolctl").threadpool_limits(1, user_api="blas"):
        yield
