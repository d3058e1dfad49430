"""The office surface: import, reviews, accounts, audit and figures for those whose duty it is.

Knows the nouns, `intake` and `oversight`; known by `config`. Start in `urls.py`, then `home.py`.
"""
