"""A row of an office's sheet, and why one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Row = Mapping[str, str | date]
"""A row by heading: text as written, or a day where Excel holds one; empty cells are left out."""


@dataclass(frozen=True)
class Problem:
    """Why a row was not loaded; `column` is a heading, or empty when the row as a whole is at fault.

    `is_held`: the register holds something else under the row's number.
    """

    column: str
    reason: str
    is_held: bool = False


class RestOfRow(dict[str, "str | date"]):
    """A row without the cells that were refused already: what they tell is not known, and nothing contradicts it."""

    refused: frozenset[str] = frozenset()


def is_refused(row: Row, column: str) -> bool:
    """Whether the column is empty only because its cell was refused."""
    return column in getattr(row, "refused", ())


class RowRefused(Exception):
    """The row is not loaded; nothing of it was written."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.reason for problem in problems))
