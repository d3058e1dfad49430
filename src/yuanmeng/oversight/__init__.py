"""Read-only figures over all nouns (一网统管): today's board, the indicators K01…K43, small cells.

Knows every noun room, changes nothing. Start with figures.py, then kpis.py.
"""
