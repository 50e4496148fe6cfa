"""What the company says of itself, with history."""
