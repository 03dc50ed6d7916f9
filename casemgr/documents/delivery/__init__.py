"""Serving many papers: who is still to be served, receipts and envelopes in batches, lists of mail, arrivals."""
