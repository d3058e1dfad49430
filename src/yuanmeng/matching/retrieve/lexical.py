"""The same words and pieces of words: BM25-like weights on both texts, hashed (see ``text``)."""

from __future__ import annotations

import numpy as np

from ..meeting import Ask
from .base import Retriever

TITLE_SHARE = 0.65  # a title says more than ten lines of duties


def _liking(ask: Ask) -> np.ndarray:
    title, text = np.nan_to_num(ask.title), np.nan_to_num(ask.text)
    both = TITLE_SHARE * np.sqrt(title) + (1 - TITLE_SHARE) * np.sqrt(text)
    return np.where(both > 0, both, np.nan)


same_words = Retriever("same_words", _liking)
