"""Everything that is allowed: exact, quick for a few thousand rows; the others are measured against it."""

from __future__ import annotations

import numpy as np

from ..meeting import Ask
from .base import Retriever


def _liking(ask: Ask) -> np.ndarray:
    return np.zeros(ask.others.size, np.float32)


everything = Retriever("everything", _liking)
