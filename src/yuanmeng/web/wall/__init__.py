"""The wall surface."""
