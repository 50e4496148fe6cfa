"""What a practice looks for in contracts: its own list, laid over the one that comes with Pilothouse."""
