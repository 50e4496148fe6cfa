"""Which delivery model fits, what it costs, who does what in it, and when it will be outgrown."""
