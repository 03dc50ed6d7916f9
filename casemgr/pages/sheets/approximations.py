"""Days as old ledgers tell them: exact, to the month, about a day, or two days in one cell. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_DAY = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?"
_MONTH = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?(?:份)?"
_EXACT = re.compile(_DAY)
_WHOLE_MONTH = re.compile(_MONTH)
_ABOUT = re.compile(
    rf"(?:大?约|大概|约为|估计)?\s*(?:{_DAY}|{_MONTH})\s*(?:上旬|中旬|下旬|月?初|月?中|月?底|月?末|前后|左右|间|许)?"
)
_BETWEEN = re.compile(r"\s*(?:、|，|,|；|;|和|及|至|到|—+|－|~|～|\n|/(?=\s*\d{4}\D))\s*")
_SHORT = re.compile(r"(?:(\d{1,2})\s*[-/.月]\s*)?(\d{1,2})\s*[日号]?")


@dataclass(frozen=True)
class Told:
    """What a cell says of a day. `on`: the day, of a month its first, or none that is known.

    `is_exact`: it is that very day. `written`: the words of the cell, where they say less, or more, than one day.
    """

    on: date | None
    is_exact: bool = False
    written: str = ""

    @property
    def month(self) -> str:
        return f"{self.on:%Y-%m}" if self.on is not None else ""


def told(text: str) -> Told | None:
    """None: these words tell no day at all."""
    text = text.strip()
    if match := _EXACT.fullmatch(text):
        return _made(*match.groups(), exact=True)
    if match := _WHOLE_MONTH.fullmatch(text):
        return _made(match[1], match[2], "1")
    if match := _ABOUT.fullmatch(text):
        found = _made(match[1] or match[4], match[2] or match[5], "1")
        return found and Told(found.on, False, text)
    return _several(text)


def _several(text: str) -> Told | None:
    """Two days or more: of one month that month, else no day that could be meant."""
    parts = [part for part in _BETWEEN.split(text) if part]
    if len(parts) < 2 or (first := _EXACT.fullmatch(parts[0])) is None:
        return None
    year, month = int(first[1]), int(first[2])
    days = [_made(*first.groups(), exact=True)]
    for part in parts[1:]:
        if match := _EXACT.fullmatch(part):
            days.append(_made(*match.groups(), exact=True))
        elif match := _SHORT.fullmatch(part):
            days.append(_made(str(year), match[1] or str(month), match[2], exact=True))
        else:
            return None
    if any(day is None for day in days):
        return None
    months = {day.month for day in days if day}
    return Told(days[0].on.replace(day=1) if len(months) == 1 and days[0] and days[0].on else None, False, text)


@lru_cache(maxsize=8192)
def _made(year: str, month: str, day: str, *, exact: bool = False) -> Told | None:
    try:
        return Told(date(int(year), int(month), int(day)), exact)
    except ValueError:
        return None


__all__ = ["Told", "told"]
