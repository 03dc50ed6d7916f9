"""Pictures of figures on the page of a document: each under its title, two or more beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from casemgr.documents.fonts import stack
from casemgr.documents.rendering.lines import Measure, break_lines
from casemgr.documents.rendering.rows import ASCENT, Row, draw_line
from casemgr.documents.rendering.style import Style
from casemgr.pages.charts import Chart, Drawing, drawn
from casemgr.pages.charts.drawing import Piece, Point, Rect, Shape, Strokes, Words, cut

GAP = 14.0
"""Between pictures that stand beside each other, and under them."""
SIZE = 9.0
PLOT = 0.34
"""Height of the plot of lines and columns to the picture's width."""


@dataclass(frozen=True)
class Placed:
    """A drawing with its distance from the left edge of the text and from the top of its row."""

    drawing: Drawing
    left: float
    down: float = 0.0


@dataclass
class PictureRow(Row):
    """Pictures beside each other; they never go over two pages."""

    placed: tuple[Placed, ...] = ()

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        for one in self.placed:
            paint(canvas, one.drawing, x + one.left, top - one.down)


def set_beside(charts: Sequence[Chart], style: Style) -> tuple[tuple[Placed, ...], float]:
    """The pictures of one row, and its height."""
    width = (style.sheet.width - GAP * (len(charts) - 1)) / len(charts)
    drawings = [titled(chart, width) for chart in charts]
    placed = tuple(Placed(drawing, number * (width + GAP)) for number, drawing in enumerate(drawings))
    return placed, max((one.height for one in drawings), default=0.0) + GAP


def titled(chart: Chart, width: float) -> Drawing:
    """The picture with its title above it."""
    picture = drawn(chart, width, SIZE, min(width * PLOT, 110))
    head = SIZE * 1.7
    words = Words(0, SIZE * 1.1, cut(str(chart.title), SIZE + 1, width), SIZE + 1, is_bold=True)
    return Drawing(width, picture.height + head, [words, *(_lower(piece, head) for piece in picture.pieces)])


def _lower(piece: Piece, by: float) -> Piece:
    if isinstance(piece, Rect):
        return Rect(piece.x, piece.y + by, piece.width, piece.height, piece.fill, piece.stroke)
    if isinstance(piece, Words):
        return Words(piece.x, piece.y + by, piece.text, piece.size, piece.anchor, piece.fill, piece.is_bold)
    if isinstance(piece, Shape):
        return Shape(_lowered(piece.points, by), piece.fill)
    lines = tuple(_lowered(line, by) for line in piece.lines)
    return Strokes(lines, piece.colour, piece.width, piece.dash)


def _lowered(points: tuple[Point, ...], by: float) -> tuple[Point, ...]:
    return tuple((x, y + by) for x, y in points)


def paint(canvas: Canvas, drawing: Drawing, x: float, top: float) -> None:
    """On the page of a PDF, the upper left corner at `x`, `top`."""
    canvas.saveState()
    for piece in drawing.pieces:
        if isinstance(piece, Rect):
            canvas.setFillColor(HexColor(piece.fill))
            if piece.stroke:
                canvas.setStrokeColor(HexColor(piece.stroke))
                canvas.setLineWidth(0.6)
            canvas.rect(x + piece.x, top - piece.y - piece.height, piece.width, piece.height,
                        stroke=bool(piece.stroke), fill=1)  # fmt: skip
        elif isinstance(piece, Strokes):
            canvas.setStrokeColor(HexColor(piece.colour))
            canvas.setLineWidth(piece.width * 0.7)
            canvas.setDash(*(piece.dash or ()))
            _path(canvas, piece.lines, x, top, fill=0, stroke=1)
            canvas.setDash()
        elif isinstance(piece, Shape):
            canvas.setFillColor(HexColor(piece.fill))
            _path(canvas, (piece.points,), x, top, fill=1, stroke=0)
        else:
            _words(canvas, piece, x, top)
    canvas.restoreState()


def _path(canvas: Canvas, lines: Sequence[Sequence[Point]], x: float, top: float, *, fill: int, stroke: int) -> None:
    path = canvas.beginPath()
    for points in lines:
        path.moveTo(x + points[0][0], top - points[0][1])
        for across, down in points[1:]:
            path.lineTo(x + across, top - down)
        if fill:
            path.close()
    canvas.drawPath(path, stroke=stroke, fill=fill)


def _words(canvas: Canvas, piece: Words, x: float, top: float) -> None:
    types = stack("hei" if piece.is_bold else "body")
    (line,) = break_lines([(piece.text, types)], Measure(10_000, piece.size, piece.size, spread=False))[:1]
    shift = {"start": 0.0, "middle": line.width / 2, "end": line.width}[piece.anchor]
    canvas.setFillColor(HexColor(piece.fill))
    draw_line(canvas, line, x + piece.x - shift, top - piece.y + ASCENT * piece.size, piece.size)
