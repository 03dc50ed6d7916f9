"""Pictures of figures in a Word file: drawn as pixels, fine enough for print."""

from __future__ import annotations

import hashlib
import io
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import quoteattr

from PIL import Image, ImageDraw, ImageFont

from casemgr.documents import font_files
from casemgr.documents.rendering.definition import DocumentText, Pictures
from casemgr.documents.rendering.pictures import set_beside
from casemgr.documents.rendering.style import STYLES, Style
from casemgr.documents.rendering.word import styles
from casemgr.documents.rendering.word.measures import emus
from casemgr.documents.rendering.word.parts import DRAWING, SPACES, relate
from casemgr.documents.rendering.word.xml import Paragraph
from casemgr.pages.charts import Chart, Drawing
from casemgr.pages.charts.drawing import Point, Rect, Shape, Strokes, Words

PIXELS = 4
"""Of a point: 288 to the inch."""


def paragraph(block: Pictures, style: Style) -> Paragraph:
    """The pictures of one row, one after the other in a line."""
    placed, height = set_beside(block.charts, style)
    runs = "".join(
        _inline(chart, one.drawing) for chart, one in zip(block.charts, placed, strict=True)
    )  # fmt: skip
    return Paragraph(styles.GAP, runs, line=height, align="center")


def add_pictures(parts: dict[str, bytes], definition: DocumentText) -> None:
    """Each picture as a part of the file."""
    style = STYLES[definition.kind]
    for section in definition.sections:
        for block in section.blocks:
            if isinstance(block, Pictures):
                for chart, one in zip(block.charts, set_beside(block.charts, style)[0], strict=True):
                    relate(parts, _name(chart, one.drawing), png(one.drawing))


def _name(chart: Chart, drawing: Drawing) -> str:
    return "chart" + hashlib.sha256(repr((chart.code, drawing)).encode()).hexdigest()[:16]


def _inline(chart: Chart, drawing: Drawing) -> str:
    name, wide, high = _name(chart, drawing), emus(drawing.width), emus(drawing.height)
    words = quoteattr(f"{chart.title} {chart.summary}".strip())
    number = int(name[5:12], 16)
    shape = (
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><w:drawing><wp:inline {SPACES} distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" '
        f'cy="{high}"/><wp:docPr id="{number}" name="{name}" descr={words}/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{DRAWING}/picture">{shape}</a:graphicData></a:graphic></wp:inline>'
        f"</w:drawing></w:r>"
    )


def png(drawing: Drawing) -> bytes:
    """The drawing as a PNG on white; the same bytes every time."""
    image = Image.new("RGB", (round(drawing.width * PIXELS), round(drawing.height * PIXELS)), "white")
    draw = ImageDraw.Draw(image)
    for piece in drawing.pieces:
        if isinstance(piece, Rect):
            corners = ((piece.x, piece.y), (piece.x + piece.width, piece.y + piece.height))
            draw.rectangle(_scaled(corners), piece.fill, piece.stroke or None, 2)
        elif isinstance(piece, Strokes):
            for line in piece.lines:
                for part in _dashed(line, piece.dash):
                    draw.line(_scaled(part), piece.colour, max(round(piece.width * PIXELS * 0.7), 1), "curve")
        elif isinstance(piece, Shape):
            draw.polygon(_scaled(piece.points), piece.fill)
        else:
            _write(draw, piece)
    file = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _scaled(points: tuple[Point, ...]) -> list[Point]:
    return [(x * PIXELS, y * PIXELS) for x, y in points]


def _dashed(line: tuple[Point, ...], dash: tuple[float, float] | None) -> list[tuple[Point, ...]]:
    """The line in pieces; Pillow draws no dashes."""
    if dash is None:
        return [line]
    found: list[tuple[Point, ...]] = []
    left, is_drawn = dash[0], True
    for (x, y), end in pairwise(line):
        length = ((end[0] - x) ** 2 + (end[1] - y) ** 2) ** 0.5
        done = 0.0
        while done < length:
            step = min(left, length - done)
            if is_drawn:
                share, until = done / length, (done + step) / length
                ends = [(x + (end[0] - x) * part, y + (end[1] - y) * part) for part in (share, until)]
                found.append((ends[0], ends[1]))
            done, left = done + step, left - step
            if left <= 0:
                is_drawn = not is_drawn
                left = dash[0 if is_drawn else 1]
    return found


def _write(draw: ImageDraw.ImageDraw, piece: Words) -> None:
    anchor = {"start": "ls", "middle": "ms", "end": "rs"}[piece.anchor]
    place = (piece.x * PIXELS, piece.y * PIXELS)
    draw.text(place, piece.text, piece.fill, _font(piece.is_bold, round(piece.size * PIXELS)), anchor)


@cache
def _font(is_bold: bool, size: int) -> ImageFont.FreeTypeFont:
    font_files.prepare()
    path: Path = font_files.open_fonts()["sans" if is_bold else "serif"].target
    return ImageFont.truetype(str(path), size)
