"""Cases, follow-ups and the append-only service ledger.

Knows applications and below. Start with models.py, then readers.py.
"""
