"""Benchmarks: one file per figure we claim; each prints a table. Never part of the tests."""
