"""Few places, many people: who gets one (``auction``), and whom all the lists name (``dial``)."""

from .auction import Allocation, auction
from .dial import Price, Shared, apply, share, share_dense
from .edges import Edges, EdgesRefused

__all__ = [
    "Allocation",
    "Edges",
    "EdgesRefused",
    "Price",
    "Shared",
    "apply",
    "auction",
    "share",
    "share_dense",
]
