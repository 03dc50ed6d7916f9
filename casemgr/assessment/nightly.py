"""What the assessment tells of by night."""

from __future__ import annotations

from casemgr.assessment.plan.reminders import remind_of_clauses

NIGHTLY = (remind_of_clauses,)
"""`(on)` → how many were told."""
