"""The map's ground from other people's files: read, judged, taken in, rolled back, given out.

Start with admit.py; reading.py opens the files, rules.py says what is left out and why.
"""
