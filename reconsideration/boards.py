"""The board of the head of the reconsideration office, and what reconsideration adds to the leader's."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Value, When
from django.db.models import Count as Rows
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casemgr.boards import figures, ground
from casemgr.boards.bars import bars, divided
from casemgr.boards.definition import WEEK, Asked, Board, Cell, Listing, Panel, add
from casemgr.boards.definition import register as register_board
from casemgr.boards.measures import NOBODY, Count, register
from casemgr.boards.months import began, last_months, name_of
from casemgr.cases.models import Case, Deadline
from casemgr.cases.procedure import STAGE_LABELS, Stage
from casemgr.cases.queries import CaseQuerySet
from casemgr.documents.panels import unserved_papers
from casemgr.indicators.period import year_of
from casemgr.indicators.reading import source
from casemgr.indicators.rollup import is_built
from casemgr.pages.charts import Chart, Kind, Series, Tile
from casemgr.pages.charts import Value as Number
from casemgr.pages.dates import moment, short_date
from casemgr.pages.requests import row_id
from reconsideration.hearings.listing import joined, lines_of, listed
from reconsideration.indicators.periods import DECISION_PERIODS
from reconsideration.indicators.quality import CORRECTION
from reconsideration.models import PROCEDURE

HEAD = Board("head", gettext_lazy("Board of the reconsideration office"), ("head",), 20)
SOON, LATER = 14, 30
AGES: tuple[tuple[str, Any, int, int | None], ...] = (
    ("30", gettext_lazy("up to 30 days"), 0, 30),
    ("60", gettext_lazy("31 to 60 days"), 31, 60),
    ("more", gettext_lazy("more than 60 days"), 61, None),
)
"""Days since a case was opened: code, words, from, to."""
STAGES = (Stage.INTAKE, Stage.WAITING, Stage.OPEN, Stage.DECIDED, Stage.PERFORMING)
SHOWN, HEARINGS = 12, 6
RATES = ("on-time", "sixty-days", "direct-correction", "mediated-or-withdrawn")


def open_cases(user: Any, today: date) -> CaseQuerySet:
    """As the load per handler counts them: opened by today and not closed."""
    return ground.still_open(user, today, PROCEDURE)


def _of_age(cases: CaseQuerySet, code: str, today: date) -> CaseQuerySet:
    found = next(((first, last) for one, _words, first, last in AGES if one == code), None)
    if found is None:
        return cases.none()
    first, last = found
    cases = cases.filter(opened_on__lte=today - timedelta(days=first))
    return cases if last is None else cases.filter(opened_on__gte=today - timedelta(days=last))


def _of_stage(cases: CaseQuerySet, code: str, _today: date) -> CaseQuerySet:
    return cases.filter(stage=code[:12])


def decision_due(user: Any, today: date, first: date | None, last: date) -> CaseQuerySet:
    """With a running decision period whose last day lies in the span."""
    periods = Deadline.objects.filter(status=Deadline.Status.OPEN, rule__in=DECISION_PERIODS, due_on__lte=last)
    if first is not None:
        periods = periods.filter(due_on__gte=first)
    seen = Case.objects.visible_to(user, today).filter(procedure=PROCEDURE)
    return seen.filter(pk__in=periods.order_by().values("case_id"))


OPEN = Count(
    "open-reconsiderations",
    gettext_lazy("Open reconsideration cases"),
    gettext_lazy("Reconsideration cases opened by today and not closed. Cases entered by mistake do not count."),
    open_cases,
    {"stage": _of_stage, "age": _of_age},
    (PROCEDURE,),
)
DUE_SOON = Count(
    "decisions-due-14",
    gettext_lazy("Decisions due within 14 days"),
    gettext_lazy("Cases whose decision period ends today or within fourteen days."),
    lambda user, today: decision_due(user, today, today, today + timedelta(days=SOON)),
    procedures=(PROCEDURE,),
)
DUE_LATER = Count(
    "decisions-due-30",
    gettext_lazy("Decisions due within 30 days"),
    gettext_lazy("Cases whose decision period ends today or within thirty days."),
    lambda user, today: decision_due(user, today, today, today + timedelta(days=LATER)),
    procedures=(PROCEDURE,),
)
OVERDUE = Count(
    "decisions-overdue",
    gettext_lazy("Decisions overdue"),
    gettext_lazy("Cases whose decision period has ended without a decision."),
    lambda user, today: decision_due(user, today, None, today - timedelta(days=1)),
    procedures=(PROCEDURE,),
)


def due_panel(asked: Asked) -> Panel:
    """What must be decided when, what was in time, and which papers have not reached everybody."""
    user, today = asked.user, asked.today
    late, soon, later = (one.number(user, today) for one in (OVERDUE, DUE_SOON, DUE_LATER))
    unserved = unserved_papers(user, today).count()
    rates = [found for code in RATES if (found := figures.tile(asked, code, procedure=PROCEDURE)) is not None]
    tiles = (
        Tile(OVERDUE.name, str(late), OVERDUE.address(), "", "late" if late else "ok"),
        Tile(DUE_SOON.name, str(soon), DUE_SOON.address(), "", "soon" if soon else ""),
        Tile(DUE_LATER.name, str(later), DUE_LATER.address()),
        *rates,
        Tile(_("Papers not served yet"), str(unserved), reverse("document_unserved")),
    )
    return Panel("due", _("Decisions and periods"), tiles)


def open_panel(asked: Asked) -> Panel:
    """By stage and age, and by whoever leads them."""
    cases = OPEN.cases(asked.user, asked.today).order_by()
    whens = [When(opened_on__gte=asked.today - timedelta(days=last), then=Value(code))
             for code, _words, _first, last in AGES if last is not None]  # fmt: skip
    age = Choose(*whens, default=Value("more"), output_field=CharField())
    found: dict[tuple[str, str], int] = defaultdict(int)
    for stage, code, rows in cases.annotate(age=age).values_list("stage", "age").annotate(rows=Rows("pk")):
        found[stage, code] += rows
    stages = [one for one in (*STAGES, Stage.CLOSED) if any((one, code) in found for code, *_rest in AGES)]
    by_stage = Chart(
        code="open-stages",
        title=_("Open cases by stage and age"),
        kind=Kind.BARS,
        head=_("Stage"),
        labels=tuple(STAGE_LABELS[one] for one in stages),
        series=tuple(
            Series(words, tuple(Number(found[one, code], OPEN.address(stage=str(one), age=code)) for one in stages),
                   is_bad=code == "more")
            for code, words, _first, _last in AGES
        ),
        summary=_("%(count)s cases are open, %(old)s of them for more than 60 days.")
        % {"count": sum(found.values()), "old": sum(rows for (_s, code), rows in found.items() if code == "more")},
        is_stacked=True,
        nothing=_("No case is open."),
    )  # fmt: skip
    people = divided(cases, "lead_handler_id", "lead_handler__full_name", _("Nobody yet"))
    load = bars(
        OPEN,
        "handler",
        people[:SHOWN],
        code="load",
        title=_("Open cases per officer"),
        head=_("Officer"),
        words=_("open"),
        summary=ngettext("%(count)s officer leads open cases.", "%(count)s officers lead open cases.", len(people))
        % {"count": len(people)},
        nothing=_("No case is open."),
    )
    return Panel("open", _("Open cases"), charts=(by_stage, load), address=OPEN.address())


def corrected(user: Any, today: date) -> CaseQuerySet:
    """The numerator of the direct correction rate of the year."""
    year = year_of(today.year, today)
    found = source(CORRECTION, year, user, today, is_built=is_built(CORRECTION)).narrowed({})
    column = f"{found.prefix}case_id"
    seen = Case.objects.visible_to(user, today).filter(procedure=PROCEDURE)
    return seen.filter(pk__in=found.part("hit").order_by().values(column))


def _of_agency(cases: CaseQuerySet, key: str, _today: date) -> CaseQuerySet:
    if key == NOBODY:
        return cases.filter(act__isnull=True)
    pk = row_id(key)
    return cases.filter(act__agency_id=pk) if pk is not None else cases.none()


CORRECTED = Count(
    "corrected-acts",
    gettext_lazy("Acts corrected this year"),
    gettext_lazy("Cases decided this year by annulling the act in whole or in part, changing it, confirming it illegal "
                 "or void, or ordering performance: the numerator of the direct correction rate."),
    corrected,
    {"agency": _of_agency},
    (PROCEDURE,),
)  # fmt: skip


def corrected_panel(asked: Asked) -> Panel:
    """Corrected acts of the year by the agency that did them."""
    agencies = divided(CORRECTED.cases(asked.user, asked.today), "act__agency_id", "act__agency__name", "–")
    chart = bars(
        CORRECTED,
        "agency",
        agencies[:SHOWN],
        code="corrected-acts",
        title=_("Acts corrected this year, by agency"),
        head=_("Agency"),
        words=_("corrected"),
        summary=_("%(count)s acts of %(agencies)s agencies were corrected.")
        % {"count": sum(rows for _pk, _name, rows in agencies), "agencies": len(agencies)},
        nothing=_("No act was corrected this year."),
    )
    return Panel("corrected", _("Corrected acts"), charts=(chart,), address=CORRECTED.address())


def trend_panel(asked: Asked) -> Panel | None:
    """Cases received and closed in each of the last twelve months."""
    load = figures.known_to(asked, "load")
    if load is None:
        return None
    months = last_months(asked.today)
    series = []
    for part, words, day in (("opened", _("received"), "on"), ("closed", _("closed"), "until_on")):
        found = began(asked, load, months, day=day, narrowed={"procedure": PROCEDURE})
        values = tuple(
            Number(
                found.get((place, ""), 0),
                figures.rows_address(load, month, asked.today, part, procedure=PROCEDURE),
            )
            for place, month in enumerate(months)
        )
        series.append(Series(words, values))
    chart = Chart(
        code="reconsideration-trend",
        title=_("Cases received and closed by month"),
        kind=Kind.COLUMNS,
        head=_("Month"),
        labels=tuple(name_of(month) for month in months),
        series=tuple(series),
        summary=_("In twelve months %(received)s cases were received and %(closed)s closed.")
        % {
            "received": sum(value.number or 0 for value in series[0].values),
            "closed": sum(value.number or 0 for value in series[1].values),
        },
    )
    return Panel("trend", _("Trend"), charts=(chart,))


def hearings_panel(asked: Asked) -> Panel:
    """Those of the coming seven days, with what each lacks."""
    coming = listed(asked.user, asked.today, "coming").filter(booking__starts_at__lt=moment(asked.today + WEEK))
    rows = tuple(
        (
            Cell(one.hearing.case.title, one.hearing.case.get_absolute_url()),
            Cell(f"{short_date(one.hearing.booking.on, asked.today)} {one.hearing.booking.room or ''}".strip(),
                 label=_("Planned for")),
            Cell(str(one.lacks[0].text) if one.lacks else _("ready"), css="soon" if one.lacks else "ok",
                 label=_("State")),
        )
        for one in lines_of(list(joined(coming).order_by("booking__starts_at", "pk")[:HEARINGS]), asked.today)
    )  # fmt: skip
    listing = Listing(
        (_("Case"), _("Planned for"), _("State")), rows, _("No hearing is planned for the coming seven days."),
        reverse("hearing_list"),
    )  # fmt: skip
    return Panel("hearings", _("Hearings of the coming seven days"), listing=listing, address=reverse("hearing_list"))


def _week(asked: Asked) -> list[Tile]:
    closed = figures.counted(asked, "mediated-or-withdrawn", "counted", _("Reconsideration cases decided or ended"))
    return [closed] if closed is not None else []


def connect() -> None:
    """Called from `AppConfig.ready()` of reconsideration."""
    register_board(HEAD)
    register(OPEN, DUE_SOON, DUE_LATER, OVERDUE, CORRECTED)
    ground.add_to_week(_week)
    add("head", "due", 20, due_panel)
    add("head", "open", 30, open_panel)
    add("head", "hearings", 40, hearings_panel)
    add("head", "corrected", 50, corrected_panel)
    add("head", "trend", 60, trend_panel)


__all__ = ["connect", "due_panel", "hearings_panel", "open_panel", "trend_panel"]
