"""Signing in, first start, people of a company and invitations."""
