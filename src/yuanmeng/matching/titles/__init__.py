"""What a title means: its occupation code, the titles of the same job, the postings it asks for.

Three services over one small toolbox (``pieces``: text to vectors, ``ridge``: vectors to labels). Each learns
with ``fit``, answers in numpy, and leaves ``saved()``: plain arrays and a dict of JSON values.

    Coder      title -> codes of a classification with probabilities   (coder.py)
    Likeness   title -> titles of the same job                         (likeness.py)
    Search     typed title -> postings by their text                   (search.py)
"""

from .book import Page
from .coder import CodeEntry, Coder
from .likeness import Abroad, Likeness, Taste, understood
from .pieces import NotLearned
from .search import Search

__all__ = ["Abroad", "CodeEntry", "Coder", "Likeness", "NotLearned", "Page", "Search", "Taste", "understood"]
