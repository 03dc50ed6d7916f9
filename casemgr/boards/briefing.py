"""A board on one sheet of A4: the same tiles and pictures, and of the lists as much as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from django.utils.translation import gettext as _

from casemgr.boards.definition import Asked, Board, Listing, Panel
from casemgr.documents.rendering import Cell, DocumentText, Pictures, Section, Table, render_pdf
from casemgr.documents.rendering.definition import Block
from casemgr.documents.rendering.pages import laid_out
from casemgr.organisation.office import office_on
from casemgr.pages.dates import long_date

ACROSS, PICTURES = 4, 6
ALL = 99
ROOM = ((6, ALL, 6), (4, ALL, 6), (2, ALL, 6), (6, 1, 4), (3, 1, 4), (0, 0, 4), (0, 0, 2))
"""Rows of a list, how many lists and how many pictures, until it is one sheet: the first list is that of the alerts."""
T = TypeVar("T")


def briefing(board: Board, panels: Sequence[Panel], asked: Asked) -> bytes:
    """The PDF."""
    shown = [panel for panel in panels if panel.is_printed]
    for room in ROOM:
        text = _document(board, shown, asked, *room)
        if len(laid_out(text).pages) == 1:
            break
    return render_pdf(text)


def _document(
    board: Board, panels: Sequence[Panel], asked: Asked, rows: int, lists: int, pictures: int
) -> DocumentText:
    charts = [chart for panel in panels for chart in panel.charts if not chart.is_empty][:pictures]
    sections = [Section(text=_("As of %(day)s.") % {"day": long_date(asked.today)})]
    sections += [Section(blocks=tuple(_tiles(panels)))]
    sections += [Section(blocks=(Pictures.of(*pair),)) for pair in _batched(charts, 2)]
    listed = [(panel.title, panel.listing) for panel in panels if panel.listing is not None and panel.listing.rows]
    for title, listing in listed[:lists]:
        sections.append(Section(text=str(title), blocks=(_listing(listing, rows),)))
    return DocumentText(
        title=str(board.title),
        issuer=office_on(asked.today).office,
        sections=tuple(sections),
        seal_place=False,
        kind="briefing",
    )


def _tiles(panels: Sequence[Panel]) -> Iterator[Block]:
    """Name, number and note of each tile, four across."""
    tiles = [tile for panel in panels for tile in panel.tiles]
    lines = []
    for some in _batched(tiles, ACROSS):
        blank = (Cell(),) * (ACROSS - len(some))
        lines.append((*(Cell(str(tile.label), label=True) for tile in some), *blank))
        said = (Cell("\n".join(filter(None, (str(tile.words), str(tile.note)))), align="center") for tile in some)
        lines.append((*said, *blank))
    if lines:
        yield Table(rows=tuple(lines), widths=(1.0,) * ACROSS)


def _listing(listing: Listing, most: int) -> Table:
    """Without the steps to take, which paper has not."""
    shown = [place for place, cell in enumerate(listing.rows[0]) if not cell.is_step]
    head = tuple(Cell(str(listing.headings[place]), label=True) for place in shown)
    body = [tuple(Cell(str(row[place].text)) for place in shown) for row in listing.rows[:most]]
    widths = (2.0,) + (1.0,) * (len(head) - 1)
    return Table(rows=(head, *body), widths=widths, header_rows=1)


def _batched(found: Sequence[T], size: int) -> list[Sequence[T]]:
    return [found[start : start + size] for start in range(0, len(found), size)]


__all__ = ["briefing"]
