"""The newest postings: everybody gets some, and a new posting is seen before anybody wrote its words."""

from __future__ import annotations

import numpy as np

from ..meeting import Ask
from ..tables import NOT_SAID
from .base import Retriever


def _liking(ask: Ask) -> np.ndarray:
    if ask.wanted == "people":
        return np.full(ask.others.size, np.nan, np.float32)
    day = ask.town.jobs.published_day
    return np.where(day == NOT_SAID, np.nan, day.astype(np.float64))


newest = Retriever("newest", _liking)
