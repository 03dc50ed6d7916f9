"""Whether the year's targets are reached, in whole numbers, as it stands under T7 and T9."""

from __future__ import annotations

from django.utils.translation import gettext as _

from casemgr.indicators.tables.definition import Span, Text, Values
from casemgr.pages.dates import long_date
from litigation.backlog.clearance import Clearance
from litigation.court.figures import assessed_line, percent_of
from litigation.indicators import CASES, JUSTIFIED
from litigation.indicators.appearance import NO_SESSION
from litigation.models import BacklogYear


def of_heads(values: Values, span: Span) -> list[tuple[Text, str]]:
    """Against the year's target of the line that its plan assesses; a line by case is no line of this table."""
    line = assessed_line(span.last.year)
    if line == CASES:
        return [(_("Target"), _("The plan of the year assesses the appearance by case: see the indicator."))]
    counted = int(values["counted"]) - (int(values["justified"]) if line == JUSTIFIED else 0)
    told = _judged(Clearance(counted, int(values["attended"]), percent_of(span.last.year, line)))
    return [(_("Target"), told or str(NO_SESSION))]


def of_backlog(values: Values, span: Span) -> list[tuple[Text, str]]:
    """Against the plan of the year whose base it is."""
    year = BacklogYear.objects.filter(year=span.last.year).first()
    if year is None or year.snapshot_on is None or year.snapshot_on > span.end:
        return [(_("Target"), _("The base of the year is not taken yet."))]
    figure = Clearance(int(values["base"]), int(values["cleared"]), year.target)
    taken = _("on %(day)s") % {"day": long_date(year.snapshot_on)}
    return [(_("Base taken"), taken), (_("Target"), _judged(figure) or _("No backlog"))]


def _judged(figure: Clearance) -> str:
    """Empty where nothing is counted."""
    if figure.is_empty:
        return ""
    words = (
        _("%(target)s %%: of %(base)d at least %(needed)d, and %(have)d are; reached.")
        if figure.is_reached
        else _("%(target)s %%: of %(base)d at least %(needed)d, and %(have)d are; not reached.")
    )
    target = f"{figure.target:f}".rstrip("0").rstrip(".") if "." in f"{figure.target:f}" else f"{figure.target:f}"
    return words % {"target": target, "base": figure.base, "needed": figure.needed, "have": figure.cleared}
