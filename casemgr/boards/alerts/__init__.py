"""Alerts by rule: what is watched, when it is evaluated, whom it tells, and who has taken note."""
