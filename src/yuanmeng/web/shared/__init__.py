"""What every page of every surface shares: the frame, forms, log-in, errors and the story of applying.

It knows all the nouns and no surface; surfaces build on it and never on each other.
Start with `templates/shared/base.html`, then `navigation.py`.
"""
