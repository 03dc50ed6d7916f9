"""Proof of backlog items as files."""
