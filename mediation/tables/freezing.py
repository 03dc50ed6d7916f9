"""Submitting a month: its lines and the rows behind them are kept as they are counted then."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from casemgr.actions.errors import Refusal
from casemgr.indicators.tables.definition import Values, add, to_json
from mediation.models import ReturnLine, ReturnRow, TableReturn
from mediation.tables.areas import Areas
from mediation.tables.counting import BESIDE, lines_with_beside, told_elsewhere
from mediation.tables.definition import Definition, Row, Span
from mediation.tables.months import Month, Rules

NAMED = 5


class Counted:
    """A town's month as the register gives it now."""

    def __init__(self, definition: Definition, town_id: int, month: Month, today: date) -> None:
        areas, span = Areas(), Rules().span(month, today)
        elsewhere = told_elsewhere(definition, month, town_id)
        committees = [pk for pk in areas.of_town(town_id, span.last) if pk not in elsewhere]
        self.definition, self.areas, self.span = definition, areas, span
        self.rows: list[Row] = definition.counted(span, committees)
        beside = definition.beside(span, committees) if definition.beside else {}
        standing = [pk for pk in areas.standing(span.first, span.last) if pk in set(committees)]
        kept = {key: dict(value) for key, value in beside.items()}
        self.lines: dict[int, Values] = lines_with_beside(definition, self.rows, kept, standing)
        self.values: Values = add(*self.lines.values())

    @property
    def is_zero(self) -> bool:
        return not any(value for code, value in self.values.items() if code not in BESIDE)

    def refusals(self) -> list[Refusal]:
        """Every check that a line or the sum breaks and that keeps the month from being submitted."""
        return [Refusal(f"check-{code}", text) for code, text in self._broken(blocks=True)]

    def warnings(self) -> list[str]:
        return [text for _code, text in self._broken(blocks=False)]

    def _broken(self, *, blocks: bool) -> list[tuple[str, str]]:
        places: dict[str, list[str]] = {}
        texts: dict[str, str] = {}
        for committee, values in self.lines.items():
            for check in self.definition.broken(values):
                if check.blocks == blocks:
                    places.setdefault(check.code, []).append(self.areas.units[committee].name)
                    texts[check.code] = str(check.message)
        for check in self.definition.broken(self.values):
            if check.blocks == blocks and check.code not in places:
                places[check.code], texts[check.code] = [_("together")], str(check.message)
        return [(code, f"{texts[code]} {_named(names)}") for code, names in places.items()]


def _named(names: list[str]) -> str:
    more = "……" if len(names) > NAMED else ""
    return f"（{'、'.join(names[:NAMED])}{more}）"


def freeze(returned: TableReturn, counted: Counted) -> None:
    """Write lines and rows anew. The caller holds the lock of the month and has asked the checks."""
    returned.lines.all().delete()
    returned.rows.all().delete()
    for committee, values in counted.lines.items():
        ReturnLine.objects.create(table=returned, committee_id=committee, values=to_json(values))
    ReturnRow.objects.bulk_create(
        [
            ReturnRow(
                table=returned,
                committee_id=row.committee,
                case_id=row.case,
                on=row.on,
                words=str(row.words)[:200],
                values=to_json(row.values),
            )
            for row in counted.rows
        ],
        batch_size=500,
    )


def has_ended(span: Span, today: date) -> bool:
    """A month is over at the end of its last day."""
    return span.last < today
