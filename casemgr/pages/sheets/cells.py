"""Cells as offices write them: days in every spelling, several names in one cell, coded words."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from casemgr.pages.sheets.rows import Problem, RowRefused

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")


def day(row, column: str) -> date | None:
    """A day: an Excel date, 2026-11-23, 2026/11/23, 2026.11.23 or 2026年11月23日. :raises RowRefused:"""
    value = row.get(column)
    if value is None or isinstance(value, date):
        return value
    if match := _DAY.fullmatch(value):
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            pass
    raise RowRefused([Problem(column, _("“%(value)s” is not a day. Write it like 2026-11-23.") % {"value": value})])


def day_or_month(row, column: str) -> str:
    """The same as text, also a month like 2026-11; empty when nothing is written. :raises RowRefused:"""
    value = row.get(column)
    if isinstance(value, str) and (match := _MONTH.fullmatch(value)) and 1 <= int(match[2]) <= 12:
        return f"{match[1]}-{int(match[2]):02d}"
    found = day(row, column)
    return found.isoformat() if found else ""


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
