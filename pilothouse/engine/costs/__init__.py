"""What would each delivery model cost for the same need? Ranges over three years."""
