"""The official tables as reports: `manage.py report T1 --year 2026 --as-of 2026-07-03`, and through the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.indicators.further_reports import NoReport
from casemgr.indicators.tables import export
from casemgr.indicators.tables.asking import Asked, NoTable, asked, demand_known
from casemgr.indicators.tables.comparing import beside
from casemgr.indicators.tables.counting import sheet, within_reach
from casemgr.indicators.tables.definition import Text
from casemgr.indicators.tables.files import file_of
from casemgr.indicators.tables.official import OfficialTable, official_tables
from casemgr.organisation.scope import scope


def may_see(table: OfficialTable, user: Any, today: date) -> bool:
    """Whoever sees cases of the procedure somewhere: of the units in reach, each sees the same table."""
    return getattr(user, "is_system", False) or table.procedure in scope(user, today).procedures


@dataclass(frozen=True)
class TableReport:
    """One table, answered for a person's reach."""

    table: OfficialTable

    @property
    def code(self) -> str:
        return self.table.code

    @property
    def name(self) -> Text:
        return self.table.name

    @property
    def formula(self) -> Text:
        return self.table.formula

    def is_known_to(self, user: Any, today: date) -> bool:
        return may_see(self.table, user, today)

    def as_dict(self, params: Mapping[str, str], user: Any, today: date) -> dict[str, Any]:
        request = self._asked(params, today)
        reach = within_reach(self.table.read_from, user, today)
        found = sheet(self.table, request.span, request.known, reach)
        return export.as_dict(found, request, beside(self.table, request, reach))

    def file(self, params: Mapping[str, str], user: Any, today: date, form: str) -> tuple[bytes, int]:
        return file_of(self.table, self._asked(params, today), user, today, form)

    def _asked(self, params: Mapping[str, str], today: date) -> Asked:
        """:raises NoReport:"""
        named = {"from": params.get("from") or params.get("from_", ""), "to": params.get("to", "")}
        part = params.get("part", "") or ""
        try:
            request = asked({**params, **named, "part": part}, today)
            demand_known(self.table, request)
        except NoTable as problem:
            raise NoReport(str(problem)) from problem
        return request


def reports() -> tuple[TableReport, ...]:
    return tuple(TableReport(table) for table in official_tables().values())
