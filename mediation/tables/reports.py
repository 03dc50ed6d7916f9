"""The tables as reports: `manage.py report M-1 --year 2026 --month 3`, and the same through the API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.indicators.further_reports import NoReport
from casemgr.indicators.tables.definition import Text
from mediation.organisations.permission import may_look
from mediation.tables import export
from mediation.tables.asking import Asked, NoTable, asked, demand_bounded, sheet_of
from mediation.tables.definition import Definition, definitions
from mediation.tables.files import file_of


@dataclass(frozen=True)
class TableReport:
    """One definition, answered for a person's reach."""

    definition: Definition

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def name(self) -> Text:
        return self.definition.name

    @property
    def formula(self) -> Text:
        return self.definition.formula

    def is_known_to(self, user: Any, today: date) -> bool:
        return getattr(user, "is_system", False) or may_look(user, today)

    def as_dict(self, params: Mapping[str, str], user: Any, today: date) -> dict[str, Any]:
        return export.as_dict(sheet_of(self._asked(params, user, today), user, today))

    def file(self, params: Mapping[str, str], user: Any, today: date, form: str) -> tuple[bytes, int]:
        content, _media, rows = file_of(self._asked(params, user, today), user, today, form)
        return content, rows

    def _asked(self, params: Mapping[str, str], user: Any, today: date) -> Asked:
        try:
            found = asked(self.definition, params, today)
            demand_bounded(found, user, today)
            return found
        except NoTable as problem:
            raise NoReport(str(problem)) from problem


def reports() -> tuple[TableReport, ...]:
    return tuple(TableReport(definition) for definition in definitions().values())
