"""The pages of a document as SVG: the preview beside the text, drawn by the painters of the PDF on another canvas.

Lines break, and pages end, where they do in print; the browser only brings its own types.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from casemgr.documents import fonts
from casemgr.documents.rendering import qr
from casemgr.documents.rendering.definition import DocumentText
from casemgr.documents.rendering.pages import Page, laid_out
from casemgr.documents.rendering.pdf import draw_page_number
from casemgr.documents.rendering.pictures import PictureRow
from casemgr.documents.rendering.style import LEFT, PAGE_HEIGHT, PAGE_WIDTH, TOP
from casemgr.pages.charts.svg import inner


def render_svg(definition: DocumentText, label: str) -> list[str]:
    """Each page of a draft as one `svg` element; `label` names a page, like "Page %(number)d of %(count)d"."""
    pages = laid_out(definition, draft=True).pages
    return [
        _page(page, number, label % {"number": number, "count": len(pages)}, definition.address if number == 1 else "")
        for number, page in enumerate(pages, 1)
    ]


def _page(page: Page, number: int, label: str, address: str) -> str:
    canvas = _Canvas()
    if address:
        canvas.drawn.append(qr.svg_path(address))
        qr.draw_caption(canvas)  # type: ignore[arg-type]
    for offset, row in page.rows:
        if isinstance(row, PictureRow):
            canvas.drawn.extend(_pictures(row, TOP + offset))
        else:
            row.draw(canvas, LEFT, PAGE_HEIGHT - TOP - offset)
    draw_page_number(canvas, number)
    return (
        f'<svg class="sheet" viewBox="0 0 {_number(PAGE_WIDTH)} {_number(PAGE_HEIGHT)}" role="img" '
        f'aria-label="{escape(label)}" lang="zh-Hans">{"".join(canvas.drawn)}</svg>'
    )


def _pictures(row: PictureRow, top: float) -> Iterator[str]:
    for picture in row.placed:
        place = f"{_number(LEFT + picture.left)} {_number(top + picture.down)}"
        yield f'<g class="chart" transform="translate({place})">{inner(picture.drawing)}</g>'


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class _Canvas:
    """As much of reportlab's canvas as rows draw with; its origin is the lower left corner, that of SVG the upper."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self._width = 1.0
        self._dashed = False

    def setLineWidth(self, width: float) -> None:
        self._width = width

    def setDash(self, *_lengths: float) -> None:
        self._dashed = True

    def setStrokeGray(self, _gray: float) -> None:
        """Grey is the style sheet's business."""

    def saveState(self) -> None:
        """Only the seal's circle changes the state."""

    def restoreState(self) -> None:
        self._dashed = False

    def bookmarkPage(self, *_key: Any, **_place: Any) -> None:
        """Bookmarks are the PDF's."""

    def setCatalogEntry(self, _key: str, _value: Any) -> None:
        """So are named places."""

    def _bookmarkReference(self, key: str) -> str:
        return key

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        ends = (x1, PAGE_HEIGHT - y1, x2, PAGE_HEIGHT - y2)
        names = ("x1", "y1", "x2", "y2")
        self._shape("line", dict(zip(names, ends, strict=True)))

    def rect(self, x: float, y: float, width: float, height: float) -> None:
        self._shape("rect", {"x": x, "y": PAGE_HEIGHT - y - height, "width": width, "height": height})

    def circle(self, x: float, y: float, radius: float) -> None:
        self._shape("circle", {"cx": x, "cy": PAGE_HEIGHT - y, "r": radius})

    def _shape(self, name: str, measures: dict[str, float]) -> None:
        values = "".join(f' {key}="{_number(value)}"' for key, value in measures.items())
        dashed = ' stroke-dasharray="3 3"' if self._dashed else ""
        self.drawn.append(f'<{name}{values} stroke-width="{_number(self._width)}"{dashed}/>')

    def beginText(self, x: float, y: float) -> _Text:
        return _Text(x, y)

    def drawText(self, text: _Text) -> None:
        self.drawn.append(text.svg())


class _Text:
    """One line of text, made as wide as it is in print."""

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y, self.size, self.spacing, self.width = x, y, 0.0, 0.0, 0.0
        self.pieces: list[tuple[str, str]] = []
        self.is_heavy = False
        self._class = ""

    def setTextRenderMode(self, mode: int) -> None:
        self.is_heavy = self.is_heavy or bool(mode)

    def setCharSpace(self, spacing: float) -> None:
        self.spacing = spacing

    def setFont(self, name: str, size: float) -> None:
        self._class, self.size = ("hei" if "Sans" in name else ""), size

    def textOut(self, text: str) -> None:
        self.pieces.append((self._class, text))
        self.width += fonts.stack("body").width(text) * self.size + len(text) * self.spacing

    def svg(self) -> str:
        words = "".join(
            f'<tspan class="{kind}">{escape(text)}</tspan>' if kind else escape(text) for kind, text in self.pieces
        )
        plain = "".join(text for _kind, text in self.pieces)
        if not plain.strip() or not math.isfinite(self.width):
            return ""
        width = f' textLength="{_number(self.width - self.spacing)}"' if len(plain) > 1 else ""
        heavy = ' class="heavy"' if self.is_heavy else ""
        place = f'x="{_number(self.x)}" y="{_number(PAGE_HEIGHT - self.y)}" font-size="{_number(self.size)}"'
        return f'<text {place}{width}{heavy} xml:space="preserve">{words}</text>'
