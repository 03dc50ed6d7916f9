"""For when a figure is asked: a period of days, and the day as of which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

EARLIEST, LATEST = 1990, 2099


class NoPeriod(ValueError):
    """What was asked is no period; the message says so to people."""


@dataclass(frozen=True)
class Period:
    """`first` to `last`, both included, as the register shows it now for the day `as_of`.

    A day in the past is answered from the days on which things happened: what was met later counts as missed or not
    yet. Entries corrected or annulled since count as corrected.
    """

    first: date
    last: date
    as_of: date

    @property
    def year(self) -> int:
        """The year whose target holds."""
        return self.last.year

    @property
    def is_a_year(self) -> bool:
        return self.first == date(self.year, 1, 1) and self.last == date(self.year, 12, 31)


def year_of(year: int, as_of: date) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31), as_of)


def asked(params: Mapping[str, str], today: date) -> Period:
    """The period of `year`, or `from` and `to`, as of `as_of`. :raises NoPeriod:"""
    year = params.get("year") or str(today.year)
    if not (len(year) == 4 and year.isascii() and year.isdigit() and EARLIEST <= int(year) <= LATEST):
        raise NoPeriod(_("The year is missing or cannot be right. Write it like 2026."))
    whole = year_of(int(year), today)
    first, last = _day(params, "from") or whole.first, _day(params, "to") or whole.last
    if last < first:
        raise NoPeriod(_("The period ends before it begins. Exchange the two days."))
    as_of = _day(params, "as_of") or today
    if as_of > today:
        raise NoPeriod(_("Nobody knows what will be. Choose today or an earlier day."))
    return Period(first, last, as_of)


def _day(params: Mapping[str, str], name: str) -> date | None:
    text = (params.get(name) or "").strip()
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        found = None
    if text and (found is None or not EARLIEST <= found.year <= LATEST):
        raise NoPeriod(_("“%(value)s” is not a day. Write it like 2026-11-25.") % {"value": text[:40]})
    return found
