"""Loading rows of the ledger, one by one or by the chunk. Number and duty tell an item from all others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from casemgr.actions.errors import InvalidInput
from casemgr.actions.perform import perform
from casemgr.ledgers import case_rows, chunks
from casemgr.ledgers.definition import UNCHANGED, Answer, Created
from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Problem, Row, RowRefused
from litigation.backlog.ledger.columns import AMOUNTS, COLUMNS, DAYS, DUTY, FIELDS, NUMBER, UNIT
from litigation.backlog.ledger.entries import Known, past_item
from litigation.backlog.ledger.writing import row_of, with_content
from litigation.backlog.past_bulk import ACTION, PastItemLane
from litigation.backlog.states import GONE
from litigation.court_numbers import key_of
from litigation.models import BacklogItem

Key = tuple[str, str]


def load(row: Row, actor: Any, today: date) -> str:
    """One row as an item. One registered with other content is refused, never overwritten."""
    key = ITEMS.key_of(row)
    if (item := ITEMS.held_by([key]).get(key)) is not None:
        ITEMS.refuse_if_different(row, item)
        return UNCHANGED
    try:
        made = perform(ACTION, None, past_item(row, today, Known()), actor, today)
    except InvalidInput as error:
        raise RowRefused(ITEMS.problems(error, row)) from error
    return Created(BacklogItem.objects.get(pk=made.pk))  # verified and cleared in the same step


def load_many(rows: Sequence[Row], actor: Any, today: date) -> list[Answer]:
    """The same for a chunk, by the bulk lane."""
    return chunks.load(ITEMS, PastItemLane(actor, today), rows, reader(today))


def reader(today: date) -> Callable[[Row], Any]:
    """Reads the cells of rows, and asks once what names in them stand for."""
    known = Known()
    return lambda row: past_item(row, today, known)


class _Items:
    """What the register holds of the rows."""

    def key_of(self, row: Row) -> Key:
        return key_of(cells.text(row, NUMBER)), cells.text(row, DUTY)

    def held_by(self, keys: Iterable[Key]) -> dict[Key, BacklogItem]:
        """Of the items of one key the oldest counts."""
        found = BacklogItem.objects.filter(court_key__in={number for number, _duty in keys}).exclude(state__in=GONE)
        return {(item.court_key, item.duty): item for item in with_content(found).order_by("-pk")}

    def refuse_if_different(self, row: Row, item: BacklogItem) -> None:
        """:raises RowRefused: the register holds something else under number and duty."""
        case_rows.refuse_if_different(row, row_of(item), _compared(item), _plain)

    def problems(self, error: InvalidInput, row: Row) -> list[Problem]:
        return case_rows.problems_of(error, lambda name: FIELDS.get(name, ""))


ITEMS = _Items()


def _compared(item: BacklogItem) -> list[str]:
    """What is cleared is performed in full, whatever the ledger says of its amount."""
    same = (NUMBER, DUTY, *(("已履行金额",) if item.cleared_on else ()))
    return [column for column in COLUMNS if column not in same]


def _plain(column: str, row: Row) -> str:
    """A cell as the register would write it out."""
    if column in DAYS:
        return cells.day_or_month(row, column)
    text = cells.text(row, column)
    if column == UNIT:
        return "、".join(cells.several(row, column))
    if column in AMOUNTS:
        try:
            return f"{Decimal(text.replace(',', '')):.2f}"
        except InvalidOperation:
            return text
    return text


__all__ = ["load", "load_many", "reader"]
