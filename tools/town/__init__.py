"""The sample town: fictitious firms and people on the real streets of one sub-district.

Start with town.py, then trades/: a trade knows how its work is described, paid and asked for.
"""
