"""The engine: who fits which vacancy, and why. Arrays and frozen records in, ranked pairs and reasons out.

Knows no Django and no other room; only ``recommend`` may import it. Start at ``ranker.Matcher``.
"""

from .explain import Telling
from .ranker import Matcher, NotKnown, Recipe
from .records import Job, Missing, Pair, Person, Reason, RecordRefused
from .store import ModelRefused

__all__ = [
    "Job",
    "Matcher",
    "Missing",
    "ModelRefused",
    "NotKnown",
    "Pair",
    "Person",
    "Reason",
    "Recipe",
    "RecordRefused",
    "Telling",
]
