"""Money owed in instalments: exact to the fen, on the same day of each month."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

FEN = Decimal("0.01")


def instalments_of(total: Decimal, number: int) -> list[Decimal]:
    """Equal parts to the fen; the last one takes what does not divide, so that the sum is the total."""
    part = (total / number).quantize(FEN, rounding="ROUND_DOWN")
    return [part] * (number - 1) + [total - part * (number - 1)]


def due_days(first: date, number: int, every_months: int) -> list[date]:
    """The same day of the following months; the month's last day where it is too short."""
    found = []
    for index in range(number):
        months = first.year * 12 + first.month - 1 + index * every_months
        year, month = divmod(months, 12)
        found.append(date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1])))
    return found


def total_of(amounts: Iterable[Decimal | None]) -> Decimal:
    """Sum in yuan; Decimal all the way."""
    return sum((amount for amount in amounts if amount is not None), Decimal("0.00"))


__all__ = ["due_days", "instalments_of", "total_of"]
