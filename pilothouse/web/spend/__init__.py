"""What do we pay for: overview, lines, vendors, proofs, decisions."""
