"""A vacancy and its life: the posting gate, publishing, closing, being found.

Knows organisations and below. Start with models.py, then screen.py.
"""
