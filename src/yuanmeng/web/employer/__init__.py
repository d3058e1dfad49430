"""The employer surface."""
