"""Taste: what people who chose tell about those who have not yet. Arrays in, scores out.

Knows neither records nor words: a matrix of who chose what and a matrix of attributes for each side. The same
code serves person → vacancy, vacancy → person and every other pair of sides. Start at ``model.Taste``.
"""

from .arrays import Sides, SidesRefused
from .model import Setting, Taste

__all__ = ["Setting", "Sides", "SidesRefused", "Taste"]
