"""The drill-down: exactly the rows a figure counts, as far as the person may see their cases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.models import Case
from casemgr.cases.procedure import Text
from casemgr.indicators.definition import COLUMNS, Indicator
from casemgr.indicators.models import CountedRow
from casemgr.indicators.period import Period
from casemgr.indicators.reading import NOBODY, PARTS, Source, not_recused, source
from casemgr.indicators.rollup import is_built
from casemgr.organisation.models import Unit, User
from casemgr.pages.pagination import PAGE_SIZE, Page, paginate, sliced

ORDER = ("-on", "-pk")


@dataclass(frozen=True)
class RowLine:
    """One counted row as a list shows it; `case` is None where the row is no case's. `link`: where it stands."""

    case: Case | None
    number: str
    title: str
    link: str
    unit: str
    officer: str
    rule: Text
    on: date
    days: int
    hit: bool
    words: str


@dataclass(frozen=True)
class CountedNow:
    """A row of the register as it is counted where nothing is rolled up; reads like a `CountedRow`."""

    row_id: int
    case: Case | None
    unit: Unit
    officer: User | None
    rule: str
    on: date
    days: int
    hit_on: date
    later_on: date | None


@dataclass(frozen=True)
class Listing:
    """The rows of one part of a figure for a person."""

    source: Source
    part: str
    user: Any

    @property
    def indicator(self) -> Indicator:
        return self.source.indicator

    def counted(self) -> Any:
        """All of them, also those that are not listed to the person."""
        return self.source.part(self.part)

    def visible(self) -> Any:
        """Those whose case the person may open: a recusal hides a row that the figure counts."""
        return not_recused(self.counted(), self.user, self.source.prefix)

    @property
    def hidden(self) -> int:
        """How many counted rows the list leaves out for the person."""
        if getattr(self.user, "is_system", False):
            return 0
        column = f"{self.source.prefix}case_id__in"
        return self.counted().filter(**{column: self.user.recusals.values("case_id")}).count()

    def page(self, params: Mapping[str, str], size: int = PAGE_SIZE) -> Page:
        """One page, newest first: by the roll-up's index, or of the few rows that are no case's."""
        if self.source.is_rolled_up:
            return paginate(self._loaded(), ORDER, params, size=size)
        return sliced(self.first(), params, size=size)

    def rolled_up(self) -> Any:
        """For lists that page by a cursor; None where nothing is rolled up."""
        return self._loaded() if self.source.is_rolled_up else None

    def first(self, most: int | None = None) -> list[CountedRow] | list[CountedNow]:
        """At most so many rows, newest first."""
        if self.source.is_rolled_up:
            return list(self._loaded().order_by(*ORDER)[:most])
        names = [*(f"c_{name}" for name in COLUMNS), *(["later_on"] if self.indicator.later is not None else [])]
        return _made(list(self.visible().order_by("-c_on", "-pk").values_list(*names)[:most]))

    def is_longer_than(self, most: int) -> bool:
        return len(self.visible().order_by().values_list("pk")[: most + 1]) > most

    def _loaded(self) -> Any:
        return self.visible().select_related("case", "unit", "officer")

    def lines(self, rows: Iterable[Any]) -> list[RowLine]:
        """The rows in words: one more query, for the register rows themselves."""
        rows, one, period = list(rows), self.indicator, self.source.period
        register = self._register([row.row_id for row in rows])
        return [
            RowLine(
                case=row.case,
                number=row.case.number if row.case else "",
                title=str(row.case.title if row.case else one.title(register[row.row_id])),
                link=row.case.get_absolute_url() if row.case else (one.link(register[row.row_id]) if one.link else ""),
                unit=row.unit.name,
                officer=row.officer.full_name if row.officer else "",
                rule=rule_name(row.rule) if row.rule else "",
                on=row.on,
                days=row.days,
                hit=row.hit_on <= period.as_of or self._is_hit_later(row),
                words=str(one.row_words(register[row.row_id])),
            )
            for row in rows
        ]

    def _is_hit_later(self, row: Any) -> bool:
        day = getattr(row, "later_on", None)
        return day is not None and day <= self.source.period.as_of

    def _register(self, ids: list[int]) -> Mapping[int, Any]:
        one = self.indicator
        model = one.rows().model if one.is_kept else one.rows(self.source.period).model
        found = model._base_manager.all()
        return (found.select_related(*one.joined) if one.joined else found).in_bulk(ids)


def listing(
    indicator: Indicator, period: Period, user: Any, today: date, params: Mapping[str, str], part: str = "counted"
) -> Listing:
    """The rows of the part, of the units in reach, narrowed by the dimensions that the address names."""
    found = source(indicator, period, user, today, is_built=indicator.is_kept and is_built(indicator))
    return Listing(found.narrowed(params), part, user)


def counted(
    indicator: Indicator, period: Period, user: Any, today: date, params: Mapping[str, str], part: str = "counted"
) -> Any:
    """The rows themselves as a queryset: of the roll-up, or of the register where there is none."""
    return listing(indicator, period, user, today, params, part).counted()


def _made(found: list[tuple]) -> list[CountedNow]:
    """What the register's rows lead to; three queries."""
    told = [dict(zip((*COLUMNS, "later_on"), values, strict=False)) for values in found]
    cases = Case.objects.in_bulk([row["case_id"] for row in told if row["case_id"]])
    units = Unit.objects.in_bulk([row["unit_id"] for row in told])
    people = User.objects.in_bulk([row["officer_id"] for row in told if row["officer_id"]])
    return [
        CountedNow(
            row_id=row["row_id"],
            case=cases.get(row["case_id"]),
            unit=units[row["unit_id"]],
            officer=people.get(row["officer_id"]),
            rule=row["rule"],
            on=row["on"],
            days=row["days"],
            hit_on=row["hit_on"],
            later_on=row.get("later_on"),
        )
        for row in told
    ]


__all__ = ["NOBODY", "PARTS", "Listing", "RowLine", "counted", "listing"]
