"""What a rule may watch: the measures of boards, and the rates of indicators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from casemgr.boards.measures import Measure, measures
from casemgr.indicators.definition import Indicator, indicators
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
        indicator.sign,
    )


def measure_of(code: str) -> Measure:
    """What a rule with the code watches; of a measure that is gone, no more than the code."""
    known = measures().get(code)
    if known is not None:
        return known
    indicator = indicators().get(code.removeprefix(FIGURE)) if code.startswith(FIGURE) else None
    return _measure(indicator) if indicator is not None else Measure(code, code, lambda *_asked: None, str)


__all__ = ["FIGURE", "measure_of", "watched"]
