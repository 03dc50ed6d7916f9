"""A board is a row of panels; procedures add theirs to a board they know by its code alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.utils.functional import Promise

from casemgr.indicators.figures import Known
from casemgr.indicators.period import Period, year_of
from casemgr.organisation.models import User
from casemgr.pages.charts import Chart, Tile

Text = str | Promise
T = TypeVar("T")
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Asked:
    """Who looks at a board, and on which day."""

    user: User
    today: date
    _read: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, read: Callable[[], T]) -> T:
        """What several panels show is read once for the board."""
        if key not in self._read:
            self._read[key] = read()
        return self._read[key]

    @cached_property
    def year(self) -> Period:
        return year_of(self.today.year, self.today)

    @cached_property
    def week(self) -> Period:
        """The seven days that end today."""
        return Period(self.today - WEEK + timedelta(days=1), self.today, self.today)

    @cached_property
    def known(self) -> Known:
        """Roll-ups and targets, read once for all figures of a board."""
        return Known.of(self.year)


@dataclass(frozen=True)
class Cell:
    """One cell of a listing; `href` leads to what it counts or names."""

    text: Text
    href: str = ""
    css: str = ""
    label: Text = ""
    """Names the cell on a phone, where headings are out of sight."""
    is_step: bool = False
    """What to do about the row: it stays on one line."""


@dataclass(frozen=True)
class Listing:
    """A short table. `more`: where the whole list is."""

    headings: tuple[Text, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nothing: Text = ""
    more: str = ""


@dataclass(frozen=True)
class Panel:
    """One part of a board. `note`: how its numbers are to be read. `address`: the page that says more.

    `is_printed`: stands in the briefing, too.
    """

    code: str
    title: Text
    tiles: tuple[Tile, ...] = ()
    charts: tuple[Chart, ...] = ()
    listing: Listing | None = None
    note: Text = ""
    address: str = ""
    is_printed: bool = True


Source = Callable[[Asked], Panel | None]
"""Reads one panel; None where it has nothing to do with the person or the installation."""


@dataclass(frozen=True)
class Board:
    """Who has one of `roles` has the board."""

    code: str
    title: Text
    roles: tuple[str, ...]
    order: int = 100


@dataclass
class _Registry:
    boards: dict[str, Board] = field(default_factory=dict)
    sources: dict[str, dict[str, tuple[int, Source]]] = field(default_factory=lambda: defaultdict(dict))


_registry = _Registry()


def register(board: Board) -> None:
    _registry.boards[board.code] = board


def add(board: str, code: str, order: int, source: Source) -> None:
    """Put a panel on a board, at a place told by tens; called from `AppConfig.ready()`, also before the board is."""
    _registry.sources[board][code] = (order, source)


def boards() -> list[Board]:
    return sorted(_registry.boards.values(), key=lambda board: board.order)


def boards_of(user: User, today: date) -> list[Board]:
    """The boards of a person's roles."""
    codes = user.role_codes(today)
    return [board for board in boards() if codes.intersection(board.roles)]


def panels_of(board: Board, asked: Asked) -> list[Panel]:
    """Every panel of the board that has something to show, in order."""
    sources = sorted(_registry.sources[board.code].items(), key=lambda item: (item[1][0], item[0]))
    found = (source(asked) for _code, (_order, source) in sources)
    return [panel for panel in found if panel is not None]


__all__ = ["WEEK", "Asked", "Board", "Cell", "Listing", "Panel", "Source", "add", "boards", "boards_of", "panels_of",
           "register"]  # fmt: skip
