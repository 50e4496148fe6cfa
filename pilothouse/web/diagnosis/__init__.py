"""The diagnosis on screen and as PDF."""
