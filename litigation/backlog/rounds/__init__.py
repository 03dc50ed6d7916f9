"""Clearing rounds: batches of backlog items that are taken on together."""
