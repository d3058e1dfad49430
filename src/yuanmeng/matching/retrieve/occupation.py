"""The same or a neighbouring occupation code; among equals the nearer place."""

from __future__ import annotations

import numpy as np

from ..features import background, occupation
from ..meeting import Ask
from .base import Retriever


def _liking(ask: Ask) -> np.ndarray:
    meeting = ask.everybody
    alike = np.fmax(occupation(meeting), 0.5 * background(meeting))
    near = np.exp2(-np.nan_to_num(meeting.minutes, nan=60) / 20)
    return np.where(alike > 0, alike + 0.2 * near, np.nan)


same_occupation = Retriever("same_occupation", _liking)
