"""Devices that show or take things, and what the display windows show when: content, playlists, placements.

Knows counsel and below. Start with models/__init__.py, then manifest.py.
"""
