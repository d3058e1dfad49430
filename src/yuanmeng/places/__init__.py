"""Areas, sites, points on the map, and how far it is to walk.

Knows core. Start with models.py, then gazetteer.py.
"""
