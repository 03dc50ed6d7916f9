"""The ledgers that are printed: sessions (开庭台账), court papers (裁判台账), executions (执行台账), and the docket.

Each is a query within the person's scope and a line of text per row; pages, PDF and Excel show the same lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from casemgr.cases.models import Case, Participation
from casemgr.cases.procedure import Text
from casemgr.organisation.models import Unit
from casemgr.pages.dates import moment
from litigation.court.docket import coming, visible_sessions
from litigation.court.lines import AgencyInSession, lines_of
from litigation.executing import received_of
from litigation.models import PROCEDURE, CourtSession, Execution, LitigationCase, Ruling
from litigation.terms import LOST

Line = tuple[Case, list[str]]
"""A file, and its cells."""
BATCH = 200


@dataclass(frozen=True)
class Register:
    """`widths`: of the printed columns, in parts. `order`: of the rows, unique at its end."""

    code: str
    label: Text
    columns: tuple[Text, ...]
    widths: tuple[float, ...]
    order: tuple[str, ...]
    rows: Callable[[Any, date, int], QuerySet]
    case: str
    """Where a row's file stands."""
    lines: Callable[[Sequence[Any]], Iterable[Line]]
    is_of_year: bool = True


def _visible(user: Any, today: date) -> QuerySet:
    return LitigationCase.objects.exclude(state="VOID").visible_to(user, today).order_by().values("pk")


def _of_year(user: Any, today: date, year: int) -> tuple[dict[str, QuerySet], Any, Any]:
    return {"in_instance__case__in": _visible(user, today)}, date(year, 1, 1), date(year, 12, 31)


def _sessions(user: Any, today: date, year: int) -> QuerySet[CourtSession]:
    """Held or planned in the year, and not called off."""
    seen, first, _last = _of_year(user, today, year)
    begin, end = moment(first), moment(date(year + 1, 1, 1))
    found = CourtSession.objects.filter(**seen, called_off_on=None)
    found = found.filter(Q(held_on__year=year) | Q(held_on=None, planned_at__gte=begin, planned_at__lt=end))
    return found.select_related("in_instance__case")


def _session_lines(sessions: Sequence[CourtSession]) -> Iterator[Line]:
    for line in lines_of(sessions):
        session, instance = line.session, line.session.in_instance
        agencies = line.agencies
        yield (
            instance.case,
            [
                session.day or line.when,
                instance.court,
                str(instance),
                instance.case.title,
                f"{instance.get_level_display()} {session.get_kind_display()}",
                "\n".join(one.name for one in agencies),
                "\n".join(_head_of(one) for one in agencies),
                _state_of(session),
            ],
        )


def _state_of(session: CourtSession) -> str:
    return _("held") if session.held_on is not None else _("planned")


def _head_of(one: AgencyInSession) -> str:
    """白志刚（副局长）; why nobody came or comes; — where nothing is known."""
    row = one.row
    if row.head_name and row.head_came is not False:
        return f"{row.head_name}（{row.head_post or row.get_head_category_display()}）"
    if row.absence_ground or row.absence_note:
        return _("absent: %(why)s") % {"why": row.absence_note or row.get_absence_ground_display()}
    if one.cover:
        return _("head of %(name)s comes for both") % {"name": one.cover}
    return _("head absent") if row.head_came is False else "—"


def _papers(user: Any, today: date, year: int) -> QuerySet[Ruling]:
    """Papers of the year that end an instance; of those whose day no source tells, by the court number's year."""
    seen, first, last = _of_year(user, today, year)
    undated = Q(made_on=None, in_instance__court_key__startswith=f"（{year}）")
    found = Ruling.objects.filter(Q(made_on__gte=first, made_on__lte=last) | undated, **seen).exclude(outcome="")
    return found.select_related("in_instance__case__litigation_facts__responsible_unit")


def _paper_lines(papers: Sequence[Ruling]) -> Iterator[Line]:
    for one in papers:
        instance, unit = one.in_instance, one.in_instance.case.litigation_facts.responsible_unit
        effective = one.effective_on.isoformat() if one.effective_on else ""
        yield (
            instance.case,
            [
                one.made_on.isoformat() if one.made_on else "",
                instance.court,
                str(one.number or instance),
                instance.case.title,
                one.get_kind_display(),
                one.get_outcome_display(),
                _("annulled by a later paper") if one.is_replaced else effective,
                unit.name if unit is not None else "",
                _("lost") if one.outcome in LOST else "",
            ],
        )


def _executions(user: Any, today: date, year: int) -> QuerySet[Execution]:
    """Opened under a number of the year, and those of earlier years that are still open."""
    seen, _first, _last = _of_year(user, today, year)
    of_year = Q(in_instance__court_key__startswith=f"（{year}）")
    earlier = Q(is_open=True, in_instance__court_key__lt=f"（{year}）")
    found = Execution.objects.filter(of_year | earlier, **seen)
    return found.select_related("in_instance__case", "applicant").prefetch_related("steps", "obligations")


def _execution_lines(executions: Sequence[Execution]) -> Iterator[Line]:
    for one in executions:
        instance = one.in_instance
        steps = sorted(one.steps.all(), key=lambda step: (step.on, step.pk))
        last = f"{steps[-1].on.isoformat()} {steps[-1].get_kind_display()}" if steps else ""
        yield (
            instance.case,
            [
                str(instance),
                instance.court,
                instance.case.title,
                one.get_direction_display(),
                one.applicant.name if one.applicant is not None else "",
                f"{one.claimed_yuan:,.2f}" if one.claimed_yuan is not None else "",
                f"{received_of(one):,.2f}",
                last,
                pgettext("execution", "open") if one.is_open else pgettext("execution", "over"),
            ],
        )


_DAY, _COURT, _NUMBER, _SUIT = (gettext_lazy("Day"), gettext_lazy("Court"), gettext_lazy("Court's number"),
                                gettext_lazy("Suit"))  # fmt: skip
_OF_SESSION = (
    _DAY, _COURT, _NUMBER, _SUIT, gettext_lazy("Instance and kind"), gettext_lazy("Agency"),
    gettext_lazy("Head, or why none"), gettext_lazy("State"),
)  # fmt: skip
_SESSION_WIDTHS = (1.3, 1.8, 2.0, 3.0, 1.3, 2.0, 2.4, 0.8)
REGISTERS = {
    one.code: one
    for one in (
        Register("sessions", gettext_lazy("Ledger of court sessions"), _OF_SESSION, _SESSION_WIDTHS,
                 ("planned_at", "pk"), _sessions, "in_instance__case", _session_lines),
        Register(
            "papers",
            gettext_lazy("Ledger of court papers"),
            (
                pgettext_lazy("ledger", "Date of the paper"), _COURT, _NUMBER, _SUIT,
                pgettext_lazy("ledger", "Kind of paper"),
                pgettext_lazy("ledger", "Outcome"), gettext_lazy("Effective on"), gettext_lazy("Responsible unit"),
                pgettext_lazy("ledger", "Lost"),
            ),
            (1.3, 1.8, 2.0, 3.0, 1.0, 1.7, 1.3, 1.9, 0.7),
            ("made_on", "pk"),
            _papers,
            "in_instance__case",
            _paper_lines,
        ),
        Register(
            "executions",
            gettext_lazy("Ledger of executions"),
            (
                _NUMBER, _COURT, _SUIT, gettext_lazy("Direction"), gettext_lazy("Applicant"),
                gettext_lazy("Claimed, in yuan"), gettext_lazy("Received, in yuan"), gettext_lazy("Last step"),
                gettext_lazy("State"),
            ),
            (2.0, 1.8, 2.8, 1.5, 1.4, 1.3, 1.3, 1.8, 0.7),
            ("in_instance__court_key", "pk"),
            _executions,
            "in_instance__case",
            _execution_lines,
        ),
        Register("docket", gettext_lazy("Coming court sessions"), _OF_SESSION, _SESSION_WIDTHS, ("planned_at", "pk"),
                 lambda user, today, year: coming(visible_sessions(user, today), today), "in_instance__case",
                 _session_lines, is_of_year=False),
    )
}  # fmt: skip
"""By the word in the address."""


def rows_of(register: Register, user: Any, today: date, year: int, unit: int | None) -> QuerySet:
    """The rows that a person may see; of one unit, those of files in which it takes part."""
    found = register.rows(user, today, year)
    return found if unit is None else found.filter(**{f"{register.case}__in": files_of_unit(unit)})


def files_of_unit(unit: int) -> QuerySet:
    """Files in which an agency of the unit takes part."""
    taking_part = Participation.objects.filter(case__procedure=PROCEDURE, party__unit_id=unit, left_on__isnull=True)
    return taking_part.values("case_id")


def units_in_suits(user: Any, today: date) -> QuerySet[Unit]:
    """Units that are sued in suits the person sees."""
    sued = Participation.objects.filter(
        case__in=_visible(user, today), role=Participation.Role.RESPONDENT, party__unit__isnull=False
    )
    return Unit.objects.filter(pk__in=sued.values("party__unit_id")).order_by("path")


def lines_in(register: Register, rows: QuerySet, most: int) -> Iterator[Line]:
    """The lines of at most `most` rows, some hundred at a time."""
    ordered = rows.order_by(*register.order)
    for start in range(0, most, BATCH):
        some = list(ordered[start : min(start + BATCH, most)])
        yield from register.lines(some)
        if len(some) < BATCH:
            return


__all__ = ["REGISTERS", "Register", "files_of_unit", "lines_in", "rows_of", "units_in_suits"]
