"""Reporting months: which days they hold. Cut anew from a rule on, no day is lost and none counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation.models import Basis, TablePolicy
from mediation.tables.definition import Span

EARLIEST_YEAR, LATEST_YEAR = 1990, 2099


@dataclass(frozen=True, order=True)
class Month:
    """A reporting month by its name; its days are the rule's business."""

    year: int
    month: int

    @property
    def before(self) -> Month:
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    @property
    def after(self) -> Month:
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"


class Rules:
    """The rules in force, read once."""

    def __init__(self, policies: Sequence[TablePolicy] | None = None) -> None:
        known = TablePolicy.objects.all() if policies is None else policies
        self._policies = sorted(known, key=lambda policy: policy.effective_on, reverse=True)

    @property
    def set_on(self) -> list[date]:
        """From which days rules were set, the earliest first."""
        return sorted(policy.effective_on for policy in self._policies)

    def policy(self, month: Month) -> TablePolicy:
        """The rule of the month; without any, natural months counted by closing."""
        day = last_natural(month)
        found = next((policy for policy in self._policies if policy.effective_on <= day), None)
        return found or TablePolicy(effective_on=date.min)

    def last_day(self, month: Month) -> date:
        end = last_natural(month)
        cut = self.policy(month).cut_off_day
        return min(end, date(month.year, month.month, min(cut, end.day))) if cut else end

    def first_day(self, month: Month) -> date:
        """The day after the month before ended, by the rule of that month."""
        return self.last_day(month.before) + timedelta(days=1)

    def span(self, month: Month, as_of: date) -> Span:
        return Span(self.first_day(month), self.last_day(month), as_of, self.policy(month).basis or Basis.CLOSED)

    def due_on(self, month: Month) -> date:
        """The last day to submit it."""
        return self.last_day(month) + timedelta(days=self.policy(month).due_days)

    def month_of(self, day: date) -> Month:
        """The reporting month that holds the day."""
        natural = Month(day.year, day.month)
        for month in (natural, natural.after, natural.before):
            if self.first_day(month) <= day <= self.last_day(month):
                return month
        raise AssertionError(f"{day} is in no month")


def last_natural(month: Month) -> date:
    return month.after.first_day - timedelta(days=1)


def months_of(year: int, quarter: int = 0) -> list[Month]:
    """The months of a year, or of one of its quarters."""
    numbers = range(1, 13) if not quarter else range(3 * quarter - 2, 3 * quarter + 1)
    return [Month(year, number) for number in numbers]
