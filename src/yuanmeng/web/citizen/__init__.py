"""The citizen's pages: look for work, apply, follow it up, and everything about one's own data.

It knows the nouns through their verbs and web.shared. Start with `browse.py`, then `apply.py` and `mine.py`.
"""
