"""What a rule may watch: the measures of boards, and the rates of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from casemgr.boards.measures import Measure, Text, measures
from casemgr.indicators.definition import Indicator, Kind, indicators
from casemgr.indicators.figures import table
from casemgr.indicators.period import year_of

FIGURE = "figure:"


def watched() -> Mapping[str, Measure]:
    """By the code that a rule keeps."""
    figures = {f"{FIGURE}{code}": _measure(one) for code, one in indicators().items()}
    return {**measures(), **figures}


def _measure(indicator: Indicator) -> Measure:
    def number(user: Any, today: date) -> Decimal | None:
        return table(indicator, year_of(today.year, today), user, today).total.rate

    return Measure(
        f"{FIGURE}{indicator.code}",
        indicator.name,
        number,
        lambda: reverse("indicator_detail", args=[indicator.code]),
        indicator.procedures,
        " %" if indicator.kind == Kind.RATE else "",
    )


def name_of(code: str) -> Text:
    """Of a measure that is gone, its code."""
    found = watched().get(code)
    return found.name if found is not None else code


def with_unit(code: str, number: str) -> str:
    """A number of the measure as people read it: 81.53 %."""
    found = watched().get(code)
    return f"{number}{found.unit}" if found is not None else number


__all__ = ["FIGURE", "name_of", "watched", "with_unit"]
