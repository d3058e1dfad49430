"""Devices that show or take things: walls, kiosks, windows.

Knows counsel and below. Start with models.py.
"""
