"""What the assessment tells of by night."""

from __future__ import annotations

from casemgr.assessment.plan.reminders import remind_of_clauses
from casemgr.assessment.reports.reminders import remind_of_reports

NIGHTLY = (remind_of_clauses, remind_of_reports)
"""`(on)` → how many were told."""
