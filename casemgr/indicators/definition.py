"""What an indicator is: a name, a formula in words, and the register rows it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import BooleanField, CharField, DateField, F, Q, QuerySet, Value, When
from django.db.models import Case as Choose
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casemgr.cases.procedure import procedures

Text = str | Promise
NOTHING = _("Nothing to count")
FOREVER = date(9999, 12, 31)
"""`until_on` of what is still counted."""


class Kind(StrEnum):
    """RATE: numerator ÷ denominator of a period. LOAD: what is open on a day, and what came and went in the period."""

    RATE = "rate"
    LOAD = "load"


class Dimension(StrEnum):
    """By what the table of an indicator is split."""

    UNIT = "unit"
    OFFICER = "officer"
    RULE = "rule"


DIMENSION_LABELS: dict[str, Text] = {
    Dimension.UNIT: _("Unit"),
    Dimension.OFFICER: _("Handler"),
    Dimension.RULE: _("Period"),
}


@dataclass(frozen=True, eq=False)
class Indicator:
    """One figure of the office, in code. What it counts depends on the register alone, never on the day it is asked.

    `rows`: the register rows it may count, as a queryset of one model; `case` leads from a row to its case ("" when the
    row is the case itself). The other expressions are read in their order, and a later one may name an earlier one as
    `c_hit`, `c_on`, `c_until`.

    `hit`: whether the row is in the numerator. `on`: the day that puts the row into a period; a hit is counted from
    that day, any other row from the day after, because a day is over only at its end. `until`: the day from which it is
    counted no more. `officer`: whose row it is. `unit`: to which unit it counts, if that is not the case's own, such as
    the agency that is sued; whoever reaches the case's unit sees those rows, too.

    `version` rises with every change of what is counted: the roll-ups are then built anew.
    `at_least`: a target is reached from below; else it is a ceiling. `base_is_fixed`: more hits do not enlarge the
    denominator. `procedures`: codes, when it is not about all of them. `nothing`: what is said when nothing is counted.
    `joined`: what the words of a row read beside it.
    """

    code: str
    name: Text
    formula: Text
    version: int
    rows: Callable[[], QuerySet]
    hit: Q
    on: Combinable
    until: Combinable | None = None
    case: str = "case"
    officer: Combinable | None = None
    rule: str = ""
    dimensions: tuple[str, ...] = (Dimension.UNIT, Dimension.OFFICER)
    kind: Kind = Kind.RATE
    counted: Text = ""
    missed: Text = ""
    at_least: bool = True
    base_is_fixed: bool = False
    procedures: tuple[str, ...] = ()
    row_words: Callable[[Any], Text] = str
    unit: Combinable | None = None
    nothing: Text = NOTHING
    joined: tuple[str, ...] = ()

    def path(self, field: str) -> str:
        """The way from a row to a field of its case."""
        return f"{self.case}__{field}" if self.case else field

    def counting(self) -> QuerySet:
        """The register rows with what is counted of each: the columns `c_…`."""
        case = self.path("pk") if self.case else "pk"
        return (
            self.rows()
            .order_by()
            .annotate(
                c_indicator=Value(self.code, CharField()),
                c_row_id=F("pk"),
                c_case_id=F(case),
                c_procedure=F(self.path("procedure")),
                c_unit_id=self.unit if self.unit is not None else F(self.path("unit_id")),
                c_rule=F(self.rule) if self.rule else Value("", CharField()),
            )
            .annotate(c_hit=Choose(When(self.hit, then=True), default=False, output_field=BooleanField()))
            .annotate(c_on=self.on)
            .annotate(c_until_on=self.until if self.until is not None else Value(FOREVER, DateField()))
            .annotate(c_officer_id=self.officer if self.officer is not None else F(self.path("lead_handler_id")))
        )

    def denominator(self, first: date, last: date, as_of: date) -> QuerySet:
        """The register rows counted for the period as they stand on `as_of`."""
        return self.counting().filter(counted_on(self.kind, first, last, as_of, "c_"))

    def numerator(self, first: date, last: date, as_of: date) -> QuerySet:
        return self.denominator(first, last, as_of).filter(c_hit=True)


COLUMNS = ("indicator", "row_id", "case_id", "procedure", "unit_id", "officer_id", "rule", "on", "until_on", "hit")


def counted_on(kind: str, first: date, last: date, as_of: date, prefix: str = "") -> Q:
    """The condition on counted rows (`prefix` "c_") or their roll-up that makes the denominator."""
    on, until, hit = f"{prefix}on", f"{prefix}until_on", f"{prefix}hit"
    if kind == Kind.LOAD:
        return Q(**{f"{on}__lte": as_of, f"{until}__gt": as_of})
    begun = Q(**{f"{on}__lt": as_of}) | Q(**{on: as_of, hit: True})
    return Q(**{f"{on}__gte": first, f"{on}__lte": min(last, as_of)}) & begun


_own: dict[str, Indicator] = {}


def register(*indicators: Indicator) -> None:
    """The ground's own; a procedure lists its own in `Procedure.extra["indicators"]`."""
    _own.update({indicator.code: indicator for indicator in indicators})


def indicators() -> dict[str, Indicator]:
    """Every indicator there is, by code."""
    theirs = {one.code: one for procedure in procedures() for one in procedure.extra.get("indicators", ())}
    return {**_own, **theirs}


def own() -> tuple[Indicator, ...]:
    return tuple(_own.values())
