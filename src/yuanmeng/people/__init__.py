"""Accounts, persons, consents and the ways a person proves to be herself.

Knows core. Start with models.py.
"""
