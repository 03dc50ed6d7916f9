"""How a quotient is shown in per cent: one rounding for every page, table and paper. Pure."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

HUNDREDTH = Decimal("0.01")


def percent_of(
    numerator: Decimal | int, denominator: Decimal | int, target: Decimal | None = None, *, at_least: bool = True
) -> Decimal:
    """Two places, half up; but never to a target that is missed, nor to 100 when something is missing (of a ceiling:
    nor to 0 when something is there that should not be)."""
    exact = Decimal(numerator) * 100 / denominator
    rounded = exact.quantize(HUNDREDTH, ROUND_HALF_UP)
    if at_least:
        flatters = rounded == 100 or (target is not None and exact < target <= rounded)
        return exact.quantize(HUNDREDTH, ROUND_DOWN) if flatters else rounded
    flatters = rounded == 0 or (target is not None and rounded <= target < exact)
    return exact.quantize(HUNDREDTH, ROUND_UP) if flatters else rounded


__all__ = ["HUNDREDTH", "percent_of"]
