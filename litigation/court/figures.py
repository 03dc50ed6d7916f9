"""Heads in court in a year: the figure, what stands beside it, and how many may still be missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from casemgr.cases.procedure import Text
from casemgr.cases.void import void_cases
from casemgr.indicators.figures import Figure
from casemgr.indicators.models import Target
from casemgr.organisation.scope import ALL, scope
from casemgr.pages.dates import moment
from litigation.court.appearance import BEFORE_COURT, Budget
from litigation.court.docket import coming as coming_sessions
from litigation.court.docket import open_everywhere
from litigation.indicators import APPEARANCE, COUNTED, PLAN
from litigation.models import PROCEDURE, Appearance, AppearanceLine, AssessedLine, Instance, Standing
from litigation.terms import COUNTS_AS_HEAD, FAULTS, HeadCategory, Remark, Seen, SessionKind


@dataclass(frozen=True)
class UnitLine:
    """One agency in one instance that was heard, with what is written of it in the court sessions held."""

    standing: Standing
    rows: tuple[Appearance, ...]

    @property
    def is_counted(self) -> bool:
        return self.standing.seen in COUNTED

    @property
    def heads(self) -> set[str]:
        """Categories of the heads who came."""
        return {row.head_category for row in self.rows if row.head_came and row.head_category in COUNTS_AS_HEAD}

    def has(self, seen: str) -> bool:
        return self.standing.seen == seen


@dataclass(frozen=True)
class Column:
    """A number of the table: which units it counts. All but `covered` are units of the denominator."""

    label: Text
    test: Callable[[UnitLine], bool]
    is_of_denominator: bool = True

    def counts(self, one: UnitLine) -> bool:
        return (one.is_counted or not self.is_of_denominator) and self.test(one)


COLUMNS: Mapping[str, Column] = {
    "counted": Column(pgettext_lazy("appearance", "Units with a session"), lambda one: True),
    "attended": Column(pgettext_lazy("appearance", "Head came"), lambda one: one.has(Seen.ATTENDED)),
    "missed": Column(pgettext_lazy("appearance", "Head absent"), lambda one: not one.has(Seen.ATTENDED)),
    "justified": Column(pgettext_lazy("appearance", "of these with good reason"), lambda one: one.has(Seen.JUSTIFIED)),
    "principal": Column(
        pgettext_lazy("appearance", "Principal head came"), lambda one: HeadCategory.PRINCIPAL in one.heads
    ),
    "deputy": Column(
        pgettext_lazy("appearance", "Deputy or other head came"),
        lambda one: bool(one.heads - {HeadCategory.PRINCIPAL}),
    ),
    "spoke": Column(pgettext_lazy("appearance", "Head spoke"), lambda one: any(row.spoke for row in one.rows)),
    "owed": Column(
        pgettext_lazy("appearance", "Called by the court"), lambda one: any(row.court_calls_head for row in one.rows)
    ),
    "staff": Column(pgettext_lazy("appearance", "Staff came"), lambda one: any(row.staff for row in one.rows)),
    "lawyer": Column(
        pgettext_lazy("appearance", "Only a lawyer came"), lambda one: Remark.LAWYER_ONLY in one.standing.remarks
    ),
    "faults": Column(
        pgettext_lazy("appearance", "With a fault"), lambda one: bool(FAULTS.intersection(one.standing.remarks))
    ),
    "covered": Column(
        pgettext_lazy("appearance", "Not counted: another's head came"),
        lambda one: one.has(Seen.COVERED),
        is_of_denominator=False,
    ),
}

FURTHER: Mapping[str, Column] = {
    "unexcused": Column(pgettext_lazy("appearance", "Absent without good reason"), lambda one: one.has(Seen.ABSENT)),
}
"""Counted elsewhere than in the table, by the same rows."""


def within(user: Any, today: date, case: str, own: str = "") -> Q:
    """Rows of the suits that the person's unit follows, or of the person's own agencies.

    A recusal takes nothing away: lists leave those rows out (`recused`) and say how many.
    """
    units = scope(user, today).unit_ids(PROCEDURE)
    if units is ALL:
        found = Q()
    else:
        found = Q(**{f"{case}__unit_id__in": units})
        if own:
            found |= Q(**{f"{own}__in": units})
    return found & ~void_cases(f"{case}__")


def recused(user: Any, case: str) -> Q:
    """Rows of suits from which the person is recused."""
    return Q(**{f"{case}_id__in": user.recusals.values("case_id")})


def _own(user: Any, today: date) -> Q:
    return within(user, today, "in_instance__case", "participation__party__unit_id")


def units_of(user: Any, year: int, today: date) -> list[UnitLine]:
    """Agencies of the banner whose first session was held in the year. A miss counts once its day is over."""
    last = min(date(year, 12, 31), today)
    found = Standing.objects.filter(
        _own(user, today), participation__party__unit__isnull=False, heard_on__gte=date(year, 1, 1), heard_on__lte=last
    ).exclude(seen="")
    found = found.filter(Q(heard_on__lt=today) | Q(seen=Seen.ATTENDED))
    standings = list(
        found.select_related("participation__party__unit", "in_instance__case").order_by("-heard_on", "-pk")
    )
    rows: dict[int, list[Appearance]] = {}
    held = Appearance.objects.filter(standing__in=found.values("pk"), session__held_on__isnull=False)
    for row in held.filter(session__kind=SessionKind.SESSION):
        rows.setdefault(row.standing_id, []).append(row)
    return [UnitLine(one, tuple(rows.get(one.pk, ()))) for one in standings]


@dataclass(frozen=True)
class AgencyLine:
    """The numbers of one agency, or of all together (`unit_id` 0)."""

    unit_id: int
    name: Text
    numbers: Mapping[str, int]

    @property
    def raw(self) -> Figure:
        return Figure(APPEARANCE, self.numbers["attended"], self.numbers["counted"])

    @property
    def less_justified(self) -> Figure:
        return Figure(APPEARANCE, self.numbers["attended"], self.numbers["counted"] - self.numbers["justified"])


def agency_lines(units: Sequence[UnitLine], together: Text) -> list[AgencyLine]:
    """A line for each agency, first where most heads were absent, and the sum."""
    grouped: dict[tuple[str, int], list[UnitLine]] = {}
    for one in units:
        unit = one.standing.participation.party.unit
        grouped.setdefault((unit.name, unit.pk), []).append(one)
    lines = [AgencyLine(pk, name, numbers_of(found)) for (name, pk), found in grouped.items()]
    lines.sort(key=lambda line: (-line.numbers["missed"], line.name))
    return [*lines, AgencyLine(0, together, numbers_of(units))]


def numbers_of(units: Iterable[UnitLine]) -> dict[str, int]:
    units = list(units)
    return {code: sum(column.counts(one) for one in units) for code, column in COLUMNS.items()}


def assessed_line(year: int) -> str:
    """The line that the year's plan assesses; without an entry the raw one."""
    row = AssessedLine.objects.filter(year=year).first()
    return row.line if row is not None else AppearanceLine.RAW


def percent_of(year: int, line: str) -> Decimal:
    """By the banner's plan; a target of the year entered for the assessed line takes its place."""
    target = Target.objects.filter(indicator=line, year=year).first()
    return target.value if target is not None else PLAN


def budget_of(user: Any, year: int, today: date, line: str, units: Sequence[UnitLine]) -> Budget:
    """How many of the units that are to be heard this year, as far as sessions are planned, may be missed."""
    percent = percent_of(year, line)
    if line == AppearanceLine.CASES:
        heard = _cases_heard(user, year, today)
        attended = sum(one.seen == Seen.ATTENDED for one in heard)
        return Budget(attended, len(heard), coming_number(user, year, today, line), percent)
    numbers = numbers_of(units)
    counted = numbers["counted"] - (numbers["justified"] if line == AppearanceLine.JUSTIFIED else 0)
    return Budget(numbers["attended"], counted, coming_number(user, year, today, line), percent)


def coming_number(user: Any, year: int, today: date, line: str) -> int:
    """What the line will count of the sessions planned for the rest of the year."""
    if line == AppearanceLine.CASES:
        return _coming_cases(user, year, today)
    return coming_units(user, year, today).count()


def _cases_heard(user: Any, year: int, today: date) -> list[Instance]:
    last = min(date(year, 12, 31), today)
    found = Instance.objects.filter(
        within(user, today, "case"), heard_on__gte=date(year, 1, 1), heard_on__lte=last, seen__in=COUNTED
    )
    return list(found.filter(Q(heard_on__lt=today) | Q(seen=Seen.ATTENDED)))


def _planned(year: int, today: date) -> QuerySet:
    end = moment(date(year + 1, 1, 1))
    found = coming_sessions(open_everywhere(), max(today, date(year, 1, 1))).filter(planned_at__lt=end)
    return found.filter(kind=SessionKind.SESSION, in_instance__level__in=BEFORE_COURT).order_by()


def coming_units(user: Any, year: int, today: date) -> QuerySet[Standing]:
    """Agencies whose first session of an instance is planned for the rest of the year."""
    found = Standing.objects.filter(
        _own(user, today), participation__party__unit__isnull=False, heard_on=None,
        in_instance__sessions__in=_planned(year, today),
    )  # fmt: skip
    return found.exclude(Q(head_of__isnull=False) & ~Q(head_agreement="")).distinct()


def _coming_cases(user: Any, year: int, today: date) -> int:
    found = Instance.objects.filter(within(user, today, "case"), heard_on=None, sessions__in=_planned(year, today))
    return found.distinct().count()
