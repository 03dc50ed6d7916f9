"""Rows: what a page is filled with. A row has a height, may ask to stay with the next one, and draws itself."""

import re
import string
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from casemgr.documents.rendering.lines import Line

ASCENT = 0.88  # of a full-width character above the base line
_LETTERS = frozenset(string.printable + "·")
_WORDS = re.compile(r"([\x20-\x7e·]+)")


@dataclass
class Row:
    """Empty space of some height; the base of all rows."""

    height: float
    stays_with_next: bool = False
    is_text: bool = False
    bookmark: tuple[str, int] | None = None

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        """Print the row with its upper edge at `top`."""


@dataclass
class TextRow(Row):
    """One line of text. `weight` thickens the strokes, which makes the title out of the body's Song type."""

    line: Line | None = None
    size: float = 16
    weight: float = 0.0
    is_text: bool = True

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        draw_line(canvas, self.line, x, top, self.size, self.weight)


@dataclass
class DrawnRow(Row):
    """A row drawn by a function of its own (table rows, rules, signatures)."""

    painter: Any = None
    repeats: list["Row"] = field(default_factory=list)  # rows to print again when a new page starts here

    def draw(self, canvas: Canvas, x: float, top: float) -> None:
        self.painter(canvas, x, top)


def draw_line(canvas: Canvas, line: Line, x: float, top: float, size: float, weight: float = 0.0) -> None:
    """Print a line of text whose characters' upper edge is at `top`."""
    if not line.pieces:
        return
    text = canvas.beginText(x + line.start, top - ASCENT * size)
    if weight:
        canvas.setLineWidth(weight)
        text.setTextRenderMode(2)
    wide = line.spacing - line.tracking > 0.01
    spacing = line.spacing
    text.setCharSpace(spacing)
    for font, piece in line.pieces:
        text.setFont(font, size)
        for part in _WORDS.split(piece) if wide else (piece,):
            wanted = line.tracking if wide and part and part[0] in _LETTERS else line.spacing
            if wanted != spacing:
                text.setCharSpace(wanted)
                spacing = wanted
            if part:
                text.textOut(part)
    if weight:
        text.setTextRenderMode(0)
    canvas.drawText(text)
