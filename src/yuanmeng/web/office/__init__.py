"""The office surface."""
