"""The QR code at the foot of a paper's first page: it holds an address, so that a scan of the paper finds its case.

It stands at the lower left: page numbers stand at the lower right of a first page, those of a volume at the top.
"""

from __future__ import annotations

from collections.abc import Iterator

import segno
from reportlab.pdfgen.canvas import Canvas

from casemgr.documents.fonts import stack
from casemgr.documents.rendering.lines import Measure, break_lines
from casemgr.documents.rendering.rows import draw_line
from casemgr.documents.rendering.style import LEFT, MM, PAGE_HEIGHT
from casemgr.documents.rendering.wording import CODE

SIDE = 18 * MM
FOOT = 10 * MM
"""Distance of its lower edge from the foot of the page."""
CAPTION_SIZE, CAPTION_PITCH = 8.0, 11.0
CAPTION_WIDTH = 45 * MM
CAPTION_LEFT = LEFT + SIDE + 2 * MM
CAPTION_TOP = FOOT + SIDE - 5 * MM
"""Upper edge of what is said beside the code, from the foot of the page."""


def code_of(address: str) -> segno.QRCode:
    return segno.make(address, error="m", micro=False)


def draw_caption(canvas: Canvas) -> None:
    """What the code is for, beside it."""
    measure = Measure(CAPTION_WIDTH, CAPTION_SIZE, CAPTION_SIZE, spread=False)
    for number, text in enumerate(CODE):
        (line,) = break_lines([(text, stack("body"))], measure)
        draw_line(canvas, line, CAPTION_LEFT, CAPTION_TOP - number * CAPTION_PITCH, CAPTION_SIZE)


def draw(canvas: Canvas, address: str) -> None:
    """On the page of a PDF that is open."""
    path = canvas.beginPath()
    for bar in _bars(address):
        path.rect(*bar)
    canvas.drawPath(path, stroke=0, fill=1)
    draw_caption(canvas)


def svg_path(address: str) -> str:
    """The same on a page of the preview."""
    bars = "".join(
        f"M{x:.2f} {PAGE_HEIGHT - y - height:.2f}h{width:.2f}v{height:.2f}h-{width:.2f}z"
        for x, y, width, height in _bars(address)
    )
    return f'<path d="{bars}"/>'


def _bars(address: str) -> Iterator[tuple[float, float, float, float]]:
    """Dark modules, joined in each row: x, y of the lower left corner from the foot of the page, width, height."""
    matrix = [bytes(row) for row in code_of(address).matrix]
    module = SIDE / len(matrix)
    for number, row in enumerate(matrix):
        y, column = FOOT + SIDE - (number + 1) * module, 0
        while column < len(row):
            end = column
            while end < len(row) and row[end]:
                end += 1
            if end > column:
                yield LEFT + column * module, y, (end - column) * module, module
            column = end + 1
