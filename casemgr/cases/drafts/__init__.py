"""Registrations that save themselves while they are typed, for every procedure's form."""
