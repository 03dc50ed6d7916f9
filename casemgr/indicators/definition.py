"""What an indicator is: a name, a formula in words, and the register rows it counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    CharField,
    DateField,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Case as Choose
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from casemgr.cases.procedure import procedures
from casemgr.cases.void import void_cases
from casemgr.indicators.period import Period, year_of

Text = str | Promise
NOTHING = _("Nothing to count")
FOREVER = date(9999, 12, 31)
"""`until_on` of what is still counted, `hit_on` of what is no hit."""
NEVER = Value(FOREVER, DateField())
EVERY_ROW = Q(pk__isnull=False)


class Kind(StrEnum):
    """RATE: numerator ÷ denominator of a period. LOAD: what is open on a day, and what came and went in the period.
    DAYS: how long something took: mean and median over the rows of a period."""

    RATE = "rate"
    LOAD = "load"
    DAYS = "days"


class Dimension(StrEnum):
    """By what the table of an indicator is split."""

    UNIT = "unit"
    OFFICER = "officer"
    RULE = "rule"
    PROCEDURE = "procedure"
    CAUSE = "cause"
    TOWN = "town"


DIMENSION_LABELS: dict[str, Text] = {
    Dimension.UNIT: _("Unit"),
    Dimension.OFFICER: _("Handler"),
    Dimension.RULE: _("Period"),
    Dimension.PROCEDURE: _("Procedure"),
    Dimension.CAUSE: pgettext_lazy("figures", "Kind of matter"),
    Dimension.TOWN: pgettext_lazy("figures", "Town"),
}


@dataclass(frozen=True)
class Split:
    """A dimension that is read off the case when the table is: the way from the case to the key, and the keys' names.

    The roll-up does not keep it, so that a corrected cause or town is right at once.
    """

    path: str
    names: Callable[[Collection[Any]], Mapping[Any, Text]]


@dataclass(frozen=True, eq=False)
class Indicator:
    """One figure of the office, in code. What it counts depends on the register and the day asked for alone.

    `rows`: the register rows it may count, as a queryset of one model; `case` leads from a row to its case ("" when the
    row is the case itself). The other expressions are read in their order, and a later one may name an earlier one as
    `c_hit`, `c_on`, `c_hit_on`, `c_until_on`.

    A case entered by mistake counts in no figure: `counting` leaves its rows out, `rows` need not.

    `hit`: whether the row is in the numerator, from the day `hit_on` (by default `on`). `on`: the day that puts a row
    into a period. A row that is no hit counts from the day after, because a day is over only at its end; with
    `is_at_once` on the day itself, as what happened on it. `until`: the day from which it is counted no more.
    `later`: a day on which something outside of the row's case makes it a hit, from the name of the case's column; it
    is looked up when the figure is read, for no action on this case tells of it.
    `days`: of a figure of kind DAYS, how many days the row took.
    `officer`: whose row it is. `unit`: to which unit it counts, if that is not the case's own, such as the agency that
    is sued; whoever reaches the case's unit sees those rows, too.

    `version` rises with every change of what is counted: the roll-ups are then built anew.
    `at_least`: a target is reached from below; else it is a ceiling. `base_is_fixed`: more hits do not enlarge the
    denominator. `is_yearly`: counted for the whole year of the period. `procedures`: codes, when it is not about all of
    them. `nothing`: what is said when nothing is counted. `joined`: what the words of a row read beside it.

    `plan`: target and day of a year, where no target is entered here; where it `is_planned_elsewhere`, none can be.

    Where `is_kept` is false the rows are few, or no case's: `rows` is given the period, nothing is rolled up, and the
    register is counted each time. Then `case` may be None; `within` says which rows a person sees, if that does not
    follow from `unit`; `further_units` leads to more units in whose lines a row counts once more; `title` and `link`
    say what a row without a case is called, and where it stands.
    """

    code: str
    name: Text
    formula: Text
    version: int
    rows: Callable[..., QuerySet]
    on: Combinable
    hit: Q = EVERY_ROW
    hit_on: Combinable | None = None
    until: Combinable | None = None
    later: Callable[[str], Combinable] | None = None
    days: Combinable | None = None
    case: str | None = "case"
    officer: Combinable | None = None
    rule: str = ""
    dimensions: tuple[str, ...] = (Dimension.UNIT, Dimension.OFFICER)
    splits: Mapping[str, Split] = field(default_factory=dict)
    kind: Kind = Kind.RATE
    counted: Text = ""
    missed: Text = ""
    at_least: bool = True
    base_is_fixed: bool = False
    plan: Callable[[int], tuple[Decimal, date] | None] | None = None
    is_planned_elsewhere: bool = False
    is_at_once: bool = False
    is_yearly: bool = False
    is_kept: bool = True
    procedures: tuple[str, ...] = ()
    row_words: Callable[[Any], Text] = str
    unit: Combinable | None = None
    within: Callable[[Any, date], Q] | None = None
    further_units: str = ""
    nothing: Text = NOTHING
    joined: tuple[str, ...] = ()
    title: Callable[[Any], Text] = str
    link: Callable[[Any], str] | None = None

    @property
    def sign(self) -> str:
        """What is written behind its figure."""
        return " %" if self.kind == Kind.RATE else ""

    def path(self, field: str) -> str:
        """The way from a row to a field of its case."""
        return f"{self.case}__{field}" if self.case else field

    def of(self, period: Period) -> Period:
        """The period as it is counted."""
        return year_of(period.year, period.as_of) if self.is_yearly else period

    def counting(self, period: Period | None = None) -> QuerySet:
        """The register rows with what is counted of each: the columns `c_…`."""
        rows = self.rows() if self.is_kept else self.rows(period)
        if self.case is not None:
            rows = rows.exclude(void_cases(self.path("")))
        never = NEVER if self.until is None else self.until
        return (
            rows.order_by()
            .annotate(c_indicator=Value(self.code, CharField()), c_row_id=F("pk"), **self._place())
            .annotate(c_hit=Choose(When(self.hit, then=True), default=False, output_field=BooleanField()))
            .annotate(c_on=self.on)
            .annotate(
                c_hit_on=Choose(
                    When(c_hit=True, then=self.hit_on if self.hit_on is not None else F("c_on")),
                    default=NEVER,
                    output_field=DateField(),
                )
            )
            .annotate(c_until_on=never)
            .annotate(c_days=self.days if self.days is not None else Value(0, IntegerField()))
            .annotate(c_officer_id=self._officer())
        )

    def _place(self) -> dict[str, Combinable]:
        if self.case is None:
            procedure = self.procedures[0] if self.procedures else ""
            case, of = Value(None, BigIntegerField()), Value(procedure, CharField())
        else:
            case, of = F(self.path("pk") if self.case else "pk"), F(self.path("procedure"))
        return {
            "c_case_id": case,
            "c_procedure": of,
            "c_unit_id": self.unit if self.unit is not None else F(self.path("unit_id")),
            "c_rule": F(self.rule) if self.rule else Value("", CharField()),
        }

    def _officer(self) -> Combinable:
        if self.officer is not None:
            return self.officer
        return Value(None, BigIntegerField()) if self.case is None else F(self.path("lead_handler_id"))

    def counted_in(self, period: Period, prefix: str = "") -> Q:
        """The condition on counted rows (`prefix` "c_") or their roll-up that makes the denominator."""
        found = self.of(period)
        on, until, hit_on = f"{prefix}on", f"{prefix}until_on", f"{prefix}hit_on"
        stands = Q(**{f"{until}__gt": found.as_of})
        if self.kind == Kind.LOAD:
            return Q(**{f"{on}__lte": found.as_of}) & stands
        inside = Q(**{f"{on}__gte": found.first, f"{on}__lte": min(found.last, found.as_of)}) & stands
        if self.is_at_once or self.kind == Kind.DAYS:
            return inside
        return inside & (Q(**{f"{on}__lt": found.as_of}) | Q(**{on: found.as_of, f"{hit_on}__lte": found.as_of}))

    def hit_in(self, period: Period, prefix: str = "") -> Q:
        """The condition on rows of the denominator, with `later_on` beside them, that makes the numerator."""
        found = Q(**{f"{prefix}hit_on__lte": period.as_of})
        return found | Q(later_on__lte=period.as_of) if self.later is not None else found

    def with_later(self, rows: QuerySet, prefix: str = "") -> QuerySet:
        """The rows with the day that is looked up when they are read."""
        return rows.annotate(later_on=self.later(f"{prefix}case_id")) if self.later is not None else rows

    def denominator(self, first: date, last: date, as_of: date) -> QuerySet:
        """The register rows counted for the period as they stand on `as_of`."""
        period = Period(first, last, as_of)
        rows = self.with_later(self.counting(self.of(period)), "c_")
        return rows.filter(self.counted_in(period, "c_"))

    def numerator(self, first: date, last: date, as_of: date) -> QuerySet:
        return self.denominator(first, last, as_of).filter(self.hit_in(Period(first, last, as_of), "c_"))


COLUMNS = (
    *("indicator", "row_id", "case_id", "procedure", "unit_id", "officer_id", "rule", "on", "until_on", "hit"),
    *("hit_on", "days"),
)

_own: dict[str, Indicator] = {}


def register(*indicators: Indicator) -> None:
    """The ground's own; a procedure lists its own in `Procedure.extra["indicators"]`."""
    _own.update({indicator.code: indicator for indicator in indicators})


def indicators() -> dict[str, Indicator]:
    """Every indicator there is, by code."""
    theirs = {one.code: one for procedure in procedures() for one in procedure.extra.get("indicators", ())}
    return {**_own, **theirs}


def kept() -> dict[str, Indicator]:
    """Those that are rolled up."""
    return {code: one for code, one in indicators().items() if one.is_kept}


def own() -> tuple[Indicator, ...]:
    return tuple(_own.values())
