"""Bringing papers in, what became of them, taking them back, and the papers themselves."""
