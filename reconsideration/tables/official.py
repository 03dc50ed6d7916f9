"""Tables T1 to T5 and T11 of administrative reconsideration."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from casemgr.indicators.tables.definition import Column, Values, numbered
from casemgr.indicators.tables.facts import Count, Moment
from casemgr.indicators.tables.official import Book, BookCheck, OfficialTable
from reconsideration.models import PROCEDURE
from reconsideration.tables import columns
from reconsideration.tables.base import BASE
from reconsideration.tables.course import APPLICATION

_COUNTED = _(
    "An application counts as new on the day it came in, as accepted and as closed on the days of these steps; each is "
    "counted once for each step. Open is what came in by the last day and had not ended by then. An acceptance by "
    "silence counts on the last day of the examination. Where the day of receipt is not known, the first known day of "
    "the case is taken. Applications entered by mistake do not count, nor do cases of the past of which nobody knows "
    "when they ended. Group cases have more than ten applicants, before 1 July 2026 more than five. What was entered "
    "after a period was locked is told with the next one."
)
_BY_LINE = (*columns.intake(), *columns.closed(), *columns.standing())
_SHOWN = ("carried", "new", "accepted", "refused", "closed", "open")
_CHECKS = (columns.BALANCE, columns.CLOSED, *columns.PARTS)


def _same_as(other: str) -> Callable[[Mapping[str, Values]], bool]:
    return lambda totals: all(totals["T1"][one.code] == totals[other][one.code] for one in _BY_LINE)


BOOK = Book(
    "reconsideration",
    _("Tables of administrative reconsideration"),
    PROCEDURE,
    ("head",),
    (
        *(
            BookCheck(f"t1-{other.lower()}", message, _same_as(other))
            for other, message in (
                ("T2", _("The sum of table T2 must be that of table T1.")),
                ("T3", _("The sum of table T3 must be that of table T1.")),
                ("T4", _("The sum of table T4 must be that of table T1.")),
            )
        ),
        BookCheck(
            "t1-t5",
            _("The sum of table T5 must be the applications not accepted in table T1."),
            lambda totals: totals["T1"]["refused"] == totals["T5"]["refused"],
        ),
        BookCheck(
            "t1-t11",
            _("Tables T1 and T11 must tell of the same number of cases closed."),
            lambda totals: totals["T1"]["closed"] == totals["T11"]["closed"],
        ),
    ),
)


def _table(code: str, name, *listed: Column, **options) -> OfficialTable:
    options = {"formula": _COUNTED, "checks": _CHECKS, **options}
    return OfficialTable(
        code=code, name=name, columns=numbered(listed), base=BASE.code, book=BOOK.code, in_list=_SHOWN, **options
    )


T1 = _table("T1", _("T1 Applications received and cases closed"), *_BY_LINE, *columns.beside())
T2 = _table("T2", _("T2 Cases by matter"), *_BY_LINE, lines="matter", dim="matter")
T3 = _table("T3", _("T3 Cases by field of administration"), *_BY_LINE, lines="area", dim="area")
T4 = _table("T4", _("T4 Cases by level of the respondent"), *_BY_LINE, lines="level", dim="level")
T5 = _table(
    "T5",
    _("T5 Applications not accepted, by ground"),
    Column("refused", _("Not accepted"), Count(APPLICATION, Moment.ENDED, {"ended": ("not_accepted",)})),
    lines="refusal",
    dim="ground",
    checks=(),
    formula=_("An application not accepted counts on the day of that decision, by the ground named (article 30(1))."),
)
T11 = _table(
    "T11",
    _("T11 Quality of reconsideration"),
    *columns.quality(),
    checks=(),
    rates=columns.RATES,
    formula=_(
        "Direct correction rate = annulled, partly annulled, changed, confirmed illegal or void and performance "
        "ordered ÷ decisions on the matter. Rate of mediation and withdrawal = closed by mediation or terminated upon "
        "withdrawal ÷ cases closed. Rate of suits = suits brought in the period over cases of this office ÷ cases "
        "closed; rate of disputes that ended here = the rest. Each counts on its own day, so suits of the period may "
        "concern cases closed before it. Publications divide by different things: compare with the formula in hand."
    ),
)
TABLES = (T1, T2, T3, T4, T5, T11)
