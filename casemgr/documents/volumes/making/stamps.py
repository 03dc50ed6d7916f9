"""The numbers of pages, drawn once with an embedded font and laid over the pages of the volume."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from casemgr.documents import fonts
from casemgr.documents.rendering.lines import Measure, break_lines
from casemgr.documents.rendering.rows import draw_line
from casemgr.documents.volumes.making.importing import STAMP_HEIGHT, STAMP_WIDTH

SIZE = 14.0
RIGHT, LEFT = "right", "left"


def side_of(page: int) -> str:
    """Fronts (odd pages) carry the number at the upper right, backs at the upper left: always outside."""
    return RIGHT if page % 2 else LEFT


def overlay(labels: Sequence[tuple[str, str]]) -> bytes:
    """A PDF with one small page for each label and side. A white rim keeps numbers legible on dark scans."""
    with fonts.writing:
        file = io.BytesIO()
        canvas = Canvas(
            file,
            pagesize=(STAMP_WIDTH, STAMP_HEIGHT),
            invariant=1,
            pageCompression=1,
            initialFontName=fonts.stack("hei").fonts[0].fontName,
        )
        for label, side in labels:
            line = break_lines([(label, fonts.stack("hei"))], Measure(STAMP_WIDTH, SIZE, SIZE, spread=False))[0]
            x = STAMP_WIDTH - line.width if side == RIGHT else 0
            canvas.setStrokeGray(1)
            canvas.setLineWidth(3)
            canvas._code.append("1 Tr")
            draw_line(canvas, line, x, STAMP_HEIGHT - SIZE / 4, SIZE)
            canvas._code.append("0 Tr")
            draw_line(canvas, line, x, STAMP_HEIGHT - SIZE / 4, SIZE)
            canvas.showPage()
        canvas.save()
    return file.getvalue()
