"""What a mediation organisation that helps in a case may read, and what came of its help."""
