"""A committee's oral agreements of a year bound together: cover, list and the sheet of each (dossier §6.7)."""
