"""The answers. Plain Python: no Django, no clock, no chance, no file (docs/architecture.md)."""
