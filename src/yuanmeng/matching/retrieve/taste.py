"""Nearest to what the person chose, as everybody's choices lay it."""

from __future__ import annotations

import numpy as np

from ..meeting import Ask
from .base import Retriever


def _liking(ask: Ask) -> np.ndarray:
    return np.where(ask.taste > 0, ask.taste, np.nan)


like_the_chosen = Retriever("like_the_chosen", _liking)
