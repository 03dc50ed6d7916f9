"""What litigation shows on the leader's board: the backlog against its target, heads in court, suits lost this week."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from casemgr.boards import figures, ground
from casemgr.boards.definition import Asked, Cell, Listing, Panel, add
from casemgr.boards.measures import Count, Measure, register
from casemgr.cases.models import Case
from casemgr.cases.queries import CaseQuerySet
from casemgr.indicators.definition import indicators
from casemgr.pages.charts import Chart, Kind, Series, Tile, Value
from litigation.backlog.clearance import milestones
from litigation.backlog.figures import Board, board_of
from litigation.court.appearance import Budget
from litigation.court.docket import coming, visible_sessions, without_head
from litigation.court.figures import assessed_line, coming_number, percent_of
from litigation.court.lines import lines_of
from litigation.models import PROCEDURE, AppearanceLine, BacklogItem, BacklogYear, CourtSession

LOSS_RATE = "loss-rate"
LINES, POINTS = 5, 20
"""Rows of a list; points of the course behind today."""


def backlog_of(user: Any, today: date) -> Board | None:
    """The newest plan that has begun, as its own page reads it; None as long as no base is taken."""
    year = BacklogYear.objects.filter(year__lte=today.year).order_by("-year").first()
    if year is None or year.snapshot_on is None:
        return None
    return board_of(year, today, seen=BacklogItem.objects.visible_to(user, today))


def _items(board: Board, kind: str, **further: object) -> str:
    return f"{reverse('backlog_items')}?{urlencode({'year': board.year.year, 'set': kind, **further})}"


def backlog_panel(asked: Asked) -> Panel | None:
    """Cleared of the base, what is missing, the pace it takes, and the units it hangs on."""
    board = asked.once("backlog", lambda: backlog_of(asked.user, asked.today))
    if board is None or board.figure.is_empty:
        return None
    figure, ahead = board.figure, board.forecast
    still = figure.base - figure.cleared
    pace = ahead.per_week_needed
    outlook = {
        "yes": _("within reach"),
        "no": _("not at this pace"),
        "open": _("may or may not be reached"),
    }[board.outlook]
    tiles = (
        Tile(_("Backlog cleared"), f"{figure.percent} %", _items(board, "cleared"),
             f"{figure.cleared} / {figure.base}", "ok" if figure.is_reached else "late"),
        Tile(_("Missing to the target"), str(figure.missing), _items(board, "open"),
             _("target %(target)s %% by %(day)s") % {"target": f"{figure.target.normalize():f}",
                                                     "day": board.year.target_on.isoformat()},
             "late" if figure.missing else "ok"),
        Tile(_("Still open"), str(still), _items(board, "open"),
             _("of these %(count)s paused by a court") % {"count": board.paused} if board.paused else ""),
        Tile(_("Needed each week"), f"{float(pace):.1f}" if pace is not None else "–", "",
             outlook, "" if figure.is_reached else {"yes": "ok", "no": "late", "open": "soon"}[board.outlook]),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(line.unit.name, _items(board, "pressed", unit=line.unit.pk)),
            Cell(str(line.figure.missing), label=_("Missing to the target")),
            Cell(_("Press the unit"), _letter(board, line.unit.pk), is_step=True),
        )
        for line in board.lines
        if line.figure.missing
    )
    listing = Listing(
        (_("Responsible unit"), _("Missing to the target"), _("Step")), rows[:LINES], _("No unit has an open item.")
    )
    return Panel("backlog", _("Backlog of effective rulings"), tiles, (_course(board, asked.today),), listing,
                 address=f"{reverse('backlog_board')}?year={board.year.year}")  # fmt: skip


def _letter(board: Board, unit: int) -> str:
    return f"{reverse('backlog_letter_new')}?{urlencode({'year': board.year.year, 'unit': unit, 'matter': 'backlog'})}"


def _course(board: Board, today: date) -> Chart:
    """What was open on days up to today, and what may be at the end of each week to the day of the target."""
    gone = board.burn_down
    stride = max(-(-len(gone) // POINTS), 1)
    behind = gone[::-1][::stride][::-1]
    figure = board.figure
    ahead = [(day, figure.base - cleared) for day, cleared in milestones(figure, today, board.year.target_on)]
    still = figure.base - figure.cleared
    last = len(behind) - 1
    opened = [
        Value(left, _items(board, "open", **({} if place == last else {"on": day.isoformat()})))
        for place, (day, left) in enumerate(behind)
    ]
    aim = [Value(None)] * last + [Value(still if ahead else None)] if behind else []
    return Chart(
        code="backlog-course",
        title=_("Still open, and the pace to the target"),
        kind=Kind.LINE,
        head=_("Day"),
        labels=tuple(f"{day:%m-%d}" for day, _left in (*behind, *ahead)),
        series=(
            Series(_("still open"), (*opened, *(Value(None) for _point in ahead))),
            Series(_("at the needed pace"), (*aim, *(Value(left) for _day, left in ahead)), is_aim=True),
        ),
        summary=_("%(open)s of %(base)s are open; %(missing)s more must be cleared by %(day)s.")
        % {"open": still, "base": figure.base, "missing": figure.missing, "day": board.year.target_on.isoformat()},
    )


def budget(asked: Asked) -> Budget:
    """How many of the units still to be heard this year may be missed, by the line that the plan assesses."""
    line = assessed_line(asked.today.year)
    figure = figures.read(asked, indicators()[line]).total
    number = coming_number(asked.user, asked.today.year, asked.today, line)
    return Budget(figure.numerator, figure.denominator, number, percent_of(asked.today.year, line))


def appearance_panel(asked: Asked) -> Panel | None:
    """The assessed line, what may still be missed, and the sessions that lack a head."""
    line = assessed_line(asked.today.year)
    if figures.known_to(asked, line) is None:
        return None
    left = budget(asked)
    lacking = without_head(coming(visible_sessions(asked.user, asked.today), asked.today))
    sessions, missing = list(lacking.order_by("planned_at", "pk")[:LINES]), lacking.count()
    docket = reverse("court_sessions")
    assessed = figures.tile(asked, line)
    tiles = (
        *((assessed,) if assessed is not None else ()),
        Tile(_("Absences the target still allows"), str(left.spare) if left.spare >= 0 else _("none"),
             reverse("head_appearance"), _spare_words(left), _spare_tone(left)),
        Tile(_("Sessions without a named head"), str(missing), f"{docket}?show=missing",
             _("of the coming ones"), "soon" if missing else "ok"),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(one.when, f"{docket}?show=missing"),
            Cell(str(one.session.in_instance), one.session.in_instance.case.get_absolute_url(), label=_("Suit")),
            Cell(pgettext("list of names", ", ").join(agency.name for agency in one.agencies), label=_("Agency")),
        )
        for one in lines_of(sessions)
    )
    listing = Listing(
        (_("Planned for"), _("Suit"), _("Agency")), rows, _("Every coming session has a named head."),
        f"{docket}?show=missing",
    )  # fmt: skip
    return Panel("appearance", _("Heads in court"), tiles, listing=listing,
                 note=_("Assessed: %(line)s") % {"line": dict(AppearanceLine.choices)[line]},
                 address=reverse("head_appearance"))  # fmt: skip


def _spare_words(left: Budget) -> str:
    if left.spare < 0:
        return _("the target is out of reach this year")
    return ngettext("%(count)s unit is still to be heard", "%(count)s units are still to be heard", left.coming) % {
        "count": left.coming
    }


def _spare_tone(left: Budget) -> Any:
    return "late" if left.spare < 0 else "soon" if left.spare == 0 and left.coming else "ok"


def suits_without_head(user: Any, today: date) -> CaseQuerySet:
    sessions: QuerySet[CourtSession] = without_head(coming(visible_sessions(user, today), today))
    seen = Case.objects.visible_to(user, today).filter(procedure=PROCEDURE)
    return seen.filter(pk__in=sessions.order_by().values("in_instance__case"))


WITHOUT_HEAD = Count(
    "suits-without-head",
    gettext_lazy("Suits with a coming session without a named head"),
    gettext_lazy("Suits before the court with a planned court session for which some agency has neither named a head "
                 "nor explained the absence."),
    suits_without_head,
    procedures=(PROCEDURE,),
)  # fmt: skip
SPARE = Measure(
    "appearance-spare",
    gettext_lazy("Absences the target still allows"),
    lambda user, today: budget(Asked(user, today)).spare,
    lambda: reverse("head_appearance"),
    (PROCEDURE,),
)


def _missing(user: Any, today: date) -> int | None:
    board = backlog_of(user, today)
    return board.figure.missing if board is not None else None


MISSING = Measure(
    "backlog-missing", gettext_lazy("Backlog items missing to the target"), _missing,
    lambda: reverse("backlog_board"), (PROCEDURE,),
)  # fmt: skip


def _week(asked: Asked) -> list[Tile]:
    """Suits lost and backlog items cleared in the last seven days."""
    lost = figures.counted(asked, LOSS_RATE, "hit", pgettext("board", "Suits lost"), is_bad=True)
    found = [lost] if lost is not None else []
    board = asked.once("backlog", lambda: backlog_of(asked.user, asked.today))
    if board is not None:
        since = asked.week.first
        cleared = board.cleared_since(since)
        found.append(Tile(_("Backlog items cleared"), str(cleared), _items(board, "cleared", since=since.isoformat())))
    return found


def connect() -> None:
    """Called from `AppConfig.ready()` of litigation."""
    register(WITHOUT_HEAD, SPARE, MISSING)
    ground.add_to_week(_week)
    add("leader", "backlog", 30, backlog_panel)
    add("leader", "appearance", 40, appearance_panel)


__all__ = ["appearance_panel", "backlog_panel", "budget", "connect"]
