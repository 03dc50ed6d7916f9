"""What the official tables make known when the program starts."""

from __future__ import annotations


def connect() -> None:
    """Called from `OfficialTablesConfig.ready()`."""
    from casemgr.actions import registry
    from casemgr.audit import evidence
    from casemgr.indicators import further_reports
    from casemgr.indicators.tables import actions, listening, models, nightly, reports

    listening.connect()
    nightly.connect()
    registry.register(*actions.ACTIONS)
    further_reports.register(reports.reports)
    evidence.mirror(models.PeriodLock, "book", "year", "part", "first_on", "last_on", "known_on", "lines")
    evidence.mirror(models.LateEntry, "concerns_id", "told_with_id", "differences", "note")
