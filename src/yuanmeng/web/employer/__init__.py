"""The employer surface: post a vacancy through the gate, see and answer applicants.

Knows the nouns and `recommend`; known by `config`. Start in `urls.py`, then `posting.py`.
"""
