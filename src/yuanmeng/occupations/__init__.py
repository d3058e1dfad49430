"""Dictionaries: occupations, industries, education levels, skills.

Knows core. Start with models.py, then classify.py.
"""
