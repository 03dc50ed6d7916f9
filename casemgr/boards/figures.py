"""Figures as boards show them: read by the indicators alone, so that a board never says another number than they do."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from casemgr.boards.definition import Asked, Text
from casemgr.indicators.definition import Indicator, indicators
from casemgr.indicators.figures import Figure, Table, is_known_to, table
from casemgr.indicators.period import Period
from casemgr.pages.charts import Tile


def known_to(asked: Asked, code: str) -> Indicator | None:
    """The indicator, where this installation has it and it is about cases of the person."""
    found = indicators().get(code)
    return found if found is not None and is_known_to(found, asked.user, asked.today) else None


def read(asked: Asked, indicator: Indicator, period: Period | None = None, **narrowed: str) -> Table:
    """The figure of this year, or of another period; `narrowed` as for a table, such as `procedure="…"`."""
    found = {name: key for name, key in narrowed.items() if name in indicator.dimensions}
    period, by = period or asked.year, indicator.dimensions[0]
    key = (indicator.code, period, *sorted(found.items()))
    return asked.once(
        key, lambda: table(indicator, period, asked.user, asked.today, by, known=asked.known, narrowed=found)
    )


def rows_address(indicator: Indicator, period: Period, today: Any, part: str, **narrowed: object) -> str:
    """The list of exactly the rows that a number of the figure counts."""
    query: dict[str, object] = {"year": period.year, "part": part, **narrowed}
    if not period.is_a_year:
        query |= {"from": period.first.isoformat(), "to": period.last.isoformat()}
    if period.as_of != today:
        query["as_of"] = period.as_of.isoformat()
    return f"{reverse('indicator_rows', args=[indicator.code])}?{urlencode(query)}"


def words_of(figure: Figure) -> str:
    """97.96 %; for a load or a duration the bare number."""
    if figure.rate is None:
        return str(figure.indicator.nothing)
    return f"{figure.rate}{figure.indicator.sign}"


def tile(asked: Asked, code: str, **narrowed: str) -> Tile | None:
    """The rate of the year in large type, with numerator and denominator and what is still needed."""
    indicator = known_to(asked, code)
    if indicator is None:
        return None
    found = read(asked, indicator, **narrowed)
    figure, query = found.total, {"year": asked.today.year, **found.narrowed}
    address = f"{reverse('indicator_detail', args=[code])}?{urlencode(query)}"
    return Tile(indicator.name, words_of(figure), address, _note(figure), _tone(figure))


def _tone(figure: Figure) -> Any:
    return {True: "ok", False: "late", None: ""}[figure.reached]


def _note(figure: Figure) -> str:
    if not figure.denominator:
        return ""
    said = f"{figure.numerator} / {figure.denominator}"
    if figure.reached is None:
        return said
    if figure.reached:
        return _("%(said)s, target reached") % {"said": said}
    if figure.needed is None:
        return _("%(said)s, target out of reach") % {"said": said}
    return _("%(said)s, %(count)s more needed for the target") % {"said": said, "count": abs(figure.needed)}


def counted(asked: Asked, code: str, part: str, label: Text, *, is_bad: bool = False) -> Tile | None:
    """How many rows a part of the figure of the last seven days has."""
    indicator = known_to(asked, code)
    if indicator is None:
        return None
    figure = read(asked, indicator, asked.week).total
    number = {"hit": figure.numerator, "counted": figure.denominator, "opened": figure.opened, "closed": figure.closed}
    tone: Any = ("late" if number[part] else "ok") if is_bad else ""
    return Tile(label, str(number[part]), rows_address(indicator, asked.week, asked.today, part), "", tone)


__all__ = ["counted", "known_to", "read", "rows_address", "tile", "words_of"]
