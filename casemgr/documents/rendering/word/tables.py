"""Ruled tables and forms of a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from casemgr.documents.rendering.definition import Cell, Table
from casemgr.documents.rendering.style import MM, PADDING, WIDTH, Style
from casemgr.documents.rendering.tables import DATE, FRAME, RULE, edges_of
from casemgr.documents.rendering.titles import title_lines
from casemgr.documents.rendering.word import styles
from casemgr.documents.rendering.word.measures import eighths, twips
from casemgr.documents.rendering.word.xml import Paragraph, run

_LONG_TEXT = 400  # characters; a row with more may go on on the next page


@dataclass
class _Placed:
    """A cell at its columns; `cell` is None where the cell above reaches down."""

    cell: Cell | None
    span: int
    width: float


def table_xml(table: Table, style: Style, squeeze: float = 1.0) -> str:
    """The whole table; heading rows are repeated on each page, least heights shrunk as in the PDF."""
    edges = edges_of(table)
    grid = "".join(f'<w:gridCol w:w="{twips(right - left)}"/>' for left, right in pairwise(edges))
    rows = "".join(
        _row(table, number, placed, is_held, style, squeeze)
        for number, (placed, is_held) in enumerate(_placed(table, edges))
    )
    return f"<w:tbl>{_properties()}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _properties() -> str:
    widths = {"top": FRAME, "left": FRAME, "bottom": FRAME, "right": FRAME, "insideH": RULE, "insideV": RULE}
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{eighths(width)}" w:space="0" w:color="auto"/>'
        for side, width in widths.items()
    )
    margins = "".join(f'<w:{side} w:w="{twips(PADDING)}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{twips(WIDTH)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )


def _placed(table: Table, edges: list[float]) -> Iterator[tuple[list[_Placed], bool]]:
    """The cells of each row from left to right, and whether the row must stay with the next one."""
    last = len(edges) - 1
    covered: dict[int, tuple[int, int]] = {}  # first column → rows still covered from above, columns
    for row in table.rows:
        cells, reaching, placed, column = iter(row), {}, [], 0
        while column < last:
            if column in covered:
                left, span = covered[column]
                cell = None
            else:
                cell = next(cells, None) or Cell(span=last - column)
                left, span = cell.rows, min(cell.span, last - column)
            if left > 1:
                reaching[column] = (left - 1, span)
            placed.append(_Placed(cell, span, edges[column + span] - edges[column]))
            column += span
        covered = reaching
        yield placed, bool(reaching)


def _row(table: Table, number: int, placed: list[_Placed], is_held: bool, style: Style, squeeze: float) -> str:
    is_heading = number < table.header_rows
    least = table.heights[number] * squeeze * MM if number < len(table.heights) else 0.0
    longest = max((len(item.cell.text) for item in placed if item.cell), default=0)
    properties = "".join(
        (
            "" if longest > _LONG_TEXT else "<w:cantSplit/>",
            f'<w:trHeight w:val="{twips(least)}" w:hRule="atLeast"/>' if least else "",
            "<w:tblHeader/>" if is_heading else "",
        )
    )
    cells = "".join(_cell(item, is_heading or is_held, style) for item in placed)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _cell(item: _Placed, keep: bool, style: Style) -> str:
    cell = item.cell
    span = f'<w:gridSpan w:val="{item.span}"/>' if item.span > 1 else ""
    merge = "<w:vMerge/>" if cell is None else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    place = "bottom" if cell and cell.dated else "center"
    properties = (
        f'<w:tcPr><w:tcW w:w="{twips(item.width)}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="{place}"/></w:tcPr>'
    )
    paragraphs = [Paragraph(styles.CELL, "")] if cell is None else _paragraphs(cell, item.width, style)
    for paragraph in paragraphs:
        paragraph.keep = True if keep else None
    return f"<w:tc>{properties}{''.join(paragraph.xml() for paragraph in paragraphs)}</w:tc>"


def _paragraphs(cell: Cell, width: float, style: Style) -> list[Paragraph]:
    if cell.label:
        most = max(int((width - 2 * PADDING) / style.table_size), 1)
        made = [Paragraph(styles.LABEL, run("\n".join(title_lines(cell.text, most))))]
    else:
        align = "" if cell.align == "left" else cell.align
        made = [Paragraph(styles.CELL, run(text) if text else "", align=align) for text in cell.text.split("\n")]
    if cell.dated:
        day = Paragraph(styles.CELL, run(DATE), align="right", right=PADDING)
        made = [day] if not cell.text else [*made, day]
    return made
