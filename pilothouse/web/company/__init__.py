"""Settings of a company, a new one, and its end."""
