"""Doors for people: one surface a folder, shared things in shared."""
