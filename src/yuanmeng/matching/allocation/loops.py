"""The loops of the allocation as machine code. Imported only where numba is installed."""

from __future__ import annotations

import numpy as np

from ..kernels.compiled import compiled
from .edges import F4, F8, I4, I8

KEPT = 8  # of each person's pairs, looked at first


@compiled
def bid_one_by_one(start: I8, jobs: I4, score: F4, seats: I8, eps: float) -> tuple[I4, F8]:
    """(job [n], price [m]): the auction of ``auction.auction``, one bidder after the other.

    Each job keeps its bids in a heap, lowest first, at ``base[j]:base[j] + held[j]``. Each person keeps the
    few best pairs of the last look through the whole row, and what the best of the others was worth then: as
    prices only rise, the others can since have become worse only, and most bids need no second look at the
    row.
    """
    n, m = len(start) - 1, len(seats)
    job, price = np.full(n, -1, np.int32), np.zeros(m)
    base, held = np.zeros(m + 1, np.int64), np.zeros(m, np.int64)
    for j in range(m):
        base[j + 1] = base[j] + seats[j]
        if seats[j] == 0:
            price[j] = np.inf
    bid, who = np.empty(base[m]), np.empty(base[m], np.int32)
    kept, worth, others = np.zeros((n, KEPT), np.int32), np.zeros((n, KEPT), np.float32), np.full(n, np.inf)
    nets = np.empty(KEPT)
    queue = np.arange(n)[::-1].copy()
    left = n
    while left:
        left -= 1
        p = queue[left]
        wanted, best, second = _two_best(kept[p], worth[p], price)
        if second < others[p]:
            others[p] = _look_through(start[p], start[p + 1], jobs, score, price, kept[p], worth[p], nets)
            wanted, best, second = _two_best(kept[p], worth[p], price)
        if wanted < 0:
            continue
        offer = price[wanted] + (best - second) + eps
        low, size = base[wanted], held[wanted]
        job[p] = wanted
        if size < seats[wanted]:
            _rise(bid, who, low, size, offer, p)
            held[wanted] = size + 1
        else:
            outbid = who[low]
            job[outbid] = -1
            queue[left] = outbid
            left += 1
            _sink(bid, who, low, size, offer, p)
        if held[wanted] == seats[wanted]:
            price[wanted] = bid[low]
    for j in range(m):
        if seats[j] == 0:
            price[j] = 0.0
    return job, price


@compiled
def _two_best(kept: I4, worth: F4, price: F8) -> tuple[int, float, float]:
    """(job or -1, its net, the second best net) of the kept pairs; nothing counts below 0."""
    wanted, best, second = -1, 0.0, 0.0
    for at in range(KEPT):
        net = worth[at] - price[kept[at]]
        if net > best:
            wanted, best, second = kept[at], net, best
        elif net > second:
            second = net
    return wanted, best, second


@compiled
def _look_through(
    first: int, last: int, jobs: I4, score: F4, price: F8, kept: I4, worth: F4, nets: F8
) -> float:
    """Keep the best pairs of a row (in ``kept`` and ``worth``); what the best of the others is worth."""
    nets[:], worth[:] = 0.0, 0.0  # an empty cell is worth nothing whatever its price
    others = 0.0
    for e in range(first, last):
        net = score[e] - price[jobs[e]]
        if net <= nets[KEPT - 1]:
            others = max(others, net)
            continue
        others = max(others, nets[KEPT - 1])
        at = KEPT - 1
        while at > 0 and nets[at - 1] < net:
            nets[at], kept[at], worth[at] = nets[at - 1], kept[at - 1], worth[at - 1]
            at -= 1
        nets[at], kept[at], worth[at] = net, jobs[e], score[e]
    return others


@compiled
def _rise(bid: F8, who: I4, low: int, size: int, offer: float, p: int) -> None:
    """Add a bid to a heap."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if bid[low + above] <= offer:
            break
        bid[low + at], who[low + at] = bid[low + above], who[low + above]
        at = above
    bid[low + at], who[low + at] = offer, p


@compiled
def _sink(bid: F8, who: I4, low: int, size: int, offer: float, p: int) -> None:
    """Put a bid in the place of the lowest."""
    at = 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and bid[low + below + 1] < bid[low + below]:
            below += 1
        if bid[low + below] >= offer:
            break
        bid[low + at], who[low + at] = bid[low + below], who[low + below]
        at = below
    bid[low + at], who[low + at] = offer, p


@compiled
def best_cells(start: I8, jobs: I4, score: F4, k: int) -> I8:
    """``lists.best_of_rows``: a short sorted list for each row, most cells fall below its end."""
    n = len(start) - 1
    out = np.full((n, k), -1, np.int64)
    for p in range(n):
        held = 0
        for e in range(start[p], start[p + 1]):
            last = out[p, k - 1]
            if held == k and (score[e] < score[last] or (score[e] == score[last] and jobs[e] > jobs[last])):
                continue
            at = min(held, k - 1)
            while at > 0:
                above = out[p, at - 1]
                if score[above] > score[e] or (score[above] == score[e] and jobs[above] < jobs[e]):
                    break
                out[p, at] = above
                at -= 1
            out[p, at] = e
            held = min(held + 1, k)
    return out
