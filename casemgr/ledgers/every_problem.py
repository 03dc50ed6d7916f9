"""All that is wrong with a refused row: its reader stops at the first bad cell, a clerk wants to know of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from casemgr.ledgers.definition import Answer, Ledger
from casemgr.pages.sheets.rows import Problem, RestOfRow, Row, RowRefused
from casemgr.parties.identity import check_number, is_phone, normalise_phone
from casemgr.parties.messages import PHONE_ERROR, number_error

Reader = Callable[[Row], Any]


def every_problem_of(
    ledger: Ledger, rows: Mapping[int, Row], answers: Mapping[int, Answer], today: date
) -> dict[int, Answer]:
    """The answers of the refused ones among the numbered rows, in full."""
    refused = {number: answer for number, answer in answers.items() if not isinstance(answer, str)}
    if not refused:
        return {}
    read = ledger.reader(today)
    return {number: _every_problem(ledger, read, rows[number], told, today) for number, told in refused.items()}


def _every_problem(ledger: Ledger, read: Reader, row: Row, told: Sequence[Problem], today: date) -> list[Problem]:
    """`told`, why the row was refused, and what else is wrong with its other cells.

    :param read: reads the row's cells, writes nothing, and raises `RowRefused` at one that it cannot read.
    """
    found, refused = list(told), {problem.column for problem in told if problem.column}
    while more := [one for one in _read(read, _rest(row, refused)) if one.column and one.column not in refused]:
        found += more
        refused |= {problem.column for problem in more}
    found += [one for one in _wrong_numbers(ledger, row, today) if one.column not in refused]
    return found


def _rest(row: Row, refused: set[str]) -> RestOfRow:
    rest = RestOfRow({column: cell for column, cell in row.items() if column not in refused})
    rest.refused = frozenset(refused)
    return rest


def _read(read: Reader, row: Row) -> list[Problem]:
    try:
        read(row)
    except RowRefused as error:
        return error.problems
    return []


def _wrong_numbers(ledger: Ledger, row: Row, today: date) -> Iterator[Problem]:
    """Of the people of the row; in a row that can be read it is their registration that says so."""
    try:
        people = list(ledger.people(row, today))
    except RowRefused:
        return
    for person in people:
        kind, number = person.told.identity_kind, person.told.number
        if person.number_column and kind and number:
            result = check_number(kind, number, today)
            if not result.is_acceptable:
                yield Problem(person.number_column, str(number_error(kind, result.code)))
        phone = person.told.phone
        if person.phone_column and phone and not is_phone(normalise_phone(phone)):
            yield Problem(person.phone_column, str(PHONE_ERROR))


__all__ = ["every_problem_of"]
