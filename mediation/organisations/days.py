"""Terms and other spans of whole years and months, by their last day."""

from __future__ import annotations

from datetime import date, timedelta

from casemgr.timelimits.arithmetic import add, months

TERM_YEARS = 3
"""People's Mediation Law, art. 9(2)."""


def term_end(first: date) -> date:
    """The last day of a term that begins on `first`."""
    return add(months(12 * TERM_YEARS), first) - timedelta(days=1)


def months_later(day: date, count: int) -> date:
    return add(months(count), day)
