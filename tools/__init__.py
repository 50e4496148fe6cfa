"""What the Makefile runs: set-up, checks, tests, and the servers they need. Not part of the product."""
