"""The board of a town's judicial office, and what mediation adds to the leader's: towns, studios, kinds of dispute."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count as Rows
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casemgr.boards import figures, ground
from casemgr.boards.bars import bars, divided
from casemgr.boards.definition import Asked, Board, Cell, Listing, Panel, add
from casemgr.boards.definition import register as register_board
from casemgr.boards.measures import Count, register
from casemgr.boards.months import began, last_months, name_of
from casemgr.cases.models import Case
from casemgr.cases.queries import CaseQuerySet
from casemgr.cases.worklist import QUEUES, unfinished
from casemgr.indicators.definition import Dimension
from casemgr.indicators.period import Period
from casemgr.organisation.models import Unit
from casemgr.pages.charts import Chart, Kind, Series, Tile, Value
from casemgr.pages.requests import row_id
from mediation.models import PROCEDURE, Risk, Studio, StudioState
from mediation.organisations.coverage import Coverage, Reading, coverage
from mediation.tables.areas import REPORTING, Areas
from mediation.tables.months import Rules
from mediation.terms import DisputeType

TOWN = Board("town", gettext_lazy("Board of the town's judicial office"), ("town",), 30)
KINDS, SHOWN = 5, 10
"""Kinds of dispute told apart in a picture, the others together; mediators in a picture."""
TAKEN_ON = "success-of-taken-on"
RATES = ("success-of-closed", TAKEN_ON, "agreements-performed")


def open_disputes(user: Any, today: date) -> CaseQuerySet:
    return ground.still_open(user, today, PROCEDURE)


def _of_town(cases: CaseQuerySet, key: str, today: date) -> CaseQuerySet:
    pk = row_id(key)
    return cases.filter(unit_id__in=Areas().of_town(pk, today)) if pk is not None else cases.none()


def at_risk(user: Any, today: date) -> CaseQuerySet:
    seen = Case.objects.visible_to(user, today).filter(procedure=PROCEDURE).exclude(state="VOID")
    return seen.filter(pk__in=Risk.objects.filter(ended_on__isnull=True).order_by().values("case_id"))


def files_to_check(user: Any, today: date) -> CaseQuerySet:
    seen = unfinished(Case.objects.visible_to(user, today).filter(procedure=PROCEDURE))
    return seen.filter(QUEUES["to_archive"].condition(today))


def overdue(user: Any, today: date) -> CaseQuerySet:
    return ground.overdue(user, today).filter(procedure=PROCEDURE)


OPEN = Count(
    "open-disputes",
    gettext_lazy("Open disputes"),
    gettext_lazy("Mediation cases opened by today and not closed. Cases entered by mistake do not count."),
    open_disputes,
    {"town": _of_town},
    (PROCEDURE,),
)
AT_RISK = Count(
    "disputes-at-risk",
    gettext_lazy("Disputes that may escalate"),
    gettext_lazy("Mediation cases with a risk of escalation that has not ended."),
    at_risk,
    procedures=(PROCEDURE,),
)
TO_CHECK = Count(
    "files-to-check",
    gettext_lazy("Files to check"),
    gettext_lazy("Closed mediation cases whose file is not in the archive yet and in which nothing is due any more."),
    files_to_check,
    procedures=(PROCEDURE,),
)
OVERDUE = Count(
    "overdue-disputes",
    gettext_lazy("Overdue disputes"),
    gettext_lazy("Mediation cases not archived of which a period of our own side is past its last day."),
    overdue,
    procedures=(PROCEDURE,),
)


def towns_panel(asked: Asked) -> Panel:
    """Every town and street with its studios by both readings, and its open disputes."""
    areas = Areas()
    standing, new = (coverage(asked.today, reading=reading) for reading in (Reading.STANDING, Reading.NEW))
    found: dict[int, int] = defaultdict(int)
    cases = OPEN.cases(asked.user, asked.today).order_by()
    for unit, rows in cases.values_list("unit_id").annotate(rows=Rows("pk")):
        if (town := areas.town_of(unit, asked.today)) is not None:
            found[town.pk] += rows
    by_code = {place.code: (place.studios, fresh.studios)
               for place, fresh in zip(standing.places, new.places, strict=True)}  # fmt: skip
    towns = sorted(
        (unit for unit in areas.units.values() if unit.pk in found or unit.code in by_code),
        key=lambda unit: (unit.kind not in REPORTING, unit.code),
    )
    chart = bars(
        OPEN,
        "town",
        [(unit.pk, unit.short_name or unit.name, found[unit.pk]) for unit in towns],
        code="open-by-town",
        title=_("Open disputes by town"),
        head=pgettext("figures", "Town"),
        words=_("open"),
        summary=_("%(count)s disputes are open in %(towns)s towns.")
        % {"count": sum(found.values()), "towns": sum(1 for unit in towns if found[unit.pk])},
        nothing=_("No dispute is open."),
    )
    rows = tuple(_town_row(unit, *by_code[unit.code]) for unit in towns if unit.code in by_code)
    listing = Listing(
        (pgettext("figures", "Town"), Reading.STANDING.label, Reading.NEW.label), rows, _("There is no town.")
    )
    tiles = (_covered(standing), _covered(new))
    return Panel("towns", _("Towns and their studios"), tiles, (chart,), listing, address=reverse("studio_coverage"))


def _town_row(unit: Unit, standing: tuple[str, ...], new: tuple[str, ...]) -> tuple[Cell, ...]:
    return (
        Cell(unit.name, OPEN.address(town=unit.pk)),
        *(
            Cell(pgettext("list of names", ", ").join(names) if names else pgettext("no studio", "none"),
                 css="ok" if names else "late", label=label)
            for names, label in ((standing, Reading.STANDING.label), (new, Reading.NEW.label))
        ),
    )  # fmt: skip


def _covered(found: Coverage) -> Tile:
    label = _("Towns with a studio: %(reading)s") % {"reading": Reading(found.reading).label}
    if found.percent is None:
        return Tile(label, _("There is no town."), reverse("studio_coverage"))
    missing = len(found.missing)
    note = _("%(percent)s %%, %(count)s missing") % {"percent": found.percent, "count": missing}
    return Tile(
        label, f"{found.covered} / {found.total}", reverse("studio_coverage"), note, "soon" if missing else "ok"
    )


def kinds_panel(asked: Asked) -> Panel | None:
    """Disputes taken on in each of the last twelve months by kind: the most frequent ones, the others together."""
    taken_on = figures.known_to(asked, TAKEN_ON)
    if taken_on is None:
        return None
    months = last_months(asked.today)
    found = began(asked, taken_on, months, Dimension.CAUSE)
    sums: dict[str, int] = defaultdict(int)
    for (_place, kind), rows in found.items():
        sums[kind] += rows
    first = sorted(sums, key=lambda kind: (-sums[kind], str(kind)))[:KINDS]
    names = {kind: str(label) for kind, label in DisputeType.choices}

    def number(place: int, kind: str) -> Value:
        address = figures.rows_address(taken_on, months[place], asked.today, "counted", cause=kind)
        return Value(found.get((place, kind), 0), address)

    every = range(len(months))
    series = [Series(names.get(kind, kind), tuple(number(place, kind) for place in every)) for kind in first]
    if len(sums) > len(first):
        rest = [sum(found.get((place, kind), 0) for kind in sums if kind not in first) for place in every]
        series.append(Series.of(pgettext("kinds of dispute", "others"), rest))
    chart = Chart(
        code="dispute-kinds",
        title=_("Disputes taken on by month and kind"),
        kind=Kind.COLUMNS,
        head=_("Month"),
        labels=tuple(name_of(month) for month in months),
        series=tuple(series),
        summary=_("%(count)s disputes in twelve months; most often: %(kind)s.")
        % {"count": sum(sums.values()), "kind": names.get(first[0], first[0]) if first else "–"},
        is_stacked=True,
        nothing=_("No dispute was taken on in twelve months."),
    )
    return Panel("kinds", _("Trend of disputes"), charts=(chart,))


def town_panel(asked: Asked) -> Panel:
    """What a town's office looks at first, and its table of the running month."""
    user, today = asked.user, asked.today
    studios = Studio.objects.visible_to(user, today).filter(state=StudioState.ACTIVE).count()
    opened, late, risk, files = (one.number(user, today) for one in (OPEN, OVERDUE, AT_RISK, TO_CHECK))
    tiles = [
        Tile(OPEN.name, str(opened), OPEN.address()),
        Tile(OVERDUE.name, str(late), OVERDUE.address(), "", "late" if late else "ok"),
        Tile(AT_RISK.name, str(risk), AT_RISK.address(), "", "late" if risk else "ok"),
        Tile(TO_CHECK.name, str(files), TO_CHECK.address()),
        Tile(_("Active studios"), str(studios), f"{reverse('studio_list')}?show={StudioState.ACTIVE}"),
        *_month_tiles(asked),
        *(tile for code in RATES if (tile := figures.tile(asked, code)) is not None),
    ]
    return Panel("town", _("Overview"), tuple(tiles))


def _month_tiles(asked: Asked) -> list[Tile]:
    """Disputes mediated to an end in the running month, as table M-1 counts them."""
    ended = figures.known_to(asked, "success-of-closed")
    if ended is None:
        return []
    rules = Rules()
    month = rules.month_of(asked.today)
    period = Period(rules.first_day(month), rules.last_day(month), asked.today)
    figure = figures.read(asked, ended, period).total
    address = figures.rows_address(ended, period, asked.today, "counted")
    sheet = f"{reverse('table_sheet', args=['M-1'])}?{urlencode({'year': month.year, 'month': month.month})}"
    words = _("of these %(count)s with success") % {"count": figure.numerator}
    return [
        Tile(_("Ended in the table's month %(month)s") % {"month": month}, str(figure.denominator), address, words),
        Tile(_("This month's table (M-1)"), str(month), sheet),
    ]


def late_panel(asked: Asked) -> Panel:
    """Overdue disputes by mediator."""
    people = divided(
        OVERDUE.cases(asked.user, asked.today), "lead_handler_id", "lead_handler__full_name", _("Nobody yet")
    )
    chart = bars(
        OVERDUE,
        "handler",
        people[:SHOWN],
        code="overdue-mediators",
        title=_("Overdue disputes by mediator"),
        head=_("Mediator"),
        words=_("overdue"),
        summary=_("%(count)s disputes are overdue.") % {"count": sum(rows for _pk, _name, rows in people)},
        nothing=_("Nothing is overdue."),
        is_bad=True,
    )
    return Panel("late", _("Overdue"), charts=(chart,), address=OVERDUE.address())


def connect() -> None:
    """Called from `AppConfig.ready()` of mediation."""
    register_board(TOWN)
    register(OPEN, AT_RISK, TO_CHECK, OVERDUE)
    add("leader", "towns", 50, towns_panel)
    add("leader", "kinds", 70, kinds_panel)
    add("town", "town", 20, town_panel)
    add("town", "late", 30, late_panel)
    add("town", "kinds", 40, kinds_panel)


__all__ = ["connect", "kinds_panel", "late_panel", "town_panel", "towns_panel"]
