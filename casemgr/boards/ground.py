"""What the ground shows on boards: what is overdue by unit and by period, the last seven days, and the alerts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count as Rows
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgr.boards import figures
from casemgr.boards.bars import bars
from casemgr.boards.definition import WEEK, Asked, Board, Panel, add, register
from casemgr.boards.measures import Count
from casemgr.boards.measures import register as register_measures
from casemgr.cases.deadline_rows import rule_name
from casemgr.cases.models import Case, Deadline
from casemgr.cases.queries import CaseQuerySet
from casemgr.cases.worklist import QUEUES, unfinished
from casemgr.indicators.definition import Dimension
from casemgr.indicators.ground import LOAD
from casemgr.indicators.period import year_of
from casemgr.indicators.reading import source
from casemgr.indicators.rollup import is_built
from casemgr.organisation.models import Unit
from casemgr.pages.charts import Tile

LEADER = Board("leader", gettext_lazy("Board of the bureau leader"), ("leader",), 10)
SHOWN = 8
"""Units or periods in a picture; the rest is behind the number of all."""


def overdue(user: Any, today: date) -> CaseQuerySet:
    """As the worklist has them; found by their periods, of which few are past their day."""
    late = Deadline.objects.filter(status=Deadline.Status.OPEN, is_ours=True, due_on__lt=today)
    found = unfinished(Case.objects.visible_to(user, today)).filter(QUEUES["overdue"].condition(today))
    return found.filter(pk__in=late.order_by().values("case_id"))


def newly_overdue(user: Any, today: date) -> CaseQuerySet:
    """A week ago the day had not passed."""
    return overdue(user, today).filter(next_due_on__gte=today - WEEK)


def still_open(user: Any, today: date, procedure: str) -> CaseQuerySet:
    """The cases of the procedure that the load per handler counts as open on the day."""
    found = source(LOAD, year_of(today.year, today), user, today, is_built=is_built(LOAD))
    found = found.narrowed({Dimension.PROCEDURE: procedure})
    return Case.objects.visible_to(user, today).filter(pk__in=found.denominator().values(f"{found.prefix}case_id"))


def overdue_periods(user: Any, today: date) -> QuerySet[Deadline]:
    """Our own periods whose last day has passed, of overdue cases."""
    running = Deadline.objects.filter(status=Deadline.Status.OPEN, is_ours=True, due_on__lt=today)
    return running.filter(case__in=overdue(user, today).order_by().values("pk")).order_by()


def _with_period(cases: CaseQuerySet, rule: str, today: date) -> CaseQuerySet:
    running = Deadline.objects.filter(status=Deadline.Status.OPEN, is_ours=True, due_on__lt=today)
    return cases.filter(pk__in=running.filter(rule=rule[:40]).values("case_id"))


OVERDUE = Count(
    "overdue",
    gettext_lazy("Overdue cases"),
    gettext_lazy(
        "Cases not archived of which a period of our own side is past its last day. Past records do not count."
    ),
    overdue,
    {"rule": _with_period},
)
NEWLY_OVERDUE = Count(
    "newly-overdue",
    gettext_lazy("Overdue since last week"),
    gettext_lazy("Overdue cases whose earliest last day lies within the last seven days."),
    newly_overdue,
)


def overdue_panel(asked: Asked) -> Panel:
    """By unit, and by the period that was missed; a case may miss several periods and is then in several bars."""
    late = overdue(asked.user, asked.today).order_by()
    by_unit = _named(dict(late.values_list("unit_id").annotate(rows=Rows("pk"))))
    periods = overdue_periods(asked.user, asked.today)
    by_rule = list(periods.values_list("rule").annotate(rows=Rows("case", distinct=True)).order_by("-rows", "rule"))
    total = sum(rows for _unit, _name, rows in by_unit)
    units = bars(
        OVERDUE,
        "unit",
        by_unit[:SHOWN],
        code="overdue-units",
        title=_("Overdue cases by unit"),
        head=_("Unit"),
        words=_("overdue"),
        summary=_("%(cases)s overdue cases in %(units)s units.") % {"cases": total, "units": len(by_unit)},
        nothing=_("Nothing is overdue."),
        is_bad=True,
    )
    rules = bars(
        OVERDUE,
        "rule",
        [(rule, str(rule_name(rule)), rows) for rule, rows in by_rule[:SHOWN]],
        code="overdue-periods",
        title=_("Overdue cases by period missed"),
        head=_("Period"),
        words=_("overdue"),
        summary=_("%(count)s periods were missed.") % {"count": len(by_rule)},
        nothing=_("Nothing is overdue."),
        is_bad=True,
    )
    note = _("%(count)s in all.") % {"count": total} if max(len(by_unit), len(by_rule)) > SHOWN else ""
    return Panel("overdue", _("Overdue"), charts=(units, rules), note=note, address=OVERDUE.address())


def _named(rows: dict[int, int]) -> list[tuple[int, str, int]]:
    """Units with their names, the most rows first."""
    names = dict(Unit.objects.filter(pk__in=rows).order_by().values_list("pk", "name"))
    return sorted(((pk, names[pk], count) for pk, count in rows.items()), key=lambda row: (-row[2], row[1]))


def week_panel(asked: Asked) -> Panel:
    """The seven days that end today, against those before."""
    new = NEWLY_OVERDUE.number(asked.user, asked.today)
    found = [
        Tile(NEWLY_OVERDUE.name, str(new), NEWLY_OVERDUE.address(),
             _("longer overdue ones stand below"), "late" if new else "ok")
    ]  # fmt: skip
    for part, label in (("opened", _("Cases opened")), ("closed", _("Cases closed"))):
        if (tile := figures.counted(asked, "load", part, label)) is not None:
            found.append(tile)
    for further in _further_week:
        found.extend(further(asked))
    return Panel("week", _("What changed in the last seven days"), tiles=tuple(found))


_further_week: list[Any] = []


def add_to_week(source: Any) -> None:
    """`source(asked)` gives further tiles of what happened in the last seven days."""
    _further_week.append(source)


def alerts_panel(asked: Asked) -> Panel | None:
    """What rules have raised for the person and nobody has taken note of yet."""
    from casemgr.boards.alerts.reading import listing_of, open_alerts

    raised = open_alerts(asked.user)
    title = ngettext("%(count)s alert", "%(count)s alerts", len(raised)) % {"count": len(raised)}
    return Panel("alerts", title, listing=listing_of(raised), address=reverse("alert_list"))


def connect() -> None:
    register(LEADER)
    register_measures(OVERDUE, NEWLY_OVERDUE)
    add("leader", "week", 20, week_panel)
    add("leader", "overdue", 60, overdue_panel)
    for board in ("leader", "head", "town"):
        add(board, "alerts", 10, alerts_panel)
