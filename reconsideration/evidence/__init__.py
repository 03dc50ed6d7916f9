"""Evidence and investigation (art. 43–46; Implementing Regulation 2026, art. 47)."""
