"""The order of pairs: a calibrated weighted sum whose contributions are exact.

A feature speaks by how far its value lies from the usual one, measured by ``fit`` on chance pairs that pass
the gates: everybody meets an education floor, so meeting it says little; nine minutes on foot says much.

    score = ½ + ½ · Σ w (x − usual) / (reserve + Σ w)          over the features that speak

Where a fact is missing, its weight goes to the others; the reserve keeps a pair of which one thing is known
from standing above a pair that is known well. The contribution of a feature is the score less the score
without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .features import FEATURES, Feature

F4 = NDArray[np.float32]
F8 = NDArray[np.float64]
RESERVE = 0.25  # of the sum of all weights


@dataclass(frozen=True)
class WeightedSum:
    """Weights as data: ``weight`` and ``usual`` stand in the order of ``features``."""

    weight: F8
    usual: F8
    features: tuple[Feature, ...] = FEATURES

    @classmethod
    def first(cls, features: tuple[Feature, ...] = FEATURES) -> WeightedSum:
        """The order before anything was measured."""
        weight = np.array([feature.weight for feature in features])
        return cls(weight, np.array([feature.usual for feature in features]), features)

    def calibrated(self, values: F4) -> WeightedSum:
        """The same weights with the usual values of these chance pairs [n, features]."""
        known = np.isfinite(values)
        number = known.sum(0)
        mean = np.where(known, values, 0).sum(0, dtype=np.float64) / np.maximum(number, 1)
        return WeightedSum(self.weight, np.where(number >= 20, mean, self.usual), self.features)

    def leaned(self, factors: Mapping[str, float]) -> WeightedSum:
        """The same order for somebody to whom some features matter more: weights times these, by name."""
        times = np.array([factors.get(feature.name, 1.0) for feature in self.features])
        return replace(self, weight=self.weight * times)

    def score(self, values: F4) -> F8:
        """[n, features] → [n], 0–1."""
        tell, weight = self._speaking(values)
        return np.asarray(0.5 + 0.5 * tell.sum(1) / (self._reserve + weight.sum(1)))

    def slope(self, values: F4) -> F8:
        """[n, features]: how the score moves with each weight; what ``learn`` climbs by."""
        tell, weight = self._speaking(values)
        known = np.isfinite(values)
        total, whole = tell.sum(1, keepdims=True), self._reserve + weight.sum(1, keepdims=True)
        told = np.where(known, values - self.usual, 0.0)
        return np.asarray(0.5 * (told * whole - total * (RESERVE + known)) / whole**2)

    def contributions(self, values: F4) -> F8:
        """[n, features]: the score less the score without the feature; 0 where it is silent."""
        tell, weight = self._speaking(values)
        without = (tell.sum(1, keepdims=True) - tell) / (
            self._reserve + weight.sum(1, keepdims=True) - weight
        )
        return np.asarray(self.score(values)[:, None] - (0.5 + 0.5 * without))

    @property
    def _reserve(self) -> float:
        return RESERVE * float(self.weight.sum())

    def _speaking(self, values: F4) -> tuple[F8, F8]:
        known = np.isfinite(values)
        weight = np.where(known, self.weight, 0.0)
        return weight * np.where(known, values - self.usual, 0.0), weight
