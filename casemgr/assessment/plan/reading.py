"""The figures behind clauses: of the whole banner, or of the responsible unit alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casemgr.actions.system import system_actor
from casemgr.assessment.models import PlanClause
from casemgr.indicators.definition import Indicator, indicators
from casemgr.indicators.figures import Figure
from casemgr.indicators.overview import by_unit
from casemgr.indicators.period import year_of


@dataclass(frozen=True)
class Reading:
    """What an indicator says of a clause. `figure` is None where the unit has nothing that is counted."""

    indicator: Indicator
    figure: Figure | None

    @property
    def reached(self) -> bool | None:
        return self.figure.reached if self.figure is not None else None


def readings(clauses: Iterable[PlanClause], today: date) -> dict[int, Reading]:
    """Of each clause that is bound to an indicator there is, by the clause's id.

    Read for the whole banner whoever asks: a clause has one figure. A few queries a year, however many clauses.
    """
    known_codes = indicators()
    bound: dict[int, list[PlanClause]] = {}
    for clause in clauses:
        if clause.indicator in known_codes:
            bound.setdefault(clause.plan.year, []).append(clause)
    found = {}
    for year, theirs in bound.items():
        asked = {clause.indicator: known_codes[clause.indicator] for clause in theirs}
        read = by_unit(asked.values(), year_of(year, today), system_actor, today)
        for clause in theirs:
            figures = read[clause.indicator]
            own = clause.measured == PlanClause.Measured.UNIT
            figure = figures.units.get(clause.unit_id) if own else figures.total
            found[clause.pk] = Reading(asked[clause.indicator], figure)
    return found


__all__ = ["Reading", "readings"]
