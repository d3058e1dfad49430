"""Figures of a ranking: how well it finds the right ones, and how evenly it shows what there is."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

Ranked = Mapping[str, Sequence[str]]
Wanted = Mapping[str, Collection[str]]


def figures(ranked: Ranked, wanted: Wanted, items: int, k: int = 10) -> dict[str, float]:
    """Means over the askers in ``wanted`` and the spread over ``items`` that could be shown.

    ``ndcg``, ``recall`` at k and ``mrr``; ``coverage``: share shown in anybody's top k; ``gini`` of exposure;
    ``congestion``: −1 when all are shown equally often, 0 when one is shown to all.
    """
    asked = [(ranked.get(key, ()), set(right)) for key, right in wanted.items() if right]
    mean = {
        f"ndcg@{k}": _mean([ndcg(order, right, k) for order, right in asked]),
        f"recall@{k}": _mean([len(right & set(order[:k])) / len(right) for order, right in asked]),
        "mrr": _mean([reciprocal_rank(order, right) for order, right in asked]),
    }
    return {**mean, **spread([ranked.get(key, ())[:k] for key in wanted], items)}


def ndcg(order: Sequence[str], right: Collection[str], k: int) -> float:
    """Gain of the right ones among the first k, discounted by log2 of place + 1, against the best order."""
    gain = sum(1 / math.log2(place + 2) for place, item in enumerate(order[:k]) if item in right)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(k, len(right))))


def reciprocal_rank(order: Sequence[str], right: Collection[str]) -> float:
    """1 over the place of the first right one; 0: not listed."""
    return next((1 / place for place, item in enumerate(order, 1) if item in right), 0.0)


def spread(shown: Sequence[Sequence[str]], items: int) -> dict[str, float]:
    """Coverage, Gini and congestion of what was shown, over ``items`` candidates; zeros when nothing was."""
    times = Counter(item for order in shown for item in order)
    total = sum(times.values())
    if not total or items < 2:
        return {"coverage": 0.0, "gini": 0.0, "congestion": 0.0}
    share = np.zeros(items)
    share[-len(times) :] = np.sort(np.fromiter(times.values(), float)) / total
    seen = share[share > 0]
    return {
        "coverage": len(times) / items,
        "gini": float((2 * np.arange(1, items + 1) - items - 1) @ share / items),
        "congestion": float((seen * np.log(seen)).sum() / math.log(items)),
    }


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else 0.0
