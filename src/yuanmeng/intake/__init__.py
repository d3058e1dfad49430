"""Rows from outside become nouns: files are opened, read, understood, shown and only then admitted.

Knows every noun room below; known by `web.office` and `ops`. Start in `admit.py`, then `rows.py`.
"""
