"""Boards: what an office sees at a glance, as pictures with their numbers, and the alerts that rules raise."""
