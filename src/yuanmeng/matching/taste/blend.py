"""How loudly each source speaks: weights learned by what was held out.

The figure itself is climbed, one weight after the other (coordinate ascent, Metzler and Croft 2007): with a
dozen weights and some thousand held-out questions nothing smoother is needed, and a loss that stands for the
figure was measured to win deep places at the price of the first ten. Weights are never negative: no source
is read against its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .arrays import F4

F8 = NDArray[np.float64]
STEPS = (-0.5, -0.2, -0.08, -0.03, 0.03, 0.08, 0.2, 0.5)
SWEEPS = 4
LEAST_GAIN = 2e-5


@dataclass(frozen=True)
class Questions:
    """Held-out questions: ``values`` [q, c, sources] of each one's candidates (padding: −inf never ranks).

    ``right`` lists (question, candidate) of the right ones among them, ``number`` how many right ones each
    question has in all, found or not.
    """

    values: F4
    real: NDArray[np.bool_]
    right: tuple[NDArray[np.intp], NDArray[np.intp]]
    number: NDArray[np.intp]

    def figure(self, scores: F4) -> float:
        """nDCG@10 and a quarter of nDCG@50 of these scores [q, c]: the first page, steadied by the next."""
        question, candidate = self.right
        scores = np.where(self.real, scores, -np.inf)
        own = scores[question, candidate]
        place = 1 + (scores[question] > own[:, None]).sum(1)
        return self._gain(place, 10) + 0.25 * self._gain(place, 50)

    def _gain(self, place: NDArray[np.intp], k: int) -> float:
        gain = np.where(place <= k, 1 / np.log2(place + 1), 0)
        best = np.cumsum(1 / np.log2(np.arange(2, k + 2)))[np.minimum(self.number, k) - 1]
        return float((np.bincount(self.right[0], gain, minlength=len(self.number)) / best).mean())


def climbed(questions: Questions, start: F8) -> F8:
    """The weights [sources] with the best figure that single steps reach from ``start``; sum 1."""
    weights = np.maximum(start, 0).astype(np.float64)
    scores = (questions.values @ weights.astype(np.float32)).astype(np.float32)
    best = questions.figure(scores)
    for _ in range(SWEEPS):
        before = best
        for source in range(len(weights)):
            own = questions.values[:, :, source]
            scale = max(float(weights.sum()), 1e-9)
            for step in STEPS:
                moved = max(weights[source] + step * scale, 0) - weights[source]
                if not moved:
                    continue
                tried = scores + np.float32(moved) * own
                figure = questions.figure(tried)
                if figure > best + LEAST_GAIN:
                    best, scores = figure, tried
                    weights[source] += moved
        if best - before < 10 * LEAST_GAIN:
            break
    return weights / max(weights.sum(), 1e-9)
