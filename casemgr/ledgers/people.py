"""Who is named in a row, and what was decided about each: the known party, or somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casemgr.pages.sheets import cells
from casemgr.pages.sheets.rows import Row
from casemgr.parties import names
from casemgr.parties.duplicates import Particulars
from casemgr.parties.identity import guess_kind
from casemgr.parties.models import Party

HIDDEN = "*"


class DecidedRow(dict[str, Any]):
    """A row about whose people somebody has decided: ids of known parties, by column and place in the cell."""

    chosen: Mapping[tuple[str, int], int]


def chosen_party(row: Row, column: str, position: int) -> int | None:
    """The known party that was chosen for somebody named in the row."""
    return getattr(row, "chosen", {}).get((column, position))


@dataclass(frozen=True)
class PersonInRow:
    """Somebody whom a cell names, the `position`th in it."""

    column: str
    position: int
    told: Particulars
    number_column: str = ""
    phone_column: str = ""


def kind_of(name: str, number: str) -> str:
    """An organisation shows by its code or its name; else a person."""
    is_code = len(number) == 18 and not number[:17].isdigit() and HIDDEN not in number
    return Party.Kind.ORGANISATION if is_code or names.organisation_core(name) != name else Party.Kind.PERSON


def people_in(row: Row, column: str, today: date, *, number: str = "", phone: str = "") -> Iterator[PersonInRow]:
    """Those of one cell, with the numbers and telephones that stand in as many places of other cells."""
    found = cells.several(row, column)
    numbers, phones = (_as_many(row, other, len(found)) for other in (number, phone))
    for position, name in enumerate(found):
        own = numbers[position]
        kind = kind_of(name, own)
        told = Particulars(
            name=name,
            number=own or None,
            phone=phones[position] or None,
            kind=kind,
            identity_kind=guess_kind(own, is_person=kind == Party.Kind.PERSON, today=today) if own else None,
        )
        yield PersonInRow(column, position, told, number, phone)


def _as_many(row: Row, column: str, count: int) -> list[str]:
    """What is hidden in part, or does not stand in as many places, tells nothing."""
    found = [part.strip() for part in cells.text(row, column).split("、")] if column else []
    if len(found) != count:
        return [""] * count
    return ["" if HIDDEN in part else part for part in found]


__all__ = ["DecidedRow", "PersonInRow", "chosen_party", "kind_of", "people_in"]
