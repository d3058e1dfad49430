"""Where candidates come from: several cheap sources under one contract, united by the ranker."""

from .base import Retriever
from .brute import everything
from .fresh import newest
from .lexical import same_words
from .occupation import same_occupation
from .place import nearest
from .taste import like_the_chosen

RETRIEVERS = (same_words, same_occupation, nearest, newest, like_the_chosen)

__all__ = ["RETRIEVERS", "Retriever", "everything", "like_the_chosen", "nearest", "newest", "same_occupation",
           "same_words"]  # fmt: skip
