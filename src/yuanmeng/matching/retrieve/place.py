"""The nearest: in job views of a whole country the same city alone beat every text method."""

from __future__ import annotations

import numpy as np

from ..meeting import Ask
from .base import Retriever


def _liking(ask: Ask) -> np.ndarray:
    return -ask.everybody.metres


nearest = Retriever("nearest", _liking)
