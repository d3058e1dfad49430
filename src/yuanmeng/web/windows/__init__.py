"""The display windows: what was reviewed and placed, by the clock, with or without a network.

Knows signage and the public figures. Start with views.py, then `frontend/src/windows/`.
"""
