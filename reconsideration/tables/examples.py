"""Example layouts of files: single cases of reconsideration, and table T2."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from casemgr.indicators.tables.examples import Example
from casemgr.indicators.tables.models import Layout
from reconsideration.tables.base import BASE
from reconsideration.tables.official import T2

_NOTE = _("Example: the platform's layout is not published.")
CASES = Example(
    _("Single cases, example"),
    BASE.code,
    (
        (_("Case number"), "number"),
        (_("Received on"), "application.on"),
        (_("Matter"), "application.matter"),
        (_("Respondent's level"), "application.level"),
        (_("Applicants"), "application.value"),
        (_("Accepted on"), "trial.on"),
        (_("Closed on"), "application.until"),
        (_("Ended as"), "application.ended"),
    ),
    _NOTE,
)
LINES = Example(
    _("Table T2, example"),
    T2.code,
    (
        (_("Year"), "year"),
        (_("Code of the line"), "line"),
        (_("Name of the line"), "line_name"),
        *((column.label, f"column.{column.code}") for column in T2.columns),
    ),
    _NOTE,
    Layout.Form.XLSX,
)
EXAMPLES = (CASES, LINES)
