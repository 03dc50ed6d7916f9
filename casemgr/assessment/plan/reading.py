"""The figures behind clauses: of the whole banner, or of the responsible unit alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casemgr.actions.system import system_actor
from casemgr.assessment.models import PlanClause
from casemgr.indicators.definition import Indicator, indicators
from casemgr.indicators.figures import Figure, Known, table
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

    Read for the whole banner whoever asks: a clause has one figure. Two queries an indicator and two for all.
    """
    known_codes = indicators()
    bound: dict[tuple[str, int], list[PlanClause]] = {}
    for clause in clauses:
        if clause.indicator in known_codes:
            bound.setdefault((clause.indicator, clause.plan.year), []).append(clause)
    known: dict[int, Known] = {}
    found = {}
    for (code, year), theirs in bound.items():
        period = year_of(year, today)
        if year not in known:
            known[year] = Known.of(period)
        read = table(known_codes[code], period, system_actor, today, known=known[year])
        of_unit = {line.key: line.figure for line in read.lines}
        for clause in theirs:
            own = clause.measured == PlanClause.Measured.UNIT
            figure = of_unit.get(str(clause.unit_id)) if own else read.total
            found[clause.pk] = Reading(read.indicator, figure)
    return found


__all__ = ["Reading", "readings"]
