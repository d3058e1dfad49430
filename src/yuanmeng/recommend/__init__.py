"""Who suits which vacancy, said with reasons: the one door to the engine.

Knows the nouns below it and `matching`; nobody else opens the engine. Start at `door`.
"""
