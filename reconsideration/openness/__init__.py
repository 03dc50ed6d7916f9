"""Openness: decisions published with redaction, the public site, progress by a code, complaints about the office."""
