"""The loops of the search as machine code. Imported only where numba is installed.

Each query has a buffer of 2k candidates (``score``, ``item``, how many ``held``) and a ``floor``: the k-th
best when the buffer was last cut. What is below the floor cannot be among the best k.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import compiled, compiled_loosely
from .gates import F4, I4, I8, U1, U8

LANES, WORDS = 8, 4  # marks in a number of 64 bits; numbers looked at together


@compiled
def select(
    tile: F4, first: int, marks: U1, score: F4, item: I4, held: I8, floor: F4, ties: U8
) -> None:  # fmt: skip
    """Take from tile [b, w] what reaches the floor of its row; its columns are items ``first`` on."""
    words = marks.view(np.uint64)
    for r in range(tile.shape[0]):
        row, least = tile[r], floor[r]
        _mark(row, least, marks)
        for word in range(0, len(words), WORDS):
            if words[word] | words[word + 1] | words[word + 2] | words[word + 3]:
                for c in range(word * LANES, (word + WORDS) * LANES):
                    if marks[c] and row[c] >= least:
                        least = _add(row[c], first + c, r, score, item, held, least, ties)
        floor[r] = least


@compiled
def select_gated(
    tile: F4, first: int, marks: U1, score: F4, item: I4, held: I8, floor: F4, ties: U8,
    begin_q: int, q_point: F4, i_point: F4, q_within: F4, q_limit: F4, i_limit: F4, q_flags: U8, i_flags: U8,
    out_start: I8, out_item: I4,
) -> None:  # fmt: skip
    """The same where gates must be passed: they are asked of those alone that reach the floor."""
    words = marks.view(np.uint64)
    for r in range(tile.shape[0]):
        row, least, q = tile[r], floor[r], begin_q + r
        _mark(row, least, marks)
        for word in range(0, len(words), WORDS):
            if words[word] | words[word + 1] | words[word + 2] | words[word + 3]:
                for c in range(word * LANES, (word + WORDS) * LANES):
                    if marks[c] and row[c] >= least:
                        i = first + c
                        if _passes(
                            q, i, q_point, i_point, q_within, q_limit, i_limit, q_flags, i_flags
                        ) and not _is_out(q, i, out_start, out_item):
                            least = _add(row[c], i, r, score, item, held, least, ties)
        floor[r] = least


@compiled
def gather(
    queries: F4, items: F4, begins: I8, ends: I8, boxes: F4, marks: U1, score: F4, item: I4, held: I8,
    floor: F4, ties: U8, begin_q: int, q_point: F4, i_point: F4, q_within: F4, q_limit: F4, i_limit: F4,
    q_flags: U8, i_flags: U8, out_start: I8, out_item: I4,
) -> None:  # fmt: skip
    """Gates first, and a product for each that passes; items stand in runs ``begins`` to ``ends``."""
    words = marks.view(np.uint64)
    for t in range(len(begins)):
        first, width = begins[t], ends[t] - begins[t]
        for r in range(len(queries)):
            q, least = begin_q + r, floor[r]
            if _is_beyond(q, t, q_point, q_within, boxes):
                continue
            _mask(q, first, width, q_point, i_point, q_within, q_limit, i_limit, q_flags, i_flags, marks)
            for word in range(0, len(words), WORDS):
                if not words[word] | words[word + 1] | words[word + 2] | words[word + 3]:
                    continue
                for c in range(word * LANES, (word + WORDS) * LANES):
                    if marks[c]:
                        worth = _product(queries[r], items[first + c])
                        if worth >= least and not _is_out(q, first + c, out_start, out_item):
                            least = _add(worth, first + c, r, score, item, held, least, ties)
            floor[r] = least


@compiled
def _is_beyond(q: int, t: int, q_point: F4, q_within: F4, boxes: F4) -> bool:
    """Whether the whole box of a run is out of reach; NaN is near to all. A hair is allowed for rounding."""
    apart = np.float32(0)
    for axis in range(3):
        at = q_point[q, axis]
        gap = max(np.float32(0), boxes[t, 0, axis] - at, at - boxes[t, 1, axis])
        if np.isnan(at) or np.isnan(boxes[t, 0, axis]):
            return False
        apart += gap * gap
    return apart > q_within[q] * np.float32(1.0001) + np.float32(1)


@compiled
def _mark(row: F4, least: float, marks: U1) -> None:
    """1 where a score reaches the floor; no branch, so that many are compared at once."""
    for c in range(len(row)):
        marks[c] = row[c] >= least
    marks[len(row) :] = 0


@compiled
def _passes(
    q: int, i: int, q_point: F4, i_point: F4, q_within: F4, q_limit: F4, i_limit: F4, q_flags: U8, i_flags: U8
) -> bool:  # fmt: skip
    """``gates.Filter.passes`` for one pair, without the excluded ones."""
    x, y, z = (
        q_point[q, 0] - i_point[0, i],
        q_point[q, 1] - i_point[1, i],
        q_point[q, 2] - i_point[2, i],
    )
    if x * x + y * y + z * z > q_within[q]:
        return False
    for f in range(q_limit.shape[1]):
        if q_limit[q, f] > i_limit[f, i]:
            return False
    for f in range(q_flags.shape[1]):
        mine, theirs = q_flags[q, f], i_flags[f, i]
        if mine != 0 and theirs != 0 and mine & theirs == 0:
            return False
    return True


@compiled
def _mask(
    q: int, first: int, width: int, q_point: F4, i_point: F4, q_within: F4, q_limit: F4, i_limit: F4,
    q_flags: U8, i_flags: U8, marks: U1,
) -> None:  # fmt: skip
    """The same for a run of items, without branches, so that many are asked at once."""
    px, py, pz, within = q_point[q, 0], q_point[q, 1], q_point[q, 2], q_within[q]
    # Slices and a count from 0: an index that might be negative would cost a branch for each item.
    run = slice(first, first + width)
    xs, ys, zs = i_point[0, run], i_point[1, run], i_point[2, run]
    for c in range(width):
        x, y, z = px - xs[c], py - ys[c], pz - zs[c]
        marks[c] = not (x * x + y * y + z * z > within)
    marks[width:] = 0
    for f in range(q_limit.shape[1]):
        limit, limits = q_limit[q, f], i_limit[f, run]
        for c in range(width):
            marks[c] &= not (limit > limits[c])
    for f in range(q_flags.shape[1]):
        mine, flags = q_flags[q, f], i_flags[f, run]
        if mine != 0:
            for c in range(width):
                marks[c] &= (flags[c] == 0) | (mine & flags[c] != 0)


@compiled
def _is_out(q: int, i: int, out_start: I8, out_item: I4) -> bool:
    """Whether the pair is excluded: bisection in the query's row."""
    low, high = out_start[q], out_start[q + 1]
    while low < high:
        middle = (low + high) >> 1
        if out_item[middle] < i:
            low = middle + 1
        else:
            high = middle
    return low < out_start[q + 1] and out_item[low] == i


@compiled_loosely
def _product(one: F4, other: F4) -> Any:
    """Inner product, summed in lanes."""
    total = np.float32(0)
    for n in range(len(one)):
        total += one[n] * other[n]
    return total


@compiled
def _add(worth: float, i: int, r: int, score: F4, item: I4, held: I8, least: float, ties: U8) -> float:
    """Put a candidate into the buffer of row r; the floor afterwards."""
    at = held[r]
    score[r, at], item[r, at] = worth, i
    held[r] = at + 1
    if at + 1 < score.shape[1]:
        return least
    k = score.shape[1] // 2
    _cut(score[r], item[r], k, ties)
    held[r] = k
    return _lowest(score[r], k)


@compiled
def _lowest(score: F4, k: int) -> float:
    least = score[0]
    for at in range(1, k):
        least = min(least, score[at])
    return least


@compiled
def _cut(score: F4, item: I4, k: int, ties: U8) -> None:
    """Bring the best k to the front, in no order (quickselect)."""
    low, high = 0, len(score) - 1
    while low < high:
        middle = (low + high) >> 1
        worth, tie = score[middle], ties[item[middle]]
        left, right = low, high
        while left <= right:
            while score[left] > worth or (score[left] == worth and ties[item[left]] < tie):
                left += 1
            while score[right] < worth or (score[right] == worth and ties[item[right]] > tie):
                right -= 1
            if left <= right:
                score[left], score[right] = score[right], score[left]
                item[left], item[right] = item[right], item[left]
                left += 1
                right -= 1
        if k - 1 <= right:
            high = right
        elif k - 1 >= left:
            low = left
        else:
            return


@compiled
def finish(score: F4, item: I4, held: I8, ties: U8) -> None:
    """Cut every buffer to k, and sort it: best first, equal scores by tie; the rest is -inf and -1."""
    k = score.shape[1] // 2
    for r in range(len(held)):
        if held[r] > k:
            _cut(score[r, : held[r]], item[r, : held[r]], k, ties)
        kept = min(k, held[r])
        score[r, kept:], item[r, kept:] = -np.inf, -1
        order = np.argsort(-score[r, :kept], kind="mergesort")
        score[r, :kept], item[r, :kept] = score[r, :kept][order], item[r, :kept][order]
        for at in range(1, kept):
            worth, i, to = score[r, at], item[r, at], at
            while to > 0 and score[r, to - 1] == worth and ties[item[r, to - 1]] > ties[i]:
                item[r, to] = item[r, to - 1]
                to -= 1
            item[r, to] = i
