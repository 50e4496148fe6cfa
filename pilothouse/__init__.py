"""Pilothouse: the IT leadership office of a company that has no IT director."""

__version__ = "0.1.0"
