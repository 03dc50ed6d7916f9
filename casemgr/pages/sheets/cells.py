"""Cells as offices write them: days in every spelling, several names in one cell, coded words."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from casemgr.pages.sheets.approximations import told
from casemgr.pages.sheets.rows import Problem, RowRefused

EXACT = len("2026-11-23")


def day(row, column: str) -> date | None:
    """A day: an Excel date, 2026-11-23, 2026/11/23, 2026.11.23 or 2026年11月23日. :raises RowRefused:"""
    value = row.get(column)
    if value is None or isinstance(value, date):
        return value
    found = told(value)
    if found is not None and found.is_exact:
        return found.on
    raise RowRefused([Problem(column, _("“%(value)s” is not a day. Write it like 2026-11-23.") % {"value": value})])


def day_or_month(row, column: str) -> str:
    """The day as text, a month like 2026-11, or the words of the cell where they tell a day only about (约2026年11月,
    上旬) or two of them; empty when nothing is written. :raises RowRefused:
    """
    value = row.get(column)
    if isinstance(value, str) and (found := told(value)) is not None and not found.is_exact:
        return found.written or found.month
    exact = day(row, column)
    return exact.isoformat() if exact else ""


def is_exact(written: str) -> bool:
    """Whether `day_or_month` found the very day."""
    return len(written) == EXACT and written[4] == written[7] == "-" and written.replace("-", "").isdigit()


def is_day(cell: Any) -> bool:
    """Whether a cell tells a day, at least about."""
    return isinstance(cell, date) or (isinstance(cell, str) and told(cell) is not None)


def text(row, column: str) -> str:
    """A cell as text; a number in it stands as Excel shows it."""
    value = row.get(column, "")
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def several(row, column: str) -> list[str]:
    """Names or numbers separated by 、"""
    return [part.strip() for part in text(row, column).split("、") if part.strip()]


def word(row, column: str, words: dict[str, str]) -> str:
    """The code of a coded word; an unknown word is an error that lists them. :raises RowRefused:"""
    value = text(row, column)
    if not value:
        return ""
    if value in words:
        return words[value]
    known = "/".join(words)
    raise RowRefused([Problem(column, _("“%(value)s” is not one of: %(words)s.") % {"value": value, "words": known})])
