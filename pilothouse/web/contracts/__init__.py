"""Contracts: what must be decided by when, what is agreed, and what is dangerous in it."""
