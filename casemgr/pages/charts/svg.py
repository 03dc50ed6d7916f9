"""A drawing as SVG: presentation attributes only, which the page's policy allows, with title and description."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from casemgr.pages.charts.definition import Chart
from casemgr.pages.charts.drawing import Drawing, Piece, Point, Rect, Shape, Strokes, Words
from casemgr.pages.charts.layout import drawn

SPARK = (84.0, 22.0)


def render_svg(chart: Chart) -> SafeString:
    """The picture, as wide as a phone; on a larger screen it grows as far as the style sheet lets it."""
    drawing = drawn(chart)
    title, words = f"chart-{chart.code}-title", f"chart-{chart.code}-words"
    return mark_safe(
        f'<svg class="chart" viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" role="img" '
        f'aria-labelledby="{escape(title)} {escape(words)}"><title id="{escape(title)}">{escape(chart.title)}</title>'
        f'<desc id="{escape(words)}">{escape(chart.summary)}</desc>{inner(drawing)}</svg>'
    )


def sparkline(numbers: Sequence[float]) -> SafeString:
    """A line as small as a word, beside a number that says the same; those who do not see it miss nothing."""
    if len(numbers) < 2:
        return mark_safe("")
    width, height = SPARK
    most, least = max(numbers), min(numbers)
    spread = (most - least) or 1
    points = [
        (2 + (width - 4) * place / (len(numbers) - 1), height - 3 - (height - 6) * (number - least) / spread)
        for place, number in enumerate(numbers)
    ]
    drawing = Drawing(width, height)
    drawing.add(Strokes((tuple(points),), "#12508f", 1.8))
    x, y = points[-1]
    drawing.add(Shape(((x - 2, y - 2), (x + 2, y - 2), (x + 2, y + 2), (x - 2, y + 2)), "#12508f"))
    return mark_safe(
        f'<svg class="spark" viewBox="0 0 {_n(width)} {_n(height)}" aria-hidden="true">{inner(drawing)}</svg>'
    )


def inner(drawing: Drawing) -> str:
    """The pieces, without the element around them."""
    return "".join(_piece(piece) for piece in drawing.pieces)


def _piece(piece: Piece) -> str:
    if isinstance(piece, Rect):
        stroke = f' stroke="{piece.stroke}"' if piece.stroke else ""
        place = f'x="{_n(piece.x)}" y="{_n(piece.y)}" width="{_n(piece.width)}" height="{_n(piece.height)}"'
        return f'<rect {place} fill="{piece.fill}"{stroke}/>'
    if isinstance(piece, Strokes):
        dash = f' stroke-dasharray="{_n(piece.dash[0])} {_n(piece.dash[1])}"' if piece.dash else ""
        path = "".join(_path(line) for line in piece.lines)
        return f'<path d="{path}" fill="none" stroke="{piece.colour}" stroke-width="{_n(piece.width)}"{dash}/>'
    if isinstance(piece, Shape):
        return f'<path d="{_path(piece.points)}z" fill="{piece.fill}"/>'
    return _words(piece)


def _words(piece: Words) -> str:
    anchor = f' text-anchor="{piece.anchor}"' if piece.anchor != "start" else ""
    bold = ' font-weight="700"' if piece.is_bold else ""
    place = f'x="{_n(piece.x)}" y="{_n(piece.y)}" font-size="{_n(piece.size)}"'
    return f'<text {place} fill="{piece.fill}"{anchor}{bold}>{escape(piece.text)}</text>'


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
