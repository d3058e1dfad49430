"""Doors for machines: commands, workers, health."""
