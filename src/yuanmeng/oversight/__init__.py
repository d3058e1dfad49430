"""Read-only figures over all nouns (一网统管)."""
