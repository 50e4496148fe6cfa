"""What is kept of a company: papers, imports, lines, decisions, profile. Plain Django models."""
