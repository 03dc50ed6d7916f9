"""The legal conditions of mediation's steps, by subject; each with its article."""
