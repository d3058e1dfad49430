"""The desk surface."""
