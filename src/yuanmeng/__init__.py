"""Yuanmeng 圆梦: a public employment service for one neighbourhood, in one house.

The rooms and the floors they stand on are drawn in docs/tour.md; start there.
"""

__version__ = "0.1.0"
