"""Reads files of strangers. Runs in a process of its own with limits; knows neither Django nor the database."""
