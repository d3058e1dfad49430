"""Rows every room needs and nobody in particular owns: events, steps, sealed fields, audit.

Knows nobody. Start with models.py, then moves.py.
"""
