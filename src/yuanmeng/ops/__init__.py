"""Doors for machines: commands, workers, health.

Knows every room below `web`. Start with cli.py, then worker.py.
"""
