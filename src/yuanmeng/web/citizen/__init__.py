"""The citizen surface."""
