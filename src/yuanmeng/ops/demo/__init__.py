"""Towns to look at: `town`, the sample street with its people, and `acceptance`, a small exact one.

Start with town.py; both speak through the same verbs that people use.
"""
