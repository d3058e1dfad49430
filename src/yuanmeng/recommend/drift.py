"""Has the town moved away from what was learned? Feature values and answers against those of the model."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from yuanmeng.matching.features import FEATURES
from yuanmeng.matching.learn import stability
from yuanmeng.recommend.models import Answer, Impression, ModelVersion, Suggestion

MOVED = 0.25  # population-stability index from which a feature's values are another population's
FEWER_THAN = 200  # values or showings: nothing can be told
WINDOW = timedelta(days=30)
SURPRISE = 3.0  # standard errors between two shares of answers


@dataclass(frozen=True)
class Drift:
    """What has moved since the serving model was let in."""

    features: dict[str, float]  # name → index, those above the threshold
    answered_before: float | None = None
    answered_now: float | None = None
    answers_moved: bool = False

    @property
    def is_large(self) -> bool:
        """Somebody should look."""
        return bool(self.features) or self.answers_moved


def watch() -> Drift:
    """The newest build's lists and answers against those of the one that serves."""
    serving, newest = ModelVersion.objects.serving(), ModelVersion.objects.newest_first().first()
    if serving is None or newest is None or serving == newest:
        serving_before = serving.parent if serving else None
        serving, newest = (serving_before, serving) if serving_before else (None, None)
    if serving is None or newest is None:
        return Drift({})
    return between(serving.figures, newest.figures)


def between(before: dict[str, Any], now: dict[str, Any]) -> Drift:
    """Compare the figures of two builds."""
    moved = {}
    for feature in FEATURES:
        one, other = (np.array(figures.get("values", {}).get(feature.name, [])) for figures in (before, now))
        if min(one.sum(), other.sum()) >= FEWER_THAN and (index := stability(one, other)) > MOVED:
            moved[feature.name] = round(index, 3)
    (a, n), (b, m) = (figures.get("answers", [0, 0]) for figures in (before, now))
    if min(n, m) < FEWER_THAN:
        return Drift(moved)
    share = (a + b) / (n + m)
    error = math.sqrt(max(share * (1 - share), 1e-9) * (1 / n + 1 / m))
    return Drift(moved, a / n, b / m, abs(a / n - b / m) > SURPRISE * error)


def answers(at: datetime) -> dict[str, list[int]]:
    """How many of the showings of the last 30 days were answered: [answered, shown]."""
    shown = Impression.objects.filter(at__gt=at - WINDOW, at__lte=at).count()
    said = Suggestion.objects.exclude(answer=Answer.NONE).filter(
        answered_at__gt=at - WINDOW, answered_at__lte=at
    )
    return {"answers": [min(said.count(), shown), shown]}
