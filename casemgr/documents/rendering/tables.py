"""Ruled tables and forms (送达回证, lists of materials) as rows of a page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from casemgr.documents.fonts import stack
from casemgr.documents.rendering.definition import Cell, Table
from casemgr.documents.rendering.lines import Line, Measure, break_lines
from casemgr.documents.rendering.rows import DrawnRow, draw_line
from casemgr.documents.rendering.style import MM, WIDTH, Style
from casemgr.documents.rendering.titles import title_lines
from casemgr.documents.rendering.wording import BLANK_DATE

DATE = BLANK_DATE.strip("\u3000")
RULE, FRAME = 0.5, 1.0


@dataclass
class _Placed:
    cell: Cell
    column: int
    left: float
    width: float
    lines: list[Line]

    @property
    def rows(self) -> int:
        """Lines of text the cell needs room for."""
        return len(self.lines) + self.cell.dated


def table_rows(table: Table, style: Style, squeeze: float = 1.0) -> Iterator[DrawnRow]:
    """The rows of a table; heading rows are printed again on each new page. `squeeze` shrinks the least heights."""
    edges = edges_of(table, style.sheet.width)
    grid = _continued(list(_placed(table, edges, style)), style)
    heights = _heights(table, grid, style, squeeze)
    headings: list[DrawnRow] = []
    held = 0  # rows still covered by a cell that spans several
    for number, (placed, height) in enumerate(zip(grid, heights, strict=True)):
        held = max(held - 1, max((item.cell.rows for item in placed), default=1) - 1)
        is_heading = number < table.header_rows
        row = DrawnRow(
            height,
            stays_with_next=is_heading or held > 0,
            painter=_painter(placed, number, heights, style),
            repeats=[] if is_heading else headings,
        )
        if is_heading:
            headings.append(row)
        yield row


def edges_of(table: Table, whole: float = WIDTH) -> list[float]:
    """Where the columns of a table as wide as `whole` begin and the last one ends."""
    count = max(sum(cell.span for cell in row) for row in table.rows)
    widths = table.widths or (1.0,) * count
    total, edges = sum(widths), [0.0]
    for width in widths:
        edges.append(edges[-1] + whole * width / total)
    return edges


def _placed(table: Table, edges: list[float], style: Style) -> Iterator[list[_Placed]]:
    covered: dict[int, int] = {}  # column → rows still covered from above
    for row in table.rows:
        free = [column for column in range(len(edges) - 1) if not covered.get(column)]
        covered = {column: rows - 1 for column, rows in covered.items() if rows > 1}
        placed = []
        for cell in row:
            columns, free = free[: cell.span], free[cell.span :]
            left, right = edges[columns[0]], edges[columns[-1] + 1]
            placed.append(_Placed(cell, columns[0], left, right - left, _cell_lines(cell, right - left, style)))
            if cell.rows > 1:
                covered.update(dict.fromkeys(columns, cell.rows - 1))
        yield placed


def _cell_lines(cell: Cell, width: float, style: Style) -> list[Line]:
    measure = Measure(width - 2 * style.padding, style.table_size, style.table_size, spread=not cell.label)
    lines: list[Line] = []
    text = cell.text
    if cell.label:
        text = "\n".join(title_lines(text, max(int(measure.width / style.table_size), 1)))
    for paragraph in text.split("\n"):
        lines.extend(break_lines([(paragraph, stack("body"))], measure))
    return lines


def _continued(grid: list[list[_Placed]], style: Style) -> list[list[_Placed]]:
    """Rows too tall for one page become several."""
    most = int((style.sheet.height * 0.9 - 2 * style.padding) / style.table_pitch)
    rows: list[list[_Placed]] = []
    for placed in grid:
        tallest = max((len(item.lines) for item in placed), default=0)
        if tallest <= most or any(item.cell.rows > 1 for item in placed):
            rows.append(placed)
            continue
        for start in range(0, tallest, most):
            rows.append([replace(item, lines=item.lines[start : start + most]) for item in placed])
    return rows


def _heights(table: Table, grid: list[list[_Placed]], style: Style, squeeze: float) -> list[float]:
    heights = []
    for number, placed in enumerate(grid):
        least = table.heights[number] * squeeze * MM if number < len(table.heights) else 0.0
        single = [item.rows for item in placed if item.cell.rows == 1]
        heights.append(max(least, max(single, default=1) * style.table_pitch + 2 * style.padding))
    for number, placed in enumerate(grid):
        for item in placed:
            spanned = range(number, min(number + item.cell.rows, len(grid)))
            short = item.rows * style.table_pitch + 2 * style.padding - sum(heights[row] for row in spanned)
            if short > 0:
                heights[spanned[-1]] += short
    return [min(height, style.sheet.height) for height in heights]


def _painter(placed: list[_Placed], number: int, heights: list[float], style: Style):
    width = style.sheet.width

    def paint(canvas: Canvas, x: float, top: float) -> None:
        for item in placed:
            height = sum(heights[number : number + item.cell.rows])
            canvas.setLineWidth(RULE)
            canvas.rect(x + item.left, top - height, item.width, height)
            _paint_text(canvas, item, x, top, height, style)
        canvas.setLineWidth(FRAME)
        height = heights[number]
        canvas.line(x, top, x, top - height)
        canvas.line(x + width, top, x + width, top - height)
        if number == 0:
            canvas.line(x, top, x + width, top)
        if number == len(heights) - 1:
            canvas.line(x, top - height, x + width, top - height)

    return paint


def _paint_text(canvas: Canvas, item: _Placed, x: float, top: float, height: float, style: Style) -> None:
    gap = style.table_pitch - style.table_size
    y = top - (height - item.rows * style.table_pitch + gap) / 2
    inner = item.width - 2 * style.padding
    align = "center" if item.cell.label else item.cell.align
    for line in item.lines:
        spare = inner - line.width if align != "left" else 0.0
        shift = spare / 2 if align == "center" else spare
        draw_line(canvas, line, x + item.left + style.padding + shift, y, style.table_size)
        y -= style.table_pitch
    if item.cell.dated:
        (day,) = break_lines(
            [(DATE, stack("body"))], Measure(style.sheet.width, style.table_size, style.table_size, spread=False)
        )
        foot = top - height + style.padding + style.table_size
        draw_line(canvas, day, x + item.left + item.width - 2 * style.padding - day.width, foot, style.table_size)
