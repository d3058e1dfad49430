"""The person who looks for work: profile, resume versions, wishes.

Knows people, places, occupations, organisations. Start with models.py.
"""
