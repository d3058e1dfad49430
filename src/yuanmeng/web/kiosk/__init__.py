"""The kiosk: large type, short visits, and nothing left behind.

It knows the search, the shared story of applying, and the visit that a person makes at the machine.
Start with `visit.py` (what is known, and how it ends), then `urls.py`.
"""
